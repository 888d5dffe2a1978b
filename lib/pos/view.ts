/** An order as somebody sees it: with its lines, its refunds, and in an app its customer's points. */

import { Fault } from "#kernel/refusal";
import { type GivenBack, givenBack } from "#loyalty/giveBack";
import { contentOf } from "#pos/content.item";
import { type Content, type Order, type OrderState, stateAt } from "#pos/order";
import type { Item } from "#store/item";

/** One refund of an order. */
export interface Refund {
  readonly refundId: string;
  readonly amount: bigint;
  /** What of the loyalty went back with it, in minor units. */
  readonly loyaltyReturned: bigint;
  readonly reason?: string;
  readonly createdAtMs: number;
}

/** An order, what it is of, and the state that it is in now. */
export interface View {
  readonly order: Order;
  readonly content: Content;
  readonly state: OrderState;
  /** The newest, newest first; not in lists. */
  readonly refunds?: readonly Refund[];
  /** In an app: the customer's points at the merchant. */
  readonly pointsBalance?: bigint;
}

/** What was done before is seen again. */
export interface Seen extends View {
  readonly replayed: boolean;
}

/** A page of orders; `next` is absent at the end. */
export interface Listed {
  readonly views: readonly View[];
  readonly next?: string;
}

/** An order as it is now, with what it is of out of its item. */
export const viewOf = (order: Order, content: Item | undefined, nowMs: number): View => {
  if (content === undefined) throw new Fault("an order has no content");
  return { order, content: contentOf(content), state: stateAt(order, nowMs) };
};

/** What of an order's loyalty has gone back in a state (swip.md 8.4); undefined while it is open. */
export const givenBackIn = (order: Order, state: OrderState): GivenBack | undefined => {
  if (state === "OPEN") return undefined;
  const { loyalty, payment, amount = 0n, refunded } = order;
  const fixed = { ...loyalty, pointValueMinor: loyalty.points?.pointValueMinor ?? 0n };
  const isUndone = state !== "CLOSED" || payment === "VOIDED";
  return givenBack(fixed, isUndone ? "all" : { amount, refunded });
};
