/** How the connecting party says no (sbc.md 6). */
import type { EdgeCode, Facts, Refusal } from "#kernel/refusal";
import type { saleRefusals } from "#sale/refusals";
import { mayNameSale } from "#sale/wire";
import type { storeRefusals } from "#store/refusals";

/** Every refusal of this slice, the store's and the edge's. */
export type SaleCode = keyof typeof saleRefusals | keyof typeof storeRefusals | EdgeCode;

/** What only an administrator hears. */
type AdminCode = "SALE_UNKNOWN" | `MERCHANT_${string}`;

/** An error by its number; the status is its first three digits. */
interface Words {
  readonly code: number;
  readonly message: string;
}

const causes: Readonly<Record<number, string>> = {
  400: "INVALID_REQUEST",
  403: "FILTERED",
  500: "SERVER_FAILED",
  503: "SERVER_UNAVAILABLE",
};

const refused: Words = { code: 40301, message: "Request refused" };
const unavailable: Words = { code: 50301, message: "Temporarily unavailable" };
const fault: Words = { code: 50001, message: "Internal error" };
const badKey: Words = { code: 40005, message: "Invalid: Idempotency-Key" };

/** What is wrong with a request: its body as a whole, fields of it, the one header, or what its path or query says. */
const malformed = ({ at, fields = "" }: Facts): Words => {
  if (at === "headers") return badKey;
  if (at === "path" || at === "query") return { code: 40006, message: `Invalid: ${fields}` };
  return at === "fields" && fields !== ""
    ? { code: 40002, message: `Invalid: ${fields}` }
    : { code: 40001, message: "Body is not a JSON object" };
};

const words: Readonly<Record<Exclude<SaleCode, "MALFORMED" | "UNKNOWN_ROUTE" | AdminCode>, Words>> = {
  UNAUTHENTICATED: refused,
  FORBIDDEN: refused,
  SALE_REFUSED: refused,
  RATE_LIMITED: unavailable,
  BUSY: unavailable,
  CURRENCY_UNACCEPTED: { code: 40003, message: "Currency not accepted: transaction.currency" },
  AMOUNT_UNREPRESENTABLE: { code: 40004, message: "Not representable: transaction.amountCentis" },
  KEY_REUSED: badKey,
  FAULT: fault,
};

const isKnown = (code: string): code is keyof typeof words => Object.hasOwn(words, code);

const wordsOf = ({ code, facts }: Refusal): Words => {
  if (code === "MALFORMED") return malformed(facts);
  // A table that cannot be reached is no bug to whoever asks.
  if (code === "FAULT" && facts.outage !== undefined) return unavailable;
  return isKnown(code) ? words[code] : fault;
};

/** What an answer takes of the request that it answers. */
interface Asked {
  readonly segments: Readonly<Record<string, string | undefined>>;
}

/** Says any refusal; it has no words for a route that is none. */
export const sayRefusal = (refusal: Refusal) => {
  if (refusal.code === "UNKNOWN_ROUTE") return undefined;
  const { code, message } = wordsOf(refusal);
  const status = Math.trunc(code / 100);
  return {
    status,
    ...(status === 503 && { headers: { "Retry-After": "2" } }),
    body: { error: { cause: causes[status], code: `SALE-${code}`, message } },
  };
};

/** The same of a check, which names the sale that it was asked about, unless no sale can have that name. */
export const sayCheckRefusal = (refusal: Refusal, asked?: Asked) => {
  const answer = sayRefusal(refusal);
  const { invoiceId = "" } = asked?.segments ?? {};
  return answer && mayNameSale(invoiceId) ? { ...answer, body: { ...answer.body, invoiceId } } : answer;
};
