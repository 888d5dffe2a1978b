/** What the gateway signs and compares (sbc.md 3, 4.5). Written from the specification alone: it shares nothing with the server that it tries. */
import { createHash, createHmac } from "node:crypto";

/** The fields of each signature, in the vendor's order. */
export const orders = {
  initiate: ["accessToken", "serialNumber", "endpointId", "nonce", "invoiceId", "amountCentis", "currency"],
  check: ["serialNumber", "nonce", "endpointId", "invoiceId", "serverCardId"],
  notification: ["nonce", "endpointId", "invoiceId"],
} as const;

/** What is signed. */
export type Signed = keyof typeof orders;

/** The fields by name; what a signature does not have is not looked at, and what is absent adds nothing. */
export type Fields = { readonly [Name in (typeof orders)[Signed][number]]?: string | undefined };

/** The bytes of a control key: its hex digits, in either case, without the dashes. */
export const keyBytes = (controlKey: string): Buffer => Buffer.from(controlKey.replace(/-/g, ""), "hex");

/** The values that are signed, in their order. */
export const valuesOf = (what: Signed, fields: Fields): readonly string[] =>
  orders[what].map((name) => fields[name] ?? "");

/** The signature of fields: 40 hex digits in capitals. */
export const sign = (controlKey: string, what: Signed, fields: Fields): string => {
  const hmac = createHmac("sha1", keyBytes(controlKey));
  for (const value of valuesOf(what, fields)) hmac.update(value, "utf8");
  return hmac.digest("hex").toUpperCase();
};

/** The control of a callback: plain SHA-1, with the key's text as it was issued. */
export const controlOf = (controlKey: string, status: string, orderId: string, invoiceId: string): string =>
  createHash("sha1")
    .update(status + orderId + invoiceId + controlKey)
    .digest("hex");
