/** swip.md 4. */
import { Refused, refuse } from "#kernel/refusal";
import { isoInstant } from "#kernel/time";
import type { Ports } from "#ports";
import { codeOwnerOf, digestOfCode } from "#pos/code.item";
import type { AppCaller, Till } from "#pos/merchant";
import { LIFE_MS } from "#pos/opening";
import { type Order, stateAt } from "#pos/order";
import { batchOf, cursorOf, notOurs, type Placed, partsOfCursor, readOrders, showOrders, takePage } from "#pos/page";
import { digestOfTill, findTill } from "#pos/place.item";
import type { FindOrders } from "#pos/query.wire";
import { activeIn, keyOfTill } from "#pos/till.item";
import type { Listed } from "#pos/view";
import type { Item } from "#store/item";
import { codeKey, codeOrders, history } from "#store/keys/pos";

const unknown = () => new Refused(refuse("ORDER_UNKNOWN"));

/** Finds the open order of a session code or a till; without either, lists the customer's own orders, newest first. */
export const findOrders = async (wish: FindOrders, ports: Ports, { customer }: AppCaller): Promise<Listed> => {
  if (wish.sessionCode === undefined && wish.till === undefined) return listOwn(wish, ports, customer);
  const { pepper } = await ports.secrets();
  const code = wish.sessionCode === undefined ? undefined : digestOfCode(pepper, wish.sessionCode);
  const order = await (wish.till ? findAtTill(wish.till, code, ports) : findByCode(code ?? "", ports));
  if (order === undefined) throw unknown();
  if (order.customer !== undefined && order.customer !== customer) throw new Refused(refuse("ORDER_BOUND"));
  return { views: await showOrders([order], ports, customer) };
};

/** The order of an id, if it is open. */
const openOrder = async (id: string, ports: Ports): Promise<Order | undefined> => {
  const order = (await readOrders([id], ports)).get(id);
  return order && stateAt(order, ports.clock()) === "OPEN" ? order : undefined;
};

/** A retail till's active order; under a code also one of a restaurant's till. */
const findAtTill = async (till: Till, code: string | undefined, ports: Ports): Promise<Order | undefined> => {
  const { mode } = await findTill(ports, till);
  if (mode === "restaurant") return code === undefined ? undefined : newestUnder(code, digestOfTill(till), ports);
  const [item] = await ports.store.read([keyOfTill(till)]);
  const active = activeIn(item, ports.clock());
  const order = active && (await openOrder(active.order, ports));
  return code === undefined || order?.code === code ? order : undefined;
};

/** The newest open order of the till that owns a code. */
const findByCode = async (code: string, ports: Ports): Promise<Order | undefined> => {
  const [item] = await ports.store.read([codeKey(code)]);
  if (item === undefined) return undefined;
  const { till, order } = codeOwnerOf(item);
  return (await openOrder(order, ports)) ?? newestUnder(code, till, ports);
};

/** Orders under a code that are looked at together: all that a table has in one evening, and more. */
const MOST_UNDER_CODE = 100;

/** The newest open order of a restaurant's till under a code. */
const newestUnder = async (code: string, till: string, ports: Ports): Promise<Order | undefined> => {
  const nowMs = ports.clock();
  const within = { of: "table", in: codeOrders(code, till), from: isoInstant(nowMs - LIFE_MS.restaurant) } as const;
  const page = await ports.store.list({ ...within, newestFirst: true, limit: MOST_UNDER_CODE });
  const ids = page.items.map(({ sk }) => placedAt(sk).id);
  const orders = await readOrders(ids, ports);
  return ids.flatMap((id) => orders.get(id) ?? []).find((order) => stateAt(order, nowMs) === "OPEN");
};

const placedAt = (sk: Item[string] | undefined): Placed => {
  const position = String(sk);
  return { position, id: position.slice(position.indexOf("#") + 1) };
};

/** The customer's orders, newest first. */
const ownOrders = async function* (
  customer: string,
  from: string | undefined,
  limit: number,
  { store }: Ports,
): AsyncGenerator<readonly Placed[]> {
  let cursor: string | undefined;
  do {
    const within = { of: "table", in: history(customer), ...(from !== undefined && { to: from }) } as const;
    const page = await store.list({ ...within, newestFirst: true, limit, ...(cursor !== undefined && { cursor }) });
    yield page.items.map(({ sk }) => placedAt(sk)).filter(({ position }) => position !== from);
    cursor = page.next;
  } while (cursor !== undefined);
};

const listOwn = async ({ limit, cursor }: FindOrders, ports: Ports, customer: string): Promise<Listed> => {
  const from = cursor === undefined ? undefined : partsOfCursor(cursor, 1)[0];
  // A sort key is no longer than this; DynamoDB refuses one of none, or of more than 1,024 bytes.
  if (from !== undefined && !/^[ -~]{1,100}$/.test(from)) throw notOurs();
  const batches = ownOrders(customer, from, batchOf(limit), ports);
  const { orders, next } = await takePage(batches, limit, (order) => order.customer === customer, ports);
  const views = await showOrders(orders, ports, customer);
  return { views, ...(next !== undefined && { next: cursorOf([next]) }) };
};
