/**
 * The sweep: makes the clock's move on everything that is overdue. The index only names candidates; each move is the same
 * conditional write that any call would make, so two sweeps at once, a stale index, or no sweep at all change no outcome.
 */
import { describeFault, Fault, Refused } from "#kernel/refusal";
import { isoInstant, MINUTE_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { type Item, keyIn } from "#store/item";
import { duePartition, idOf, kindOf, SHARDS } from "#store/table";
import { clockMoves } from "#sweep/moves";

/** Candidates moved at once: enough to hide the table's latency, few enough that those of one account do not starve each other. */
const AT_ONCE = 25;

/** What must be left of the function's time to begin another page: a page's slowest commit, resent until its end is known. */
const RESERVE_MS = 15_000;

/** How long the function may still take. */
interface Time {
  readonly remainingMs: () => number;
}

/** What a sweep did. */
export interface Swept {
  readonly expired: number;
  /** Somebody else was quicker, or is at it. */
  readonly skipped: number;
  readonly failed: number;
  /** How late the oldest candidate was, 0 without one. */
  readonly oldestOverdueMs: number;
  /** False: the time ran out, and the next sweep carries on. */
  readonly finished: boolean;
}

/** Starts elsewhere each minute, so that a sweep that never finishes still gets everywhere. */
const shardsFrom = (nowMs: number): readonly string[] => {
  const first = Math.floor(nowMs / MINUTE_MS) % SHARDS.length;
  return [...SHARDS.slice(first), ...SHARDS.slice(0, first)];
};

const tellFault = ({ telemetry }: Ports, error: unknown, subject: string): void =>
  telemetry.log("error", "what is due could not be moved", {
    endpoint: "sweep/expireDue",
    subject,
    fault: describeFault(error),
  });

const isBusy = (error: unknown): boolean => error instanceof Refused && error.refusal.code === "BUSY";

const moveOne = async (item: Item, ports: Ports): Promise<"expired" | "skipped" | "failed"> => {
  const key = keyIn(item);
  try {
    const move = clockMoves[kindOf(key) as keyof typeof clockMoves];
    if (move === undefined) throw new Fault(`nothing moves a ${kindOf(key)}, yet one is due`);
    return (await move(key, ports)) ? "expired" : "skipped";
  } catch (error) {
    if (isBusy(error)) return "skipped";
    // One that cannot be moved must not keep the others waiting; the alarm counts it, and the next sweep tries again.
    tellFault(ports, error, idOf(key));
    return "failed";
  }
};

type Counts = { -readonly [What in Exclude<keyof Swept, "finished">]: Swept[What] };

/** Sweeps one shard into the counts; false when the time is nearly over. */
const sweepShard = async (shard: string, nowMs: number, swept: Counts, ports: Ports, time: Time): Promise<boolean> => {
  let cursor: string | undefined;
  do {
    if (time.remainingMs() < RESERVE_MS) return false;
    const range = { of: "due", in: duePartition(shard), to: isoInstant(nowMs), limit: AT_ONCE } as const;
    const page = await ports.store.list(cursor === undefined ? range : { ...range, cursor });
    const oldest = page.items[0]?.dueAt;
    if (oldest !== undefined)
      swept.oldestOverdueMs = Math.max(swept.oldestOverdueMs, nowMs - Date.parse(String(oldest)));
    for (const end of await Promise.all(page.items.map((item) => moveOne(item, ports)))) swept[end] += 1;
    cursor = page.next;
  } while (cursor !== undefined);
  return true;
};

/** Sweeps what is due until nothing is left or the time is nearly over. A shard that cannot be listed counts as failed. */
export const expireDue = async (ports: Ports, time: Time): Promise<Swept> => {
  const nowMs = ports.clock();
  const swept: Counts = { expired: 0, skipped: 0, failed: 0, oldestOverdueMs: 0 };
  for (const shard of shardsFrom(nowMs)) {
    const finished = await sweepShard(shard, nowMs, swept, ports, time).catch((error: unknown) => {
      tellFault(ports, error, duePartition(shard));
      swept.failed += 1;
      return true;
    });
    if (!finished) return { ...swept, finished: false };
  }
  return { ...swept, finished: true };
};

/** The sweep as a scheduled job: does it, and reports it. */
export const sweepDue = async (ports: Ports, time: Time): Promise<void> => {
  const { expired, skipped, failed, oldestOverdueMs, finished } = await expireDue(ports, time);
  ports.telemetry.count("SweepExpired", expired, "sweep/expireDue");
  ports.telemetry.count("SweepFailed", failed, "sweep/expireDue");
  ports.telemetry.count("SweepOldestOverdueMs", oldestOverdueMs, "sweep/expireDue");
  const message = finished ? "swept" : "swept until the time was nearly over";
  ports.telemetry.log("info", message, {
    endpoint: "sweep/expireDue",
    swept: expired,
    skipped,
    failed,
    oldestOverdueMs,
  });
};
