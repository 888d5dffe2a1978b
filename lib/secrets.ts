/** A stage's one secret: the pepper of every digest, the keys that seal, the keys that sign (DESIGN 4). */
import { createPrivateKey, createPublicKey } from "node:crypto";
import * as z from "zod";
import { digest } from "#kernel/crypto";
import { Fault } from "#kernel/refusal";
import type { Secrets } from "#ports";

/** The stage whose values are public. */
export const SANDBOX = "sandbox";

/** SHA-256 of the sandbox's values: known to everybody, so no other stage may have them. */
export const SANDBOX_DIGESTS: readonly string[] = [
  "1871EdFIWrb3EON09tpa0rcIdFLqJYcQr4jTBkWLzqo", // the pepper
  "PVXiHks9A7AGbjbx6nf_shJZaZR1mIIoBpD14CYJY40", // the sealing key
  "rQnzWk7hbfCPTcDvJ_hVVzy1DXT84Dx8SM_KUuNyxhw", // the signing key
];

/** How many keys a ring may have: the one in use, and the one before it or after it. */
const MOST_KEYS = 2;

const keyName = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const key32 = z.base64url().length(43);
const sealKey = z.object({ id: keyName, key: key32 });
const signKey = z.object({ kid: keyName, d: key32, x: key32 });

const isRing = (names: readonly string[]): boolean => names.length <= MOST_KEYS && new Set(names).size === names.length;

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const ED25519_PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Whether the public half is the private one's own: else tokens would be signed that nobody verifies. */
const isPair = ({ d, x }: z.output<typeof signKey>): boolean => {
  // Node takes the two halves of a JWK as they come; of the private one alone it makes the public one itself.
  const der = Buffer.concat([ED25519_PKCS8, Buffer.from(d, "base64url")]);
  const own = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
  return own.export({ format: "jwk" }).x === x;
};

/** The secret as JSON; the first key of a ring is the one that makes. */
export const SecretText = z.object({
  pepper: z.base64().min(44),
  seal: z.tuple([sealKey], sealKey).refine((ring) => isRing(ring.map(({ id }) => id))),
  sign: z.tuple([signKey], signKey).refine((ring) => isRing(ring.map(({ kid }) => kid)) && ring.every(isPair)),
});

/** The secret, read as JSON. */
export type SecretText = z.output<typeof SecretText>;

const parse = (text: string): SecretText => {
  try {
    return SecretText.parse(JSON.parse(text));
  } catch {
    // What the parser says of it quotes it.
    throw new Fault("the stage's secret is not readable");
  }
};

/** Reads a stage's secret; throws for one that is incomplete, or has a value of the sandbox's on another stage. */
export const readSecret = (text: string, stage: string): Secrets => {
  const { pepper, seal, sign } = parse(text);
  const values = [pepper, ...seal.map(({ key }) => key), ...sign.map(({ d }) => d)];
  if (stage !== SANDBOX && values.some((value) => SANDBOX_DIGESTS.includes(digest(value))))
    throw new Fault("the sandbox's values are public: this stage refuses them");
  const opened = ({ id, key }: (typeof seal)[number]) => ({ id, key: Buffer.from(key, "base64url") });
  const [first, ...others] = seal;
  return { pepper: Buffer.from(pepper, "base64"), seal: [opened(first), ...others.map(opened)], sign };
};
