/** How the till's and the app's API say no (swip.md 9). */
import type { Issue } from "#kernel/malformed";
import type { EdgeCode, Facts, Refusal } from "#kernel/refusal";
import { isoInstant } from "#kernel/time";
import type { ledgerRefusals } from "#ledger/refusals";
import type { posRefusals } from "#pos/refusals";
import type { storeRefusals } from "#store/refusals";

/** What only an administrator hears. */
type AdminCode = `TILL_MERCHANT_${string}` | `CUSTOMER_${string}`;

/** Every refusal of this slice, the store's, the edge's, and the one of the ledger that it can meet. */
export type PosCode =
  | keyof typeof posRefusals
  | keyof typeof storeRefusals
  | Extract<keyof typeof ledgerRefusals, "FUNDS_SHORT">
  | EdgeCode;

interface Words {
  readonly code: number;
  readonly status: number;
  readonly description: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const notFound: Words = { code: 1006, status: 404, description: "Not found" };
const internal: Words = { code: 1017, status: 500, description: "Internal error" };
const unavailable: Words = {
  code: 1018,
  status: 503,
  description: "Temporarily unavailable",
  headers: { "Retry-After": "1" },
};

const words: Readonly<Record<Exclude<PosCode, AdminCode | "MALFORMED">, Words>> = {
  PAYMENT_UNCANCELLABLE: { code: 27, status: 409, description: "Payment can no longer be cancelled" },
  UNAUTHENTICATED: { code: 1004, status: 401, description: "Unauthorised" },
  FORBIDDEN: { code: 1005, status: 403, description: "Forbidden" },
  UNKNOWN_ROUTE: notFound,
  ORDER_UNKNOWN: notFound,
  ORDER_NOT_OPEN: { code: 1007, status: 409, description: "Order is not OPEN" },
  ORDER_NOT_CLOSED: { code: 1008, status: 409, description: "Order is not CLOSED" },
  KEY_REUSED: { code: 1009, status: 409, description: "Same key, other content" },
  ORDER_ENGAGED: { code: 1010, status: 409, description: "Order has a payment or method" },
  ORDER_BOUND: { code: 1011, status: 409, description: "Bound to another customer" },
  FUNDS_SHORT: { code: 1012, status: 409, description: "Insufficient funds" },
  ABOVE_PAID: { code: 1013, status: 409, description: "Above paid, money returned" },
  CLOSED_ALREADY: { code: 1014, status: 409, description: "Already closed" },
  REFUND_EXCEEDS: { code: 1015, status: 409, description: "Refund exceeds captured" },
  RATE_LIMITED: { code: 1016, status: 429, description: "Too many requests" },
  BUSY: unavailable,
  FAULT: internal,
};

/** What is malformed, by where it is: the body's text is no JSON; a header; an id in the path, as unknown as a route; anything else. */
const malformed = ({ at }: Facts): Words => {
  if (at === "text") return { code: 1001, status: 400, description: "Bad JSON" };
  if (at === "headers" || at === "type") return { code: 1002, status: 400, description: "Bad header" };
  return at === "path" ? notFound : { code: 1003, status: 400, description: "Invalid request" };
};

const isKnown = (code: string): code is keyof typeof words => Object.hasOwn(words, code);

const wordsOf = ({ code, facts }: Refusal): Words => {
  if (code === "MALFORMED") return malformed(facts);
  // A table that cannot be reached is no bug to whoever asks.
  if (code === "FAULT" && facts.outage !== undefined) return unavailable;
  return isKnown(code) ? words[code] : internal;
};

/** A way as the API writes it: `purchases[0].amount`. */
const fieldOf = (way: readonly string[]): string =>
  way.map((name, nth) => (/^\d+$/.test(name) ? `[${name}]` : nth === 0 ? name : `.${name}`)).join("");

const issuesIn = ({ issues, why, at }: Facts): readonly Issue[] => {
  if (typeof issues === "string") return JSON.parse(issues);
  return [{ way: at === "type" ? ["Content-Type"] : [], message: String(why ?? "invalid") }];
};

/** The instant that examples bear, as swip.md 9 has it. */
const EXAMPLE_MS = Date.UTC(2025, 0, 1, 10);

/** Says any refusal. One that repeats the outcome of a counted close bears the fact `replayed`. */
export const sayRefusal = (refusal: Refusal, _?: unknown, atMs = EXAMPLE_MS) => {
  const { code, status, description, headers } = wordsOf(refusal);
  const isDetailed = code === 1002 || code === 1003;
  const fieldErrors = isDetailed
    ? issuesIn(refusal.facts).map(({ way, message }) => ({ field: fieldOf(way), message }))
    : [];
  return {
    status,
    ...(headers && { headers }),
    ...(refusal.facts.replayed !== undefined && { replayed: true }),
    body: { code, description, timestamp: isoInstant(atMs), fieldErrors },
  };
};
