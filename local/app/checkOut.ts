/** How a customer pays with the app (swip.md 8.1): scans the till's code, sees what it comes to, and pays just that. */
import { Declined, type Order, orderIn, ordersIn } from "../till/order.ts";
import type { App, Place, TillMethod } from "./app.ts";

/** How the customer wants to pay. */
export interface CheckOut {
  /** Points to use, at most as many as the order admits. */
  readonly points?: number;
  /** In the app from the wallet unless it is told. */
  readonly method?: TillMethod;
}

/** The newest open order at a place, seen by the customer: from now on it is the customer's. Throws `Declined`. */
export const findOrder = async (app: App, place: Place): Promise<Order> => {
  const found = await app.find(place);
  const [newest] = ordersIn(found).orders;
  if (newest === undefined) throw new Declined(found);
  return orderIn(await app.view(newest.id));
};

const pointsFor = ({ pointsMax = "0", pointsBalance = "0" }: Order, wanted: number): number =>
  Math.max(0, Math.min(wanted, Number(pointsMax), Number(pointsBalance)));

const withPoints = async (app: App, order: Order, wanted: number): Promise<Order> => {
  const points = pointsFor(order, wanted);
  return points === 0 ? order : orderIn(await app.redeem(order.id, points));
};

/** Pays an order that the customer has seen, or says how it is paid at the till; throws `Declined`. */
export const checkOut = async (app: App, seen: Order, { points = 0, method }: CheckOut = {}): Promise<Order> => {
  const order = await withPoints(app, seen, points);
  const answer = method === undefined ? app.pay(order.id, { payable: order.payable }) : app.payAtTill(order.id, method);
  return orderIn(await answer);
};
