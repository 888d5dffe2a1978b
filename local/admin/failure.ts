/** What went wrong, in one line that says what to do, and the exit code for it. */
import { approvalRefusals } from "#approval/refusals";
import { edgeRefusals, Fault, type Refusal, Refused } from "#kernel/refusal";
import { bookkeepingRefusals, ledgerRefusals } from "#ledger/refusals";
import { partnerRefusals } from "#partner/refusals";
import { partyRefusals } from "#party/refusals";
import { posRefusals } from "#pos/refusals";
import { saleRefusals } from "#sale/refusals";
import { storeRefusals } from "#store/refusals";
import { withdrawalRefusals } from "#withdrawal/refusals";
import { UsageError } from "../options.ts";

/** Exit codes. */
export const exitCodes = { done: 0, refused: 1, usage: 2, fault: 3 } as const;

/** A failure as it is told; `code` is for scripts: a refusal's, USAGE, UNREACHABLE or FAULT. */
export interface Failure {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
}

/** There is nothing at the other end: no sandbox on the port. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const says: Readonly<Record<string, { readonly says: string }>> = {
  ...edgeRefusals,
  ...partyRefusals,
  ...partnerRefusals,
  ...saleRefusals,
  ...posRefusals,
  ...approvalRefusals,
  ...ledgerRefusals,
  ...bookkeepingRefusals,
  ...storeRefusals,
  ...withdrawalRefusals,
};

/** What to do about a refusal. */
const advice: Readonly<Record<string, string>> = {
  SECRET_LOST: "Restore that one: a new one would make every credential and every known start unknown.",
  SECRET_UNUSABLE: "docs/operations.md says what it has to hold.",
  SECRET_CHANGED: "Do it again.",
  TENANT_UNKNOWN: '"tenant list" shows those that there are.',
  TENANT_EXISTS: '"tenant show" tells its settings.',
  INTEGRATOR_UNKNOWN: '"integrator list" shows those that it has.',
  PARTNER_UNKNOWN: '"partner list" shows those that there are.',
  PARTNER_EXISTS: '"partner show" tells its settings; "partner rotate" gives it a new secret.',
  MERCHANT_UNKNOWN: '"merchant list" shows those that there are.',
  MERCHANT_EXISTS: '"merchant show" tells its settings; "merchant rotate" gives its client a new secret.',
  TILL_MERCHANT_UNKNOWN: '"pos merchant list" shows those that there are.',
  TILL_MERCHANT_EXISTS: '"pos merchant show" tells its settings; "pos merchant rotate" gives its tills a new token.',
  CUSTOMER_UNKNOWN: '"customer create" makes one.',
  CUSTOMER_EXISTS: '"customer show" tells what is there.',
  CHANNEL_UNKNOWN: '"channel list" shows those that there are.',
  IDENTITY_UNKNOWN: "Check the CustomerId, and --user-code: an identity is there once a code was issued for it.",
  DEVICE_UNKNOWN: '"device list" shows those that a customer has.',
  CLIENT_EXISTS: '"channel show" tells what it is; "channel rotate" gives it a new secret.',
  USER_UNKNOWN: "Check the reference, and --type.",
  LINK_CONFLICT: '"user show" tells what a user is linked to; "user unlink" ends it.',
  ACCOUNT_UNKNOWN: '"account list" shows those that it has.',
  ACCOUNT_EXISTS: '"account show" tells what it is.',
  DAY_CLOSED: "Set the clock of this machine and do it again.",
  REFERENCE_REUSED: "Take another reference for another sum.",
  BUSY: "Try again.",
};

const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const sayRefusal = ({ code, facts }: Refusal): string => {
  if (code === "AMOUNT_INVALID")
    return `${facts.amount} is no amount in ${facts.currency}: it takes at most ${facts.decimals} decimals, and 2^53-1 of its smallest unit.`;
  if (code.endsWith("_MALFORMED")) return withStop(String(facts.why));
  if (code === "ROTATION_EARLY") return `${facts.why} Wait ${facts.minutes} min.`;
  return [says[code]?.says ?? code, advice[code] ?? ""].join(" ").trim();
};

const causeOf = (error: Error): string => {
  const { cause } = error;
  if (!(cause instanceof Error)) return "";
  // A connection refused on both address families has its words inside.
  const inner = cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause;
  return inner instanceof Error ? ` (${[inner.name, inner.message].filter((text) => text !== "").join(": ")})` : "";
};

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.charAt(0).toUpperCase() + line.slice(1);
};

/** Puts any error into words. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof UsageError)
    return { exitCode: exitCodes.usage, code: "USAGE", message: withStop(error.message) };
  if (error instanceof Refused)
    return { exitCode: exitCodes.refused, code: error.refusal.code, message: oneLine(sayRefusal(error.refusal)) };
  if (error instanceof Unreachable)
    return { exitCode: exitCodes.fault, code: "UNREACHABLE", message: withStop(error.message) };
  const known = error instanceof Error ? error : new Fault(String(error));
  const told = oneLine(`${known.message}${causeOf(known)}`);
  const message = `${withStop(told)} Check that the sandbox runs, or the stage's region and credentials; then see what is there before you repeat a change.`;
  return { exitCode: exitCodes.fault, code: "FAULT", message };
};
