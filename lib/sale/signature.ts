/** The signatures between app, server and gateway (sbc.md 3): HMAC-SHA1 of the parts without anything between them. */
import { createHash, createHmac } from "node:crypto";
import { sameBytes } from "#kernel/crypto";

/** The bytes of a control key: hex, dashes removed. */
const keyBytes = (controlKey: string): Uint8Array => Buffer.from(controlKey.replaceAll("-", ""), "hex");

/** Signs the parts in order, absent ones as nothing: 40 hex digits in capitals. */
export const signParts = (controlKey: string, parts: readonly (string | undefined)[]): string =>
  createHmac("sha1", keyBytes(controlKey)).update(parts.join("")).digest("hex").toUpperCase();

const isSignature = (text: string): boolean => /^[0-9A-Fa-f]{40}$/.test(text);

/** Whether two signatures, or controls, are the same bytes, in either case of their digits; what is none equals nothing. In constant time. */
export const sameSignature = (one: string, other: string): boolean => {
  const areBoth = isSignature(one) && isSignature(other);
  const isSame = sameBytes(Buffer.from(one, "hex"), Buffer.from(other, "hex"));
  return areBoth && isSame;
};

/** What initiate-sale signs. */
export interface Initiated {
  readonly accessToken: string;
  readonly serialNumber: string;
  readonly endpointId: string;
  readonly nonce: string;
  readonly invoiceId: string;
  readonly amountCentis: bigint;
  readonly currency: string;
}

/** The signature of an initiated sale. */
export const signInitiated = (controlKey: string, sale: Initiated): string =>
  signParts(controlKey, [
    sale.accessToken,
    sale.serialNumber,
    sale.endpointId,
    sale.nonce,
    sale.invoiceId,
    String(sale.amountCentis),
    sale.currency,
  ]);

/** What the answers to the gateway sign. */
export type Answered = Pick<Initiated, "serialNumber" | "nonce" | "endpointId" | "invoiceId">;

/** The signature of a check's answer; `serverCardId` only where the answer has it. */
export const signChecked = (controlKey: string, sale: Answered, serverCardId: string | undefined): string =>
  signParts(controlKey, [sale.serialNumber, sale.nonce, sale.endpointId, sale.invoiceId, serverCardId]);

/** The signature of a notification's answer (the vendor's signature 7). */
export const signNoted = (controlKey: string, sale: Pick<Answered, "nonce" | "endpointId" | "invoiceId">): string =>
  signParts(controlKey, [sale.nonce, sale.endpointId, sale.invoiceId]);

/** What a callback is controlled by: plain SHA-1, the key as it was issued, at the end (sbc.md 4.5). */
export const controlOf = (
  controlKey: string,
  { status, orderId, invoiceId }: { readonly status: string; readonly orderId: string; readonly invoiceId: string },
): string => createHash("sha1").update(`${status}${orderId}${invoiceId}${controlKey}`).digest("hex");
