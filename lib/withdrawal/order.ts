/** A withdrawal order: what was asked, where its money is, and until when. Pure. */
import type { Currency } from "#kernel/currency";
import type { Money } from "#kernel/money";
import { HOUR_MS } from "#kernel/time";
import type { Hold } from "#ledger/hold";
import type { UnboundedRef } from "#ledger/posting";
import type { orderMachine } from "#withdrawal/order.machine";

/** The longest time that an order may be open (sonect.md 4.4). */
const LONGEST_OPEN_MS = 24 * HOUR_MS;

declare const brand: unique symbol;

/** An order's number: random, 1 to 2^53-1, unique in the tenant. */
export type TransactionId = bigint & { readonly [brand]: "TransactionId" };

/** The bank's number of its customer, 1 to 2^53-1: the account's. */
export type UserId = bigint & { readonly [brand]: "UserId" };

/** A state of an order. */
export type OrderState = keyof (typeof orderMachine)["states"];

/** An order. */
export interface Order {
  readonly tenant: string;
  readonly transactionId: TransactionId;
  readonly userId: UserId;
  readonly state: OrderState;
  readonly amount: Money;
  /** Nothing is booked: the account's mode when the order was started. */
  readonly skip: boolean;
  /** The operator's transaction id; where the start had none, the settlement may bring it. */
  readonly reference?: string;
  readonly store?: string;
  /** Why it was cancelled, in the partner's words. */
  readonly reason?: string;
  /** When what the partner last asked for happened, by its own word. */
  readonly partnerAtMs: number;
  readonly startedAtMs: number;
  /** When it came into each state that it has been in since, by the server's clock. */
  readonly movedAtMs: Readonly<Partial<Record<OrderState, number>>>;
  /** From this instant the order can no longer be settled. */
  readonly expiresAtMs: number;
}

/** The state at an instant: an overdue order is expired, whether or not the sweep has been there. */
export const stateAt = (order: Order, nowMs: number): OrderState =>
  order.state === "held" && nowMs >= order.expiresAtMs ? "expired" : order.state;

/** The money that the order holds or held. */
export const holdOf = (order: Order): Hold => ({
  tenant: order.tenant,
  account: String(order.userId),
  amount: order.amount,
  placedAtMs: order.startedAtMs,
});

/** The unbounded account that a tenant's withdrawals are settled to: what it owes to SONECT. */
export const settlementAccount = (currency: Currency): UnboundedRef => ({ unbounded: `settlement-${currency}` });

/** Whether an expiry is within (now, now + 24 h]. */
export const isExpiryAllowed = (expiresAtMs: number, nowMs: number): boolean =>
  expiresAtMs > nowMs && expiresAtMs <= nowMs + LONGEST_OPEN_MS;

/** Whether a reference given later fits: an order without one accepts any, and no reference fits every order. */
export const fitsReference = (order: Order, reference: string | undefined): boolean =>
  order.reference === undefined || reference === undefined || order.reference === reference;
