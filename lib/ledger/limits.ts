/** Limits of an account: a bound a transaction, and what may be used in each calendar window of the tenant's time zone (sonect.md 4.4). */
import { DAY_MS, windowsAt } from "#kernel/time";
import { amountIn } from "#store/field";
import type { Item } from "#store/item";

/** The calendar windows that are counted; weeks begin on Monday. */
export const windows = ["day", "week", "month", "year"] as const;

/** A calendar window. */
export type Window = (typeof windows)[number];

/** What a limit may be on. */
export const limitNames = ["transaction", ...windows] as const;

/** Bounds in minor units; absent: none. */
export type Limits = Readonly<Partial<Record<(typeof limitNames)[number], bigint>>>;

/** What is used, by field: `used:day:2026-11-20` → minor units. Held and settled money counts, released and reversed does not. */
export type Used = Readonly<Record<string, bigint>>;

const USED = "used:";
const LIMIT = "limit:";

/** The field that holds a bound. */
export const limitField = (name: (typeof limitNames)[number]): string => `${LIMIT}${name}`;

/** The field that counts the window that an instant lies in. */
export const usedField = (window: Window, atMs: number, timeZone: string): string =>
  `${USED}${window}:${windowsAt(atMs, timeZone)[window]}`;

/** The bounds among an item's fields. */
export const limitsIn = (item: Item): Limits =>
  Object.fromEntries(
    limitNames
      .filter((name) => item[limitField(name)] !== undefined)
      .map((name) => [name, amountIn(item, limitField(name))]),
  );

/** The counters among an item's fields. */
export const usedIn = (item: Item): Used =>
  Object.fromEntries(
    Object.keys(item)
      .filter((field) => field.startsWith(USED))
      .map((field) => [field, amountIn(item, field)]),
  );

/** What is used in the windows of this instant. */
export const usedNow = (used: Used, nowMs: number, timeZone: string): Readonly<Record<Window, bigint>> => {
  const usedOf = (window: Window) => used[usedField(window, nowMs, timeZone)] ?? 0n;
  return { day: usedOf("day"), week: usedOf("week"), month: usedOf("month"), year: usedOf("year") };
};

/** Whether an amount is above a limit, on top of what is used. */
export const exceedsLimits = (limits: Limits, used: Used, amount: bigint, nowMs: number, timeZone: string): boolean => {
  if (limits.transaction !== undefined && amount > limits.transaction) return true;
  const already = usedNow(used, nowMs, timeZone);
  return windows.some((window) => {
    const limit = limits[window];
    return limit !== undefined && already[window] + amount > limit;
  });
};

/** The counters to raise now. */
export const countingNow = (amount: bigint, nowMs: number, timeZone: string): Used =>
  Object.fromEntries(windows.map((window) => [usedField(window, nowMs, timeZone), amount]));

/** How long a window's counter outlives it: far more than clocks differ, or than a start is on its way to its commit. */
const COUNTER_OUTLIVES_MS = DAY_MS;

/** Whether the window that a counter counts was over at an instant. A window that has yet to begin, by this clock, is not. */
const isOver = (field: string, atMs: number, timeZone: string): boolean =>
  windows.some((window) => field.startsWith(`${USED}${window}:`) && field < usedField(window, atMs, timeZone));

/** The counters of windows that have long been over, which nobody asks for again. */
export const pastWindows = (used: Used, nowMs: number, timeZone: string): readonly string[] =>
  Object.keys(used).filter((field) => isOver(field, nowMs - COUNTER_OUTLIVES_MS, timeZone));

/** The counters to lower for what was counted then: those of windows that are not over. */
export const givingBack = (amount: bigint, countedAtMs: number, nowMs: number, timeZone: string): Used =>
  Object.fromEntries(
    Object.entries(countingNow(-amount, countedAtMs, timeZone)).filter(([field]) => !isOver(field, nowMs, timeZone)),
  );
