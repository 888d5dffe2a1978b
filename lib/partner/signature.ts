/**
 * The signatures of SONECT's native SDKs, to be made on servers only (sonect.md 3): HMAC-SHA256 of parts joined by colons,
 * its key the very text of the hmacKey, as padded base64.
 */
import { createHmac } from "node:crypto";
import { sameBytes } from "#kernel/crypto";

/** What is signed for a user: nothing else of the app is needed to open the SDK for it. */
export interface UserSignature {
  readonly clientId: string;
  /** The app's bundle id or package. */
  readonly app: string;
  readonly userId: string;
}

/** What is signed for a payment: texts exactly as they are sent, the date opaque. */
export interface PaymentSignature extends UserSignature {
  readonly paymentReference: string;
  readonly amount: string;
  readonly currency: string;
  readonly date: string;
}

/** What is signed for a shop. */
export interface ShopSignature {
  readonly clientId: string;
  readonly app: string;
  readonly merchantId: string;
}

/** The parts of a user's signature, in order. */
export const userParts = ({ clientId, app, userId }: UserSignature): readonly string[] => [clientId, app, userId];

/** The parts of a payment's signature, in order. */
export const paymentParts = (signed: PaymentSignature): readonly string[] => [
  ...userParts(signed),
  signed.paymentReference,
  signed.amount,
  signed.currency,
  signed.date,
];

/** The parts of a shop's signature, in order. */
export const shopParts = ({ clientId, app, merchantId }: ShopSignature): readonly string[] => [
  clientId,
  app,
  merchantId,
];

/** A text of which there is exactly one UTF-8: an unpaired surrogate would be signed like U+FFFD, and like any other. */
const isText = (text: string): boolean => text !== "" && text.isWellFormed();

/** Whether no other parts, as many as these, make the same message. */
const areParts = (parts: readonly string[]): boolean =>
  parts.length > 0 && parts.every((part, nth) => isText(part) && (nth === parts.length - 1 || !part.includes(":")));

/**
 * Signs parts: 44 characters of base64. Throws `RangeError` for an empty key or part, for one that is no Unicode text, and
 * for a colon in any part but the last: other parts would make the same message.
 */
export const signParts = (hmacKey: string, parts: readonly string[]): string => {
  if (!isText(hmacKey)) throw new RangeError("the key is no text");
  if (!areParts(parts)) throw new RangeError("a part is no text, or one before the last holds a colon");
  return createHmac("sha256", hmacKey).update(parts.join(":")).digest("base64");
};

/**
 * Whether a signature is that of these parts: of parts that nobody can sign, none is; and only canonical base64 is one.
 * Compared as bytes, in constant time. Throws `RangeError` for an empty key.
 */
export const verifyParts = (hmacKey: string, parts: readonly string[], signature: string): boolean => {
  if (!areParts(parts)) return false;
  const bytes = Buffer.from(signature, "base64");
  const isCanonical = bytes.toString("base64") === signature;
  return sameBytes(bytes, Buffer.from(signParts(hmacKey, parts), "base64")) && isCanonical;
};

/** The token that opens the native SDK: never to be put into an app. */
export const sdkToken = (clientId: string, clientSecret: string): string =>
  Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
