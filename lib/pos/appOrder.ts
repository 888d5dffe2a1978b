/** What all that an app asks of an order has in common: find it and whose it is, make it the customer's, and do or refuse what it allows. */
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { bindingWrites, boundTo, termsOf } from "#pos/binding";
import { pointsAccountOf } from "#pos/customer.item";
import type { Booking } from "#pos/funds";
import type { Terms } from "#pos/loyalty";
import type { AppCaller, Merchant } from "#pos/merchant";
import { findMerchantOfPrefix } from "#pos/merchant.item";
import { prefixOf } from "#pos/opening";
import type { Order } from "#pos/order";
import { type Moves, moveOrder, orderOf } from "#pos/order.item";
import { type Seen, type View, viewOf } from "#pos/view";
import { mayNameOrder } from "#pos/wire";
import { decide, deny, type Verdict } from "#store/decide";
import { amountIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { accountKey } from "#store/keys/ledger";
import { contentKey, countsKey, orderKey } from "#store/keys/pos";
import { DESK } from "#store/table";
import type { Write } from "#store/write";

/** An order in its customer's app, or in that of somebody who would like it. */
export interface Found {
  readonly customer: string;
  readonly merchant: Merchant;
  readonly view: View & { readonly pointsBalance: bigint };
  readonly points: Item | undefined;
  readonly counts: Item | undefined;
  /** What else was asked for. */
  readonly also: Item | undefined;
  readonly booking: Booking;
}

/** Decides on an order that an app names; refuses ORDER_UNKNOWN, ORDER_BOUND, and what the judge refuses. */
export const decideInApp = async (
  id: string,
  ports: Ports,
  { customer }: AppCaller,
  also: readonly Key[],
  judge: (found: Found) => Verdict<Seen> | Promise<Verdict<Seen>>,
): Promise<Seen> => {
  const merchant = mayNameOrder(id) ? await findMerchantOfPrefix(ports, prefixOf(id)) : undefined;
  if (merchant === undefined) throw new Refused(refuse("ORDER_UNKNOWN"));
  const { tenant } = merchant;
  const pointsKey = accountKey(DESK, pointsAccountOf(customer, tenant));
  const keys = [orderKey(id), contentKey(id), pointsKey, countsKey(customer, tenant), ...also];
  return decide(ports, keys, ([found, content, points, counts, more], nowMs) => {
    const order = found && orderOf(id, found);
    if (order?.tenant !== tenant) return deny("ORDER_UNKNOWN");
    if (order.customer !== undefined && order.customer !== customer) return deny("ORDER_BOUND");
    const view = { ...viewOf(order, content, nowMs), pointsBalance: amountIn(points ?? {}, "available") };
    const booking = { nowMs, drawId: ports.ids.uuid };
    return judge({ customer, merchant, view, points, counts, also: more, booking });
  });
};

/** An order that is the customer's from now on, or was before. */
export interface Engaged {
  readonly order: Order;
  readonly terms: Terms;
  /** The writes that make it so, besides the order's own. */
  readonly writes: readonly Write[];
}

/** Makes an open order the customer's, unless it is. */
export const engage = async (
  { customer, merchant, view, points, counts, booking }: Found,
  ports: Pick<Ports, "recall">,
): Promise<Engaged> => {
  const terms = await termsOf(view.order, merchant, counts, booking.nowMs, ports);
  const isOwn = view.order.customer !== undefined;
  const writes = isOwn ? [] : bindingWrites(view.order, customer, terms, points);
  return { order: boundTo(customer, view.order, view.content, terms), terms, writes };
};

/** Moves an order that an app has asked about, and shows it. */
export const moveInApp = (
  { view, booking }: Found,
  { order, writes }: Engaged,
  moves: Moves,
  change: Partial<Order> = {},
  also: readonly Write[] = [],
): Verdict<Seen> => {
  const { customer, loyalty } = order;
  const moved = moveOrder(view.order, [moves], { ...(customer && { customer }), loyalty, ...change }, booking.nowMs);
  return {
    say: { ...view, order: moved.order, state: moved.order.state, refunds: [], replayed: false },
    writes: [moved.write, ...writes, ...also],
  };
};
