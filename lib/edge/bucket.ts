/**
 * A bucket of permits in the table (DESIGN 4). It keeps one number, `nextAtMs`: the instant until which permits are used up,
 * each standing for `everyMs`. A bucket whose instant is past is full; one that lies the whole burst ahead is empty.
 */
import type { Limit } from "#edge/contract";
import { keyedDigest } from "#kernel/crypto";
import { MINUTE_MS, SECOND_MS } from "#kernel/time";
import { above, anyOf, atMost } from "#store/condition";
import { amountIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { rateKey } from "#store/keys/party";
import { ttlAfter } from "#store/table";
import { update, type Write } from "#store/write";

/** How fast a bucket fills, and how much it holds. */
export type Pace = Pick<Limit<unknown>, "everyMs" | "burst">;

/** Days that a bucket is kept: far longer than it takes to fill, and an absent one is full. */
const KEPT_DAYS = 1;

/** The bucket of one of those that a limit is per. */
export const bucketOf = (pepper: Uint8Array, { per }: Pick<Limit<never>, "per">, one: string): Key =>
  rateKey(keyedDigest(pepper, `rate of a ${per}`, one));

/**
 * How far beyond an empty bucket's an instant may lie, before it can only be of a clock that has gone back since: such a
 * bucket is full. Clocks of functions differ by less.
 */
const MOST_SKEW_MS = MINUTE_MS;

/** The last instant that a bucket can really have. */
const lastInstant = ({ everyMs, burst }: Pace, nowMs: number): number => nowMs + burst * everyMs + MOST_SKEW_MS;

/** Where a bucket is, by what the table says: one whose instant no clock of now has made is full. */
export const instantIn = (pace: Pace, item: Item | undefined, nowMs: number): number => {
  const nextAtMs = Number(amountIn(item ?? {}, "nextAtMs"));
  return nextAtMs > lastInstant(pace, nowMs) ? 0 : nextAtMs;
};

/** The permits that a bucket holds: negative where the instant lies further ahead than it may. */
export const permitsAt = ({ everyMs, burst }: Pace, nextAtMs: number, nowMs: number): number =>
  burst - Math.ceil(Math.max(0, nextAtMs - nowMs) / everyMs);

/** Whole seconds until a bucket that is empty now holds a permit again, 1 at least. */
export const secondsUntilPermit = ({ everyMs, burst }: Pace, nextAtMs: number, nowMs: number): number =>
  Math.max(1, Math.ceil((nextAtMs - (burst - 1) * everyMs - nowMs) / SECOND_MS));

/**
 * The write that takes so many permits out of a bucket that was last seen at `nextAtMs`. Refuses `stale` where it was seen
 * full and is not, or the other way; RATE_LIMITED where it holds fewer.
 */
export const takePermits = (
  key: Key,
  { everyMs, burst }: Pace,
  { permits, nextAtMs, nowMs }: { readonly permits: number; readonly nextAtMs: number; readonly nowMs: number },
): Write => {
  const now = BigInt(nowMs);
  const used = BigInt(permits * everyMs);
  const ttl = ttlAfter(nowMs, KEPT_DAYS);
  if (nextAtMs <= nowMs)
    return update(key, { set: { nextAtMs: now + used, ttl }, orCreate: true }, [
      [anyOf(atMost("nextAtMs", now), above("nextAtMs", BigInt(lastInstant({ everyMs, burst }, nowMs)))), "stale"],
    ]);
  return update(key, { add: { nextAtMs: used }, set: { ttl } }, [
    [above("nextAtMs", now), "stale"],
    [atMost("nextAtMs", now + BigInt(burst * everyMs) - used), "RATE_LIMITED"],
  ]);
};
