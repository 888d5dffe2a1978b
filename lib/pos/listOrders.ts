/** swip.md 4. */
import { malformedBy } from "#kernel/malformed";
import { DAY_MS, isoInstant, readInstant, utcDay } from "#kernel/time";
import type { Ports } from "#ports";
import type { TillCaller } from "#pos/merchant";
import { type Order, stateAt } from "#pos/order";
import { ORDERS } from "#pos/order.item";
import { batchOf, cursorOf, notOurs, type Placed, partsOfCursor, showOrders, takePage } from "#pos/page";
import type { ListOrders } from "#pos/query.wire";
import type { Listed } from "#pos/view";
import { keyIn } from "#store/item";
import { idOf, listPartition } from "#store/table";

/** The longest time that a statement is of (swip.md 4). */
const LONGEST_MS = 31 * DAY_MS;

const DAY_LENGTH = "YYYY-MM-DD".length;

/** What of a statement is still to be listed: from the later end on. */
interface Window {
  readonly fromMs: number;
  readonly toMs: number;
  /** Where the page before ended: behind the first instant, and before the last. */
  readonly position?: string;
}

/** The window of a question, or of the cursor that it goes on from. Nothing said: the last 24 hours, this millisecond included. */
const windowOf = ({ fromMs, toMs, cursor }: ListOrders, nowMs: number): Window => {
  if (cursor === undefined) {
    const endMs = toMs ?? nowMs + 1;
    return checked({ fromMs: fromMs ?? endMs - DAY_MS, toMs: endMs });
  }
  const [first = "", last = "", position = ""] = partsOfCursor(cursor, 3);
  const [from, to, at] = [first, last, position.split("#")[0] ?? ""].map(readInstant);
  if (from === undefined || to === undefined || at === undefined) throw notOurs();
  if (position <= first || position >= last) throw notOurs();
  return checked({ fromMs: from, toMs: to, position });
};

const checked = (window: Window): Window => {
  const lengthMs = window.toMs - window.fromMs;
  if (lengthMs > 0 && lengthMs <= LONGEST_MS) return window;
  throw malformedBy("query", "query: from", [{ way: ["from"], message: "must be before `to`, by 31 days at most" }]);
};

/** The merchant's orders, newest first, day by day. */
const batchesOf = async function* (
  tenant: string,
  { fromMs, toMs, position }: Window,
  limit: number,
  { store }: Ports,
): AsyncGenerator<readonly Placed[]> {
  const last = position ?? isoInstant(toMs);
  const firstDay = utcDay(fromMs);
  let day = position?.slice(0, DAY_LENGTH) ?? utcDay(toMs - 1);
  while (day >= firstDay) {
    let cursor: string | undefined;
    do {
      const within = {
        of: "list",
        in: listPartition(tenant, ORDERS, day),
        from: isoInstant(fromMs),
        to: last,
      } as const;
      const page = await store.list({ ...within, newestFirst: true, limit, ...(cursor !== undefined && { cursor }) });
      yield page.items
        .map((item) => ({ position: String(item.listAt), id: idOf(keyIn(item)) }))
        .filter((placed) => placed.position !== position);
      cursor = page.next;
    } while (cursor !== undefined);
    day = utcDay(Date.parse(day) - DAY_MS);
  }
};

/** The merchant's statement: its orders of a time, newest first. */
export const listOrders = async (wish: ListOrders, ports: Ports, { tenant }: TillCaller): Promise<Listed> => {
  const nowMs = ports.clock();
  const window = windowOf(wish, nowMs);
  const { status, limit } = wish;
  const batches = batchesOf(tenant, window, batchOf(limit), ports);
  const isAsked = (order: Order): boolean => status === undefined || stateAt(order, nowMs) === status;
  const { orders, next } = await takePage(batches, limit, isAsked, ports);
  const views = await showOrders(orders, ports);
  const { fromMs, toMs } = window;
  return { views, ...(next !== undefined && { next: cursorOf([isoInstant(fromMs), isoInstant(toMs), next]) }) };
};
