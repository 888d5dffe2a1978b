/** The hourly job that closes the days of unbounded accounts, oldest first; correct when it runs twice at once, or not for months. */

import { describeFault } from "#kernel/refusal";
import { closeNextDay, lastClosableDay, latestClosing } from "#ledger/closing";
import { everyUnbounded, type Unbounded } from "#ledger/unbounded";
import { tenantOf } from "#party/tenant";
import type { Ports } from "#ports";
import { tenants } from "#store/keys/party";
import { everyItem } from "#store/pages";
import { DESK } from "#store/table";

/** What must be left of the function's time to begin another day. */
const RESERVE_MS = 30_000;

const ENDPOINT = "sweep/closeDays";

/** How long the function may still take. */
interface Time {
  readonly remainingMs: () => number;
}

/** What a run did. */
export interface Closed {
  readonly days: number;
  readonly failed: number;
  /** False: the time ran out, and the next run carries on. */
  readonly finished: boolean;
}

type Counts = { -readonly [What in Exclude<keyof Closed, "finished">]: Closed[What] };

/** The desk's own too, what merchants with tills have taken: they are many, and keep no tenant waiting. */
const everywhere = async function* ({ store }: Ports): AsyncGenerator<Unbounded> {
  for await (const item of everyItem(store, { of: "table", in: tenants() }))
    yield* everyUnbounded(store, tenantOf(item).id);
  yield* everyUnbounded(store, DESK);
};

/** Closes the days of one account; false when the time is nearly over. */
const closeAccount = async (
  unbounded: Unbounded,
  last: string,
  closed: Counts,
  ports: Ports,
  time: Time,
): Promise<boolean> => {
  let closing = await latestClosing(ports.store, unbounded);
  while (closing.day < last) {
    if (time.remainingMs() < RESERVE_MS) return false;
    const next = await closeNextDay(ports.store, unbounded, closing);
    const outcome = await ports.store.commit([next.write], ports.ids.uuid());
    // Another run was quicker, or the table is busy: whoever comes next goes on from where it is.
    if (!outcome.done) return true;
    closing = next.closing;
    closed.days += 1;
  }
  return true;
};

/** Closes what can be closed until nothing is left or the time is nearly over. An account that cannot be read counts as failed. */
export const closeDays = async (ports: Ports, time: Time): Promise<Closed> => {
  const last = lastClosableDay(ports.clock());
  const closed: Counts = { days: 0, failed: 0 };
  for await (const unbounded of everywhere(ports)) {
    const finished = await closeAccount(unbounded, last, closed, ports, time).catch((error: unknown) => {
      const subject = `${unbounded.tenant} ${unbounded.account}`;
      ports.telemetry.log("error", "a day could not be closed", {
        endpoint: ENDPOINT,
        subject,
        fault: describeFault(error),
      });
      closed.failed += 1;
      return true;
    });
    if (!finished) return { ...closed, finished: false };
  }
  return { ...closed, finished: true };
};

/** The job, and what it tells. */
export const closeDueDays = async (ports: Ports, time: Time): Promise<void> => {
  const { days, failed, finished } = await closeDays(ports, time);
  ports.telemetry.count("SweepFailed", failed, ENDPOINT);
  const message = finished ? "closed" : "closed until the time was nearly over";
  ports.telemetry.log("info", message, { endpoint: ENDPOINT, swept: days, failed });
};
