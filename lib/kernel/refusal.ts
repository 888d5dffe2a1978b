/** What it means to say no: refusals are expected, named in tables, and thrown to the one place that speaks the protocol. */

/** When the same request may succeed: `never` as it stands, `later` unchanged, `changed` after the caller or an operator has changed something. */
export type Retry = "never" | "later" | "changed";

/** One row of a table of refusals: when to try again, and what it says to a human reader of docs/refusals.md. */
export interface RefusalRow {
  readonly retry: Retry;
  readonly says: string;
}

/** Declares a slice's refusals in their order of precedence. */
export const defineRefusals = <const Rows extends Record<string, RefusalRow>>(rows: Rows): Rows => rows;

/** What a refusal adds to its code, for the dialect and the log; never personal data. */
export type Facts = Readonly<Record<string, string | number>>;

const mark: unique symbol = Symbol("refusal");

/** An expected no: a code from a table of refusals, and facts. Made by `refuse` only. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly facts: Facts;
  readonly [mark]: true;
}

/** Makes a refusal. */
export const refuse = <Code extends string>(code: Code, facts: Facts = {}): Refusal<Code> => ({
  code,
  facts,
  [mark]: true,
});

/** Tells a refusal from an answer. */
export const isRefusal = (said: unknown): said is Refusal => typeof said === "object" && said !== null && mark in said;

/** A refusal on its way to the caller. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** A bug or an outage: never an answer, always an opaque 5xx in the protocol's shape and an alarm. */
export class Fault extends Error {
  override readonly name = "Fault";
}

/** The fault that is no bug: the table does not answer, so that what was asked may or may not have been done. A dialect may tell it by the fact `outage`. */
export class Outage extends Fault {}

const causeOf = ({ cause }: Error): string => {
  if (!(cause instanceof Error)) return "";
  const { requestId } = (cause as { readonly $metadata?: { readonly requestId?: string } }).$metadata ?? {};
  return ` (${cause.name}${requestId === undefined ? "" : `, request ${requestId}`})`;
};

/** What a log says of a fault: its name and message, where it was thrown, and of its cause the name only, whose message may quote data. */
export const describeFault = (fault: unknown): string => {
  if (!(fault instanceof Error)) return `thrown: ${typeof fault}`;
  const frames = fault.stack?.match(/\n {4}at [\s\S]*/)?.[0] ?? "";
  return `${fault.name}: ${fault.message}${causeOf(fault)}${frames}`;
};

/** The refusals of the edge, which every protocol translates. */
export const edgeRefusals = defineRefusals({
  UNKNOWN_ROUTE: { retry: "never", says: "No such path, or not with this verb (`allow` lists the verbs that it has)." },
  UNAUTHENTICATED: { retry: "changed", says: "The credentials are missing, malformed, contradictory or unknown." },
  FORBIDDEN: { retry: "changed", says: "The caller is known but may not do this." },
  RATE_LIMITED: { retry: "later", says: "Too many requests; `retryAfterSeconds` says when to come back." },
  MALFORMED: { retry: "never", says: "The request (path, query, headers or body) is not what the endpoint asks for." },
  BUSY: { retry: "later", says: "Others were changing the same records; nothing was done." },
  FAULT: { retry: "later", says: "A bug or an outage; what was asked may or may not have been done." },
});

/** A code of the edge's table. */
export type EdgeCode = keyof typeof edgeRefusals;
