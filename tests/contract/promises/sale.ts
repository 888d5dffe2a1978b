/** What the sale slice's events promise: sbc.md 6, 7. */
import { NOW_MS } from "../../support/ports.ts";
import type { Promises } from "./promise.ts";

const token = "tok_0123456789abcdef0123456789abcdef";
const nonce = "nonce-0123456789abcdef0123456789abcdef";
const invoiceId = "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10";
const session = "c0ffee00-1111-4222-8333-444455556666";

const instant = (minutes: number): string => new Date(NOW_MS + minutes * 60_000).toISOString();

const malformed = (code: number, message: string, named = ""): string =>
  `{"error":{"cause":"INVALID_REQUEST","code":"SALE-${code}","message":"${message}"}${named}}`;
const refused = (named = ""): string =>
  `{"error":{"cause":"FILTERED","code":"SALE-40301","message":"Request refused"}${named}}`;
const ofSale = `,"invoiceId":"${invoiceId}"`;

const noted = `{"invoiceId":"${invoiceId}","session":{"checkSignature":"458DB2194DE67F5CFBBF8FD48D45F85B4C5D9C67","nonce":"${nonce}","token":"${session}"}}`;

const made = ["sale/requestAccessToken.token.json"];
const begun = [...made, "sale/initiate.begun.json"];
const checked = [...begun, "sale/check.checked.json"];

/** The sale slice's promises: the token, nonce and sale of sbc.md 3, whose signatures are known. */
export const salePromises: Promises = {
  answers: {
    token: [200, `{"session":{"accessToken":"${token}","expiresAt":"${instant(30)}"}}`],
    begun: [
      200,
      `{"endpointId":"1234","invoiceId":"${invoiceId}","session":{"nonce":"${nonce}","signature":"93A578B675DBEED0F240CB3224944BC067D4FEA2"}}`,
    ],
    checked: [
      200,
      `{"invoiceId":"${invoiceId}","session":{"checkSignature":"60B0E914536A4F28618DBA96C8751794A5A6962B","nonce":"${nonce}","token":"${session}"},"transaction":{"currency":"EUR"}}`,
    ],
    noted: [200, noted],
    notedThere: [200, noted],
    heard: [200, "OK"],
    initiated: [
      200,
      `{"anomalies":[],"consumer":{"id":"c-42"},"createdAt":"${instant(0)}","endpointId":"1234","expiresAt":"${instant(15)}","invoiceId":"${invoiceId}","state":"initiated","transaction":{"amountCentis":1050,"amountMinor":1050,"currency":"EUR","exponent":2}}`,
    ],
    refused: [403, refused()],
    refusedCheck: [403, refused(ofSale)],
    malformedCheck: [400, malformed(40002, "Invalid: session.nonce, session.token", ofSale)],
    currency: [400, malformed(40003, "Currency not accepted: transaction.currency")],
    amount: [400, malformed(40004, "Not representable: transaction.amountCentis")],
    key: [400, malformed(40005, "Invalid: Idempotency-Key")],
    path: [400, malformed(40006, "Invalid: invoiceId")],
    query: [400, malformed(40006, "Invalid: amount, client_orderid, control, merchant_order, orderid")],
  },
  ids: () => {
    const letters = [token, nonce].values();
    return { letters: () => letters.next().value ?? "Zk3vQ8mT1xW7cB5nR2yL9pD4sG6hJ0fA", uuid4: () => invoiceId };
  },
  before: { initiate: made, check: begun, notify: checked, callback: checked, getSale: begun },
};
