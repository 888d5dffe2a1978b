/** Pages of orders: what comes on one, within what an answer may weigh, and where the next begins. */
import { malformedBy } from "#kernel/malformed";
import type { Ports } from "#ports";
import { pointsAccountOf } from "#pos/customer.item";
import type { Order } from "#pos/order";
import { orderOf } from "#pos/order.item";
import { type View, viewOf } from "#pos/view";
import { amountIn } from "#store/field";
import { accountKey } from "#store/keys/ledger";
import { contentKey, orderKey } from "#store/keys/pos";
import { DESK } from "#store/table";

/** The most that the orders of a page weigh, in bytes of their contents: a reading may have 4 MB, an answer 6. */
const MAX_BYTES = 3_000_000n;

/** The most orders that are read at once: no more keys than one `read` may ask for. */
const MOST_AT_ONCE = 100;

/** After so many round trips a page is given as far as it has come: each day that 31 times 24 hours touch, and the orders of one. */
const MOST_TRIPS = 33;

/** How many to list at once for a page: one more than it has, which tells whether there is another. */
export const batchOf = (limit: number): number => Math.min(limit + 1, MOST_AT_ONCE);

/** An order's place in a list: a text that sorts. */
export interface Placed {
  readonly position: string;
  readonly id: string;
}

/** Some orders of a list, and where the next page begins; no `next` at the end. */
export interface Page {
  readonly orders: readonly Order[];
  readonly next?: string;
}

/** The orders of these ids that there still are. */
export const readOrders = async (
  ids: readonly string[],
  { store }: Pick<Ports, "store">,
): Promise<ReadonlyMap<string, Order>> => {
  if (ids.length === 0) return new Map();
  const found = await store.readEach(ids.map(orderKey));
  return new Map(ids.flatMap((id, nth) => (found[nth] ? [[id, orderOf(id, found[nth])] as const] : [])));
};

/**
 * Takes the first so many matching orders of a list, or fewer where they weigh too much or looking for them takes long.
 * A batch is what one listing has found.
 */
export const takePage = async (
  batches: AsyncIterable<readonly Placed[]>,
  limit: number,
  matches: (order: Order) => boolean,
  ports: Pick<Ports, "store">,
): Promise<Page> => {
  const orders: Order[] = [];
  let [bytes, trips] = [0n, 0];
  let next: string | undefined;
  for await (const batch of batches) {
    trips += batch.length === 0 ? 1 : 2;
    if (trips > MOST_TRIPS && next !== undefined) return { orders, next };
    const found = await readOrders(
      batch.map(({ id }) => id),
      ports,
    );
    for (const { id, position } of batch) {
      const order = found.get(id);
      const isMatch = order !== undefined && matches(order);
      bytes += isMatch ? order.contentBytes : 0n;
      if (orders.length === limit || (orders.length > 0 && bytes > MAX_BYTES)) return { orders, ...(next && { next }) };
      if (isMatch) orders.push(order);
      next = position;
    }
  }
  return { orders };
};

/** The orders of a page as somebody sees them: with their lines, and in a customer's app its points at each merchant. */
export const showOrders = async (
  orders: readonly Order[],
  { store, clock }: Pick<Ports, "store" | "clock">,
  customer?: string,
): Promise<readonly View[]> => {
  if (orders.length === 0) return [];
  const tenants = customer === undefined ? [] : [...new Set(orders.map(({ tenant }) => tenant))];
  const purses = tenants.map((tenant) => accountKey(DESK, pointsAccountOf(customer ?? "", tenant)));
  const [contents, points] = await Promise.all([
    store.readEach(orders.map(({ id }) => contentKey(id))),
    purses.length === 0 ? [] : store.readEach(purses),
  ]);
  const nowMs = clock();
  return orders.flatMap((order, nth) => {
    // The table lets go of an old order part by part.
    if (contents[nth] === undefined) return [];
    const view = viewOf(order, contents[nth], nowMs);
    if (customer === undefined) return [view];
    return [{ ...view, pointsBalance: amountIn(points[tenants.indexOf(order.tenant)] ?? {}, "available") }];
  });
};

/** A cursor: what a list needs to go on, as opaque text. */
export const cursorOf = (parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

/** What stands in a cursor of so many parts; throws MALFORMED where it is none of ours. */
export const partsOfCursor = (cursor: string, count: number): readonly string[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(parts) && parts.length === count && parts.every((part) => typeof part === "string")) return parts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw notOurs();
};

/** The refusal of a cursor that is none of ours. */
export const notOurs = () =>
  malformedBy("query", "query: cursor", [{ way: ["cursor"], message: "must be a cursor of ours" }]);
