/** The hourly job that closes the days of unbounded accounts, oldest first; correct when it runs twice at once, or not for months. */
import { closeNextDay, lastClosableDay, latestClosing, type Unbounded } from "#ledger/closing";
import { everyCurrency, unboundedIn } from "#ledger/currencies";
import { tenantOf } from "#party/tenant";
import type { Ports } from "#ports";
import { everyItem } from "#store/pages";
import { tenants } from "#store/table";

/** What must be left of the function's time to begin another day. */
const RESERVE_MS = 30_000;

/** What a run did. */
export interface Closed {
  readonly days: number;
  /** False: the time ran out, and the next run carries on. */
  readonly finished: boolean;
}

const everyUnbounded = async function* ({ store }: Ports): AsyncGenerator<Unbounded> {
  for await (const item of everyItem(store, { of: "table", in: tenants() })) {
    const { id, createdAtMs } = tenantOf(item);
    for await (const currency of everyCurrency(store, id))
      for (const account of unboundedIn(currency)) yield { tenant: id, account, sinceMs: createdAtMs };
  }
};

/** Closes what can be closed until nothing is left or the time is nearly over. */
export const closeDays = async (ports: Ports, time: { readonly remainingMs: () => number }): Promise<Closed> => {
  const last = lastClosableDay(ports.clock());
  let days = 0;
  for await (const unbounded of everyUnbounded(ports)) {
    let closing = await latestClosing(ports.store, unbounded);
    while (closing.day < last) {
      if (time.remainingMs() < RESERVE_MS) return { days, finished: false };
      const next = await closeNextDay(ports.store, unbounded, closing);
      const outcome = await ports.store.commit([next.write], ports.ids.uuid());
      // Another run was quicker: it goes on with this account, and so may we, from where it is.
      closing = outcome.done ? next.closing : await latestClosing(ports.store, unbounded);
      days += outcome.done ? 1 : 0;
    }
  }
  return { days, finished: true };
};

/** The job, and what it tells. */
export const closeDueDays = async (ports: Ports, time: { readonly remainingMs: () => number }): Promise<void> => {
  const { days, finished } = await closeDays(ports, time);
  const message = finished ? "closed" : "closed until the time was nearly over";
  ports.telemetry.log("info", message, { endpoint: "sweep/closeDays", swept: days });
};
