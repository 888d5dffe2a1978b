/** Digests and comparisons. Texts are well-formed Unicode and are digested as UTF-8. */
import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { lengthPrefixed } from "#kernel/canonical";

const keys = new WeakMap<Uint8Array, KeyObject>();

/** Making a key of bytes takes Node longer than the digest itself. */
const keyOf = (bytes: Uint8Array): KeyObject => {
  const known = keys.get(bytes) ?? createSecretKey(bytes);
  keys.set(bytes, known);
  return known;
};

/** HMAC-SHA-256 of a text under the pepper, base64url, 43 characters; digests of different purposes never meet. */
export const keyedDigest = (pepper: Uint8Array, purpose: string, text: string): string =>
  createHmac("sha256", keyOf(pepper))
    .update(lengthPrefixed([purpose, text]))
    .digest("base64url");

/** SHA-256 of a text, base64url, 43 characters. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

const hashOf = (content: string | Uint8Array): Uint8Array => createHash("sha256").update(content).digest();

/** Whether two byte strings, or texts as UTF-8, are equal, in a time that tells neither where they differ nor whether their lengths do. */
export const sameBytes = (a: string | Uint8Array, b: string | Uint8Array): boolean =>
  timingSafeEqual(hashOf(a), hashOf(b));
