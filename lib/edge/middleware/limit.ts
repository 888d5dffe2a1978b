/**
 * Refuses whoever asks too often (DESIGN 4), by a bucket in the table that all instances share. A busy caller's permits are
 * taken for a second at once and served from memory, which makes a write or two a second of an instance; a refusal is
 * repeated from memory for as long as it said, which makes one a second, however much is asked.
 *
 * No permit is served twice, so all instances together serve no more than the burst and what has come in since the start. As
 * permits are used up to a second after they were taken, any stretch of time has at most the burst, and what comes in
 * during the stretch and a second.
 */
import { bucketOf, instantIn, type Pace, permitsAt, secondsUntilPermit, takePermits } from "#edge/bucket";
import type { Asked, Limit, WishLimit } from "#edge/contract";
import type { Step } from "#edge/middleware/state";
import { describeFault, Fault, Refused, refuse } from "#kernel/refusal";
import { SECOND_MS } from "#kernel/time";
import type { Ports } from "#ports";
import type { Key } from "#store/item";

/** The most buckets remembered at once; the longest unused go first, so that no caller can fill the memory. */
const MOST_REMEMBERED = 1_000;

/** What an instance knows of a bucket. */
interface Known {
  /** Where the table had it last; it only ever moves on. */
  nextAtMs: number;
  /** Until when whoever asks has been told to wait. */
  closedUntilMs: number;
  second: Second;
}

/** The permits that were taken for a second: how many were used, and how many are left for the rest of it. */
interface Second {
  readonly fromMs: number;
  used: number;
  left: number;
}

const secondFrom = (fromMs: number): Second => ({ fromMs, used: 0, left: 0 });

const openMemory = () => {
  const remembered = new Map<string, Known>();
  return (name: string): Known => {
    const known = remembered.get(name) ?? { nextAtMs: 0, closedUntilMs: 0, second: secondFrom(0) };
    remembered.delete(name);
    remembered.set(name, known);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return known;
  };
};

/** As many as the second before has used, or this one so far. */
const permitsWanted = ({ fromMs, used }: Second, { everyMs }: Pace, nowMs: number): number =>
  nowMs - fromMs < 2 * SECOND_MS ? Math.min(used, Math.floor(SECOND_MS / everyMs)) : 1;

/**
 * The permits to take of a bucket that holds so many: one, and more only from above half, of which a quarter. They may lapse
 * unused, and those must not be missing where they run low; several instances are to find some.
 */
const permitsToTake = (wanted: number, held: number, { burst }: Pace): number =>
  Math.max(1, Math.min(wanted, Math.floor((held - burst / 2) / 4)));

/**
 * Takes permits out of the bucket and uses one of them; false where it is empty. Two writes at the most: what the first is
 * refused for tells where the bucket is, and the second asks for one permit, so that its own refusal is certain.
 */
const draw = async (key: Key, pace: Pace, known: Known, ports: Ports, nowMs: number): Promise<boolean> => {
  const wanted = permitsWanted(known.second, pace, nowMs);
  if (nowMs - known.second.fromMs >= SECOND_MS) known.second = secondFrom(nowMs);
  const { second } = known;
  for (const most of [wanted, 1]) {
    const { nextAtMs } = known;
    const held = permitsAt(pace, nextAtMs, nowMs);
    if (held < 1) return false;
    const permits = permitsToTake(most, held, pace);
    const write = takePermits(key, pace, { permits, nextAtMs, nowMs });
    const outcome = await ports.store.commit([write], ports.ids.uuid());
    if (!outcome.done && !("found" in outcome)) break;
    const item = outcome.done ? outcome.after : outcome.found;
    known.nextAtMs = instantIn(pace, item, nowMs);
    if (!outcome.done) continue;
    second.left += permits - 1;
    second.used += 1;
    return true;
  }
  if (permitsAt(pace, known.nextAtMs, nowMs) < 1) return false;
  throw new Fault("the bucket could not be reached");
};

/** Whole seconds to wait, 0 with a permit. */
const secondsToWait = async (key: Key, pace: Pace, known: Known, ports: Ports): Promise<number> => {
  const nowMs = ports.clock();
  const { second } = known;
  if (second.left > 0 && nowMs - second.fromMs < SECOND_MS) {
    second.left -= 1;
    second.used += 1;
    return 0;
  }
  if (nowMs >= known.closedUntilMs) {
    if (await draw(key, pace, known, ports, nowMs)) return 0;
    known.closedUntilMs = nowMs + SECOND_MS * secondsUntilPermit(pace, known.nextAtMs, nowMs);
  }
  return Math.ceil((known.closedUntilMs - nowMs) / SECOND_MS);
};

/**
 * Takes a permit out of the bucket of one of those that a limit is per, remembering what an instance knows of each. Throws the
 * refusal RATE_LIMITED, with the fact `retryAfterSeconds`, where there is none. Where the bucket cannot be reached, it lets
 * pass whoever asks for a second, and tells that: a limiter is no reason to serve nobody.
 */
export const openLimiter = <State extends { readonly ports: Ports }>(
  row: Omit<Limit<never>, "by">,
  endpoint: string,
  oneOf: (state: State) => string,
) => {
  const recollect = openMemory();
  return async (state: State): Promise<void> => {
    const { ports } = state;
    const { pepper } = await ports.secrets();
    const bucket = bucketOf(pepper, row, oneOf(state));
    const known = recollect(bucket.pk);
    const retryAfterSeconds = await secondsToWait(bucket, row, known, ports).catch((error: unknown) => {
      ports.telemetry.log("warn", "the limiter could not reach its bucket", {
        endpoint,
        fault: describeFault(error),
      });
      ports.telemetry.count("Unlimited", 1, endpoint);
      known.second = { fromMs: ports.clock(), used: 0, left: Number.POSITIVE_INFINITY };
      return 0;
    });
    if (retryAfterSeconds > 0) throw new Refused(refuse("RATE_LIMITED", { retryAfterSeconds }));
  };
};

/** Refuses whoever asks more often than the limit says. */
export const limit = <Who>(
  row: Limit<Who> | undefined,
  endpoint: string,
): Step<{ ports: Ports; asked: Asked; caller: Who }> => {
  type Asking = { readonly ports: Ports; readonly asked: Asked; readonly caller: Who };
  const take = row && openLimiter(row, endpoint, ({ asked, caller }: Asking) => row.by(asked, caller));
  return { before: ({ internal }) => take?.(internal) };
};

/** The same by what a well-formed request says. */
export const limitWish = <Wish, Who>(
  row: WishLimit<Wish, Who> | undefined,
  endpoint: string,
): Step<{ ports: Ports; wish: Wish; caller: Who }> => {
  type Wishing = { readonly ports: Ports; readonly wish: Wish; readonly caller: Who };
  const take = row && openLimiter(row, endpoint, ({ wish, caller }: Wishing) => row.of(wish, caller));
  return { before: ({ internal }) => take?.(internal) };
};
