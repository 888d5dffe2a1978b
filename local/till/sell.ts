/** How a sale goes at a till (swip.md 1, 6): it shows a code, waits until somebody pays, and closes the order with what was paid. */
import { SECOND_MS } from "#kernel/time";
import type { World } from "../gateway/settings.ts";
import type { Basket } from "./basket.ts";
import { type Order, orderIn } from "./order.ts";
import type { Till, Wish } from "./till.ts";

/** How long a till waits for a payment (the vendor's). */
export const PATIENCE_MS = 45 * SECOND_MS;

/** How often it looks. */
const LOOK_EVERY_MS = SECOND_MS;

/** What a sale needs besides a till. */
export interface Counter {
  readonly world: World;
  readonly patienceMs?: number;
  /** Shows the customer the code to scan. */
  readonly show?: (order: Order) => Promise<void> | void;
}

/** Whether the customer has decided: paid in the app, or said how it is paid at the till. */
const isDecided = ({ status, paid, payment }: Order): boolean =>
  status !== "OPEN" || paid !== "0" || payment.method !== null;

/** Polls until the customer has decided, or the till's patience is over; resolves to what it saw last. */
export const awaitPayment = async (till: Till, id: string, counter: Counter): Promise<Order> => {
  const { world, patienceMs = PATIENCE_MS } = counter;
  const untilMs = world.now() + patienceMs;
  for (;;) {
    const order = orderIn(await till.look(id));
    if (isDecided(order) || world.now() >= untilMs) return order;
    await world.pause(Math.min(LOOK_EVERY_MS, untilMs - world.now()));
  }
};

/** With what an order is closed: what the app has paid, what is taken at the till, or nothing. */
const amountFor = ({ paid, payable, payment }: Order): string => {
  if (paid !== "0") return paid;
  return payment.method === null ? "0" : payable;
};

/** Closes an order as it was decided; nobody having paid, with 0. Throws `Declined` where the desk says no. */
export const finish = async (till: Till, order: Order): Promise<Order> =>
  order.status === "OPEN" ? orderIn(await till.close(order.id, amountFor(order))) : order;

/** Opens an order and shows its code; throws `Declined`. */
export const ringUp = async (till: Till, basket: Basket, { show }: Counter, wish?: Wish): Promise<Order> => {
  const order = orderIn(await till.create(basket, wish));
  await show?.(order);
  return order;
};

/** A sale from the basket to the receipt, the customer waiting; throws `Declined`. */
export const sell = async (till: Till, basket: Basket, counter: Counter, wish?: Wish): Promise<Order> => {
  const { id } = await ringUp(till, basket, counter, wish);
  return finish(till, await awaitPayment(till, id, counter));
};

/**
 * The same at a machine that sells by itself: it hands out the goods once they are paid, and where it cannot, closes with 0,
 * so that the money goes back (the vendor's kiosks). `handOut` tells whether it could.
 */
export const vend = async (
  till: Till,
  basket: Basket,
  counter: Counter & { readonly handOut: (order: Order) => Promise<boolean> | boolean },
): Promise<Order> => {
  const { id } = await ringUp(till, basket, counter);
  const order = await awaitPayment(till, id, counter);
  const isSold = order.paid !== "0" && (await counter.handOut(order));
  return isSold ? finish(till, order) : orderIn(await till.close(id, "0"));
};
