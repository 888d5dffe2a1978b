/** The SONECT integrator API as it is spoken: requests, replies and words (sonect.md 1, 4.1-4.3). */
import * as z from "zod";
import { type Currency, currencyOf } from "#kernel/currency";
import { type Decimal, decimal, integer } from "#kernel/json";
import type { EdgeCode, Refusal } from "#kernel/refusal";
import { readInstant } from "#kernel/time";
import type { ledgerRefusals } from "#ledger/refusals";
import type { TransactionId, UserId } from "#withdrawal/order";
import type { withdrawalRefusals } from "#withdrawal/refusals";

/** The largest identifier: JSON readers that use floats still read it exactly (sonect.md, Identifiers). */
const MAX_ID = 2n ** 53n - 1n;

/** Bounds of texts, in UTF-16 units (sonect.md 4.1). */
const MAX_REFERENCE = 128;
const MAX_LABEL = 200;

const userId = integer(1n, MAX_ID).transform((id) => id as UserId);
const transactionId = integer(1n, MAX_ID).transform((id) => id as TransactionId);

/** A text that may be absent, null or blank, which all mean the same (sonect.md 1). */
const maybeText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((text) => text || undefined);

const maybeCurrency = z
  .string()
  .trim()
  .nullish()
  .refine((code) => !code || currencyOf(code) !== undefined, "an ISO 4217 code")
  .transform((code): Currency | undefined => (code ? currencyOf(code) : undefined))
  .meta({ type: "string", examples: ["CHF"] });

const instant = z
  .string()
  .trim()
  .refine((text) => readInstant(text) !== undefined, "YYYY-MM-DDThh:mm:ss[.fff]Z")
  .transform((text) => readInstant(text) ?? Number.NaN)
  .meta({ type: "string", format: "date-time", examples: ["2026-11-25T05:31:04.278Z"] });

/** More than zero; how many fraction digits fit only the account's currency tells (sonect.md 4.3). */
const amount = decimal().refine(({ unscaled }: Decimal) => unscaled > 0n, "more than zero");

/** What startOrder is asked. */
export const StartOrderRequest = z
  .object({
    userId,
    amount: z.object({ value: amount, currency: maybeCurrency }),
    dateOfTransaction: instant,
    expiryTimeOfTheOrder: instant,
    sonectTransactionReferenceId: maybeText(MAX_REFERENCE),
    store: maybeText(MAX_LABEL),
  })
  .transform((said) => ({
    userId: said.userId,
    amount: said.amount.value,
    currency: said.amount.currency,
    dateMs: said.dateOfTransaction,
    expiresAtMs: said.expiryTimeOfTheOrder,
    reference: said.sonectTransactionReferenceId,
    store: said.store,
  }));

/** A start, read. */
export type StartOrder = z.output<typeof StartOrderRequest>;

const end = {
  TransactionId: transactionId,
  UserId: userId,
  DateOperation: instant,
  SonectTransactionReferenceId: maybeText(MAX_REFERENCE),
};

const endOf = (said: {
  readonly TransactionId: TransactionId;
  readonly UserId: UserId;
  readonly SonectTransactionReferenceId: string | undefined;
}) => ({
  transactionId: said.TransactionId,
  userId: said.UserId,
  reference: said.SonectTransactionReferenceId,
});

/** What settleOrder is asked. */
export const SettleOrderRequest = z.object(end).transform(endOf);

/** What cancelOrder is asked; the reason is for the bank's own eyes. */
export const CancelOrderRequest = z.object({ ...end, Reason: maybeText(MAX_LABEL) }).transform(endOf);

/** A settlement or a cancellation, read. */
export type EndOrder = z.output<typeof SettleOrderRequest>;

/** What is said of an order that has started. */
export interface Started {
  readonly transactionId: TransactionId;
  /** The bank books nothing. */
  readonly skip: boolean;
  /** This was said before. */
  readonly replayed: boolean;
}

/** What is said of an order that has ended as asked. */
export type Ended = Pick<Started, "skip" | "replayed">;

const replyFields = { Message: z.string(), ResultCode: z.int(), Skip: z.boolean() };

/** I2: done. */
export const EndedReply = z.object(replyFields);

/** I1: started, the money is held. */
export const StartedReply = z.object({ ...replyFields, TransactionId: z.int().min(1).max(Number(MAX_ID)) });

const replay = (replayed: boolean) => (replayed ? { headers: { "Idempotency-Replayed": "true" } } : {});

/** Says I2. */
export const encodeEnded = ({ skip, replayed }: Ended) => ({
  status: 200,
  ...replay(replayed),
  body: { Message: "OK", ResultCode: 0, Skip: skip },
});

/** Says I1. */
export const encodeStarted = ({ skip, replayed, transactionId }: Started) => ({
  status: 200,
  ...replay(replayed),
  body: { Message: "OK", ResultCode: 0, Skip: skip, TransactionId: transactionId },
});

/** Every refusal that this API can utter. */
export type WithdrawalCode = keyof typeof withdrawalRefusals | keyof typeof ledgerRefusals | EdgeCode;

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
  ACCOUNT_EXISTS: generic,
  AMOUNT_INVALID: invalid,
  CURRENCY_MISMATCH: generic,
  KEY_REUSED: generic,
  ACCOUNT_BLOCKED: generic,
  EXPIRY_INVALID: generic,
  LIMIT_EXCEEDED: { status: 200, message: "Cash limit exceeded", code: 4 },
  FUNDS_SHORT: { status: 200, message: "Insufficient balance", code: 1222 },
  ORDER_UNKNOWN: unknownOrder,
  REFERENCE_MISMATCH: unknownOrder,
  ORDER_FINAL: { status: 200, message: "Transaction is already in final state", code: 21 },
};

const isKnown = (code: string): code is keyof typeof words => Object.hasOwn(words, code);

/** Says any refusal in this API's words: I3-I10, or nothing but a status for a route that is none (sonect.md 1). */
export const sayRefusal = ({ code, facts }: Refusal) => {
  if (code === "UNKNOWN_ROUTE")
    return facts.allow === undefined ? { status: 404 } : { status: 405, headers: { Allow: String(facts.allow) } };
  const { status, message, code: ResultCode, headers } = words[isKnown(code) ? code : "FAULT"];
  const retryAfter = facts.retryAfterSeconds === undefined ? {} : { "Retry-After": String(facts.retryAfterSeconds) };
  return { status, headers: { ...headers, ...retryAfter }, body: { Message: message, ResultCode, Skip: false } };
};
