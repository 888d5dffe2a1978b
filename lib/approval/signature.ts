/** What devices sign, their keys, and how signatures are verified (approvals.md 3). */
import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";

/** How a device writes its signatures: fixed when it is activated, never guessed. */
export const signatureFormats = ["der", "p1363"] as const;

/** Such a format. */
export type SignatureFormat = (typeof signatureFormats)[number];

/** What stands first in every frame: nothing that another protocol signs can be one of ours. */
const DOMAIN = "PFDEV1";

/** A field of a frame: text as UTF-8, an integer as decimal text, bytes as they are, absent as nothing. */
export type FrameField = string | number | bigint | Uint8Array | undefined;

const LENGTH_BYTES = 4;

const bytesOf = (field: FrameField): Uint8Array =>
  field instanceof Uint8Array ? field : Buffer.from(field === undefined ? "" : String(field), "utf8");

/** The bytes that are signed: of the domain, the purpose and each field its length in 4 bytes, big-endian, and itself. */
export const frame = (purpose: string, fields: readonly FrameField[]): Uint8Array =>
  Buffer.concat(
    [DOMAIN, purpose, ...fields].flatMap((field) => {
      const bytes = bytesOf(field);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

/** SHA-256: 32 bytes. */
export const sha256 = (content: string | Uint8Array): Uint8Array => hash("sha256", content, "buffer");

/** DER of a P-256 SubjectPublicKeyInfo, up to and with the mark of an uncompressed point. */
const SPKI_PREFIX = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
const SPKI_BYTES = 91;

/** A P-256 public key of a Base64 text: exactly 91 bytes of DER, its point on the curve; undefined for anything else. */
export const readSpki = (text: string): KeyObject | undefined => {
  const der = Buffer.from(text, "base64");
  // Node would take bytes behind the key, and other spellings of the text.
  if (der.length !== SPKI_BYTES || der.toString("base64") !== text) return undefined;
  if (!der.subarray(0, SPKI_PREFIX.length).equals(SPKI_PREFIX)) return undefined;
  try {
    return createPublicKey({ key: der, format: "der", type: "spki" });
  } catch {
    return undefined;
  }
};

/** Bytes of r, and of s. */
const SCALAR_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const SIGN_BIT = 0x80;

/** Where the positive DER integer ends that begins here; undefined where there is none, or not in its shortest form. */
const integerEnd = (der: Uint8Array, start: number): number | undefined => {
  const [tag, length = 0, first = 0, second = 0] = der.subarray(start);
  const end = start + 2 + length;
  if (tag !== INTEGER || length < 1 || length > SCALAR_BYTES + 1 || end > der.length) return undefined;
  const isNegative = first >= SIGN_BIT;
  const isPadded = length > 1 && first === 0 && second < SIGN_BIT;
  const isTooLong = length > SCALAR_BYTES && first !== 0;
  return isNegative || isPadded || isTooLong ? undefined : end;
};

/** Whether bytes are one SEQUENCE of two positive integers, in DER's one spelling. */
const isDer = (bytes: Uint8Array): boolean => {
  if (bytes[0] !== SEQUENCE || bytes[1] !== bytes.length - 2) return false;
  const between = integerEnd(bytes, 2);
  return between !== undefined && integerEnd(bytes, between) === bytes.length;
};

/** Whether bytes have the form that signatures of this format have. */
export const isSignatureShape = (format: SignatureFormat, bytes: Uint8Array): boolean =>
  format === "der" ? isDer(bytes) : bytes.length === 2 * SCALAR_BYTES;

const encodings = { der: "der", p1363: "ieee-p1363" } as const;

/** Whether this key has signed these bytes with ECDSA and SHA-256. A key that is none, and a signature of another form, have signed nothing. */
export const isSignedBy = (
  spki: string,
  format: SignatureFormat,
  framed: Uint8Array,
  signature: Uint8Array,
): boolean => {
  const key = readSpki(spki);
  if (key === undefined || !isSignatureShape(format, signature)) return false;
  return verify("sha256", framed, { key, dsaEncoding: encodings[format] }, signature);
};

/** What a device signs with its own key, and with its approval key where it has one, to be activated (`activate`). */
export const activateFrame = (said: {
  readonly customerId: string;
  readonly userCode?: string | undefined;
  readonly otp: string;
  readonly publicKey: string;
  readonly approvalKey?: string | undefined;
  readonly timestampMs: number;
  readonly nonce: string;
}): Uint8Array => {
  const second = said.approvalKey === undefined ? [] : [sha256(Buffer.from(said.approvalKey, "base64"))];
  const key = sha256(Buffer.from(said.publicKey, "base64"));
  return frame("activate", [said.customerId, said.userCode, said.otp, key, said.timestampMs, said.nonce, ...second]);
};

/** What a device signs of each request (`request`). */
export const requestFrame = (asked: {
  readonly path: string;
  readonly ownerKey: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: Uint8Array;
}): Uint8Array =>
  frame("request", ["POST", asked.path, asked.ownerKey, asked.timestamp, asked.nonce, sha256(asked.body)]);

/** What a device signs to decide (`decision`); `contentSha` is Base64. */
export const decisionFrame = (of: {
  readonly ownerKey: string;
  readonly token: string;
  readonly type: number;
  readonly name: string;
  readonly contentSha: string;
  readonly expiresAtMs: number;
  readonly challenge: string;
  readonly decision: string;
  readonly bindingCode?: string | undefined;
}): Uint8Array =>
  frame("decision", [
    of.ownerKey,
    of.token,
    of.type,
    of.name,
    Buffer.from(of.contentSha, "base64"),
    of.expiresAtMs,
    of.challenge,
    of.decision,
    of.bindingCode,
  ]);
