/** What approvals allow at the most (approvals.md 2.3, 7), and how far an operator has lowered it. Polls, addresses, clocks and pauses are no part of it. */
import type { Ports } from "#ports";
import { equals } from "#store/condition";
import { amountIn, integerIn } from "#store/field";
import type { Item } from "#store/item";
import { approvalLimitsKey } from "#store/keys/approval";
import { update, type Write } from "#store/write";

/** The specification's values, each of which is the most, and the least that leaves something to be done. */
export const bounds = {
  /** How long an approval may wait. */
  timeoutSeconds: { least: 1, most: 600 },
  /** Approvals that wait for an identity. */
  waiting: { least: 1, most: 20 },
  /** Devices of an identity that are not removed. */
  devices: { least: 1, most: 5 },
  /** How long an activation code lives. */
  codeSeconds: { least: 1, most: 300 },
  /** Tries of an activation code (EU 2018/389 Art. 4). */
  codeTries: { least: 1, most: 5 },
  /** Codes that are issued to an identity in a quarter of an hour. */
  codesIssued: { least: 1, most: 5 },
  /** How long a login code lives. */
  loginCodeSeconds: { least: 1, most: 120 },
  /** Decisions of one device on one approval that are looked at. */
  decisionTries: { least: 1, most: 5 },
  /** Days that an approval can be read after its deadline, and so at least after its end: never under 24 hours. */
  retentionDays: { least: 1, most: 30 },
} as const;

/** What can be lowered. */
export type LimitName = keyof typeof bounds;

/** Every limit, as it is. */
export type Limits = { readonly [Name in LimitName]: number };

/** Every limit's name, in the order in which they are shown. */
export const limitNames = Object.keys(bounds) as readonly LimitName[];

const limitIn = (item: Item | undefined, name: LimitName): number => {
  const { least, most } = bounds[name];
  if (item?.[name] === undefined) return most;
  return Math.min(most, Math.max(least, Number(amountIn(item, name))));
};

/** The limits out of their item: never more than the specification has, whatever is stored. */
export const limitsOf = (item: Item | undefined): Limits =>
  Object.fromEntries(limitNames.map((name) => [name, limitIn(item, name)])) as Limits;

/** The limits, remembered for some seconds. */
export const findLimits = async ({ recall }: Pick<Ports, "recall">): Promise<Limits> =>
  limitsOf(await recall(approvalLimitsKey(), true));

/** The write that sets some limits, if none was set since the item was read. */
export const setLimits = (before: Item | undefined, limits: Partial<Limits>): Write => {
  const set = Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, BigInt(value)]));
  return update(approvalLimitsKey(), { set, add: { revision: 1n }, orCreate: true }, [
    [equals("revision", before && integerIn(before, "revision")), "stale"],
  ]);
};

/** approvals.md 7: one poll in two seconds, two at once. */
export const POLLS = { everyMs: 2_000, burst: 2 } as const;
