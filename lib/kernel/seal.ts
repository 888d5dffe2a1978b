/** Secrets that have to be used again: sealed by AES-256-GCM to the one place that they are kept in (DESIGN 4). */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { lengthPrefixed } from "#kernel/canonical";
import { Fault } from "#kernel/refusal";

/** A key of 32 bytes and its name, which stands before what it has sealed. */
export interface SealKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** The first key seals; any of them opens. */
export type SealRing = readonly [SealKey, ...SealKey[]];

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where something sealed lies: it opens nowhere else. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
  readonly field: string;
}

const boundTo = ({ pk, sk, field }: Place): Uint8Array => Buffer.from(lengthPrefixed([pk, sk, field]));

/** Seals a text for its place: `<key's name>.<nonce, ciphertext and tag as base64url>`. */
export const seal = ([{ id, key }]: SealRing, place: Place, text: string): string => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(place));
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${id}.${sealed.toString("base64url")}`;
};

/** The name of the key that has sealed something. */
export const sealerOf = (sealed: string): string => sealed.slice(0, sealed.indexOf("."));

/** Opens what was sealed for this place; a `Fault` where it was not, or where its key is gone. */
export const unseal = (ring: SealRing, place: Place, sealed: string): string => {
  const sealer = sealerOf(sealed);
  const known = ring.find(({ id }) => id === sealer);
  if (known === undefined) throw new Fault("the key of something sealed is not in the ring");
  const bytes = Buffer.from(sealed.slice(sealer.length + 1), "base64url");
  try {
    const decipher = createDecipheriv(CIPHER, known.key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(place));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]).toString("utf8");
  } catch {
    throw new Fault("something sealed was not sealed for its place");
  }
};
