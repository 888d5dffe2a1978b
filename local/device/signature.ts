/** What a phone signs, and how (approvals.md 3). Written from the specification alone: it shares nothing with the server that checks it. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** How signatures are written: as strict DER, or as r and s of 32 bytes each. */
export const formats = ["der", "p1363"] as const;

/** One of them. */
export type Format = (typeof formats)[number];

/** The first field of every frame. */
const PROTOCOL = "PFDEV1";

/** Everything but the point, of a P-256 key that is written as SubjectPublicKeyInfo. */
const SPKI_PREFIX = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");

/** A P-256 key pair. */
export interface Key {
  readonly privateKey: KeyObject;
  /** The public half: 91 bytes of DER. */
  readonly spki: Buffer;
}

const pairOf = (privateKey: KeyObject): Key => ({
  privateKey,
  spki: createPublicKey(privateKey).export({ type: "spki", format: "der" }),
});

/** A new key pair. */
export const makeKey = (): Key => pairOf(generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey);

/** A key pair from the PEM text of its private half; throws where that is no P-256 key. */
export const readKey = (pem: string): Key => {
  const key = pairOf(createPrivateKey(pem));
  if (!key.spki.subarray(0, SPKI_PREFIX.length).equals(SPKI_PREFIX)) throw new Error("it is no P-256 key");
  return key;
};

/** The private half as PEM text. */
export const pemOf = ({ privateKey }: Key): string => privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** A signature in Base64: ECDSA with SHA-256. */
export const signWith = ({ privateKey }: Key, format: Format, framed: Uint8Array): string =>
  sign("sha256", framed, { key: privateKey, dsaEncoding: format === "der" ? "der" : "ieee-p1363" }).toString("base64");

/** SHA-256: 32 bytes. */
export const hashOf = (content: string | Uint8Array): Buffer => createHash("sha256").update(content).digest();

type Field = string | number | Uint8Array | undefined;

/** Fields one after the other, each behind its length in four bytes; an absent one is as long as nothing. */
const frame = (purpose: string, ...fields: readonly Field[]): Buffer =>
  Buffer.concat(
    [PROTOCOL, purpose, ...fields].flatMap((field = "") => {
      const bytes = typeof field === "object" ? field : Buffer.from(String(field));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

/** What proves that whoever activates has the keys: signed by each of them. */
export const activateFrame = (said: {
  readonly customerId: string;
  readonly userCode: string | undefined;
  readonly otp: string;
  readonly key: Pick<Key, "spki">;
  readonly approvalKey: Pick<Key, "spki"> | undefined;
  readonly timestamp: number;
  readonly nonce: string;
}): Buffer => {
  const { customerId, userCode, otp, key, approvalKey, timestamp, nonce } = said;
  const more = approvalKey === undefined ? [] : [hashOf(approvalKey.spki)];
  return frame("activate", customerId, userCode, otp, hashOf(key.spki), timestamp, nonce, ...more);
};

/** What proves who asks, when, and what. */
export const requestFrame = (asked: {
  readonly path: string;
  readonly ownerKey: string;
  readonly timestamp: number;
  readonly nonce: string;
  readonly body: string;
}): Buffer => frame("request", "POST", asked.path, asked.ownerKey, asked.timestamp, asked.nonce, hashOf(asked.body));

/** A transaction, as far as it is signed. */
export interface Decided {
  readonly TransactionToken: string;
  readonly TransactionType: number;
  readonly TransactionName: string;
  readonly TransactionContent: string;
  readonly ExpiresAt: number;
  readonly Challenge: string;
}

/** What proves what was decided of what. */
export const decisionFrame = (ownerKey: string, decided: Decided, decision: string, bindingCode?: string): Buffer => {
  const { TransactionToken, TransactionType, TransactionName, TransactionContent, ExpiresAt, Challenge } = decided;
  return frame(
    "decision",
    ownerKey,
    TransactionToken,
    TransactionType,
    TransactionName,
    hashOf(TransactionContent),
    ExpiresAt,
    Challenge,
    decision,
    bindingCode,
  );
};
