/** How an open order ends without a sale: its money, points and counts go back, its till and its code are free (swip.md 5). */

import { leaveCode } from "#pos/code.item";
import { type Booking, voidMoney } from "#pos/funds";
import type { Order } from "#pos/order";
import { type Moved, moveOrder, type OrderMove } from "#pos/order.item";
import { asideOf, giveAsideBack } from "#pos/points";
import { freeTill } from "#pos/till.item";
import type { Write } from "#store/write";

/** An order that has ended, and the writes that end it. */
export interface Ended {
  readonly order: Order;
  readonly writes: readonly Write[];
}

/** What an order has set aside, given back. */
const giveBack = (order: Order, booking: Booking): readonly Write[] => {
  const aside = asideOf(order);
  return [...voidMoney(order, booking), ...(aside ? giveAsideBack(aside, order.tenant) : [])];
};

/** Ends an open order by a move that sells nothing. */
export const endUnsold = (
  before: Order,
  move: Extract<OrderMove, "cancel" | "failClose" | "expire">,
  change: Partial<Order>,
  booking: Booking,
): Ended => {
  const hasPaid = before.payment === "HELD" || before.payment === "CAPTURED";
  const payment = move === "expire" ? "expire" : "void";
  const moves = hasPaid ? ({ order: move, payment } as const) : { order: move };
  const { order, write }: Moved = moveOrder(before, [moves], { ...change, held: 0n, captured: 0n }, booking.nowMs);
  // The till and the code of an overdue order keep nobody waiting: both know its expiry.
  const free = move === "expire" ? [] : [...freeTill(before), ...leaveCode(before)];
  return { order, writes: [write, ...giveBack(before, booking), ...free] };
};
