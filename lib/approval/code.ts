/** Codes that people type: as they are known to the table, and as they follow from a token (approvals.md 2.1, 2.3, 2.2). */
import { createHmac } from "node:crypto";
import { type FrameField, frame } from "#approval/signature";
import { keyedDigest } from "#kernel/crypto";

/** Digits of an activation code, and of a binding code. */
export const CODE_DIGITS = 6;

const mac = (pepper: Uint8Array, purpose: string, fields: readonly FrameField[]): Buffer =>
  createHmac("sha256", pepper).update(frame(purpose, fields)).digest();

/** What the table knows of an activation code: HMAC-SHA-256 under the pepper, base64url. */
export const macOfCode = (
  pepper: Uint8Array,
  of: { readonly customerId: string; readonly userCode?: string | undefined; readonly otp: string },
): string => mac(pepper, "otp-activation", [of.customerId, of.userCode, of.otp]).toString("base64url");

/** The code that binds an approval to whoever has started it: it follows from the token, and is stored nowhere. */
export const bindingCodeOf = (pepper: Uint8Array, token: string): string => {
  // 64 bits make every code as likely as every other, but for one in 10^13.
  const drawn = mac(pepper, "binding", [token]).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS);
  return String(drawn).padStart(CODE_DIGITS, "0");
};

/** What the table knows of a login code. */
export const digestOfLoginCode = (pepper: Uint8Array, code: string): string => keyedDigest(pepper, "login code", code);
