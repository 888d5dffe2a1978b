/** What the gateway can be told to do wrong in a sale (sbc.md 8), by name. F11, a connecting party that answers wrongly, is `stub.ts`. */

/** Every fault: its number in the specification, and what happens. */
export const faults = {
  "check-again": ["F1", "the same check ten times, one after the other"],
  "check-at-once": ["F1", "the same check ten times at once"],
  "wrong-nonce": ["F2", "a check with another nonce"],
  "wrong-signature": ["F2", "a check with another signature"],
  "wrong-serial": ["F2", "a check with another serial number"],
  "wrong-access-token": ["F2", "a check with another access token"],
  "second-session": ["F3", "after the check another one, with another session"],
  "lower-case": ["F5", "a check whose signature is in lower-case digits"],
  bare: ["F6", "check and notification without what may be missing"],
  "extra-members": ["F6", "a check with members that nobody has specified"],
  "slow-check": ["F7", "a check whose second half comes late"],
  "lost-answer": ["F7", "the check's answer is lost, and it is asked again"],
  "notify-both": ["F8", "a notification on both paths"],
  "notify-again": ["F8", "the same notification twice"],
  "notify-first": ["F8", "a notification before the check"],
  "callback-again": ["F9", "the same callback twice"],
  "callback-conflict": ["F9", "after the callback one that says otherwise"],
  "callback-forged": ["F9", "before the callback one with a forged control"],
  "boundary-shift": ["F10", "a check with a character moved to the next field"],
} as const satisfies Readonly<Record<string, readonly [number: `F${number}`, says: string]>>;

/** A fault. */
export type FaultName = keyof typeof faults;

/** Those by which the connecting party is asked for what it has to refuse. */
const refusedFaults: ReadonlySet<FaultName> = new Set<FaultName>([
  "wrong-nonce",
  "wrong-signature",
  "wrong-serial",
  "wrong-access-token",
  "second-session",
  "notify-first",
  "callback-forged",
  "boundary-shift",
]);

/** Whether a connecting party that does not refuse what comes of this fault is wrong. */
export const hasToBeRefused = (fault: FaultName): boolean => refusedFaults.has(fault);

/** Every name. */
export const faultNames = Object.keys(faults) as readonly FaultName[];

/** How a sale that is charged ends; `processing` is no end. */
export const outcomes = ["approved", "declined", "filtered", "error", "processing"] as const;

/** One of them. */
export type Outcome = (typeof outcomes)[number];

/** What the gateway does in a sale. */
export interface Plan {
  readonly faults: readonly FaultName[];
  readonly outcome: Outcome;
  /** Waited for before the check: before, at or after the session's end (F4). */
  readonly checkDelayMs: number;
}

/** A sale in which nothing is remarkable. */
export const plain: Plan = { faults: [], outcome: "approved", checkDelayMs: 0 };

/** How often F1 asks. */
export const REPEATS = 10;
