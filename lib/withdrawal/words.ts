/** How the SONECT integrator API says no (sonect.md 1, 4.2). */
import type { EdgeCode, Refusal } from "#kernel/refusal";
import type { ledgerRefusals } from "#ledger/refusals";
import type { storeRefusals } from "#store/refusals";
import type { withdrawalRefusals } from "#withdrawal/refusals";

/** Every refusal that this API can utter. */
export type WithdrawalCode =
  | keyof typeof withdrawalRefusals
  | keyof typeof ledgerRefusals
  | keyof typeof storeRefusals
  | EdgeCode;

interface Words {
  readonly status: number;
  readonly message: string;
  readonly code: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const generic: Words = { status: 200, message: "Generic error", code: 1 };
const unknownOrder: Words = { status: 200, message: "Order not found", code: 1 };
const invalid: Words = { status: 400, message: "Invalid request", code: 1 };
const internal: Words = { status: 500, message: "Internal error", code: 1 };

/** I3-I10 (sonect.md 4.2); a route that is none has no words. */
const words: Readonly<Record<Exclude<WithdrawalCode, "UNKNOWN_ROUTE">, Words>> = {
  UNAUTHENTICATED: { status: 401, message: "Unauthorized", code: 1, headers: { "WWW-Authenticate": "Bearer" } },
  FORBIDDEN: { status: 403, message: "Forbidden", code: 1 },
  RATE_LIMITED: { ...generic, status: 429 },
  MALFORMED: invalid,
  BUSY: { ...internal, headers: { "Retry-After": "1" } },
  FAULT: internal,
  ACCOUNT_UNKNOWN: generic,
  AMOUNT_INVALID: invalid,
  CURRENCY_MISMATCH: generic,
  KEY_REUSED: generic,
  ACCOUNT_BLOCKED: generic,
  EXPIRY_INVALID: generic,
  LIMIT_EXCEEDED: { status: 200, message: "Cash limit exceeded", code: 4 },
  FUNDS_SHORT: { status: 200, message: "Insufficient balance", code: 1222 },
  WITHDRAWAL_UNKNOWN: unknownOrder,
  REFERENCE_MISMATCH: unknownOrder,
  WITHDRAWAL_FINAL: { status: 200, message: "Transaction is already in final state", code: 21 },
};

const isKnown = (code: string): code is keyof typeof words => Object.hasOwn(words, code);

/** Says any refusal in this API's words, I3-I10; it has none for a route that is none (sonect.md 1). */
export const sayRefusal = ({ code }: Refusal) => {
  if (code === "UNKNOWN_ROUTE") return undefined;
  const { status, message, code: ResultCode, headers } = words[isKnown(code) ? code : "FAULT"];
  return { status, ...(headers && { headers }), body: { Message: message, ResultCode, Skip: false } };
};
