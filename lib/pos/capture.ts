/** The capture of what a closed order still holds, when its time has come (swip.md 5). */
import { type Booking, captureMoney } from "#pos/funds";
import type { Order } from "#pos/order";
import type { Moves } from "#pos/order.item";
import type { Write } from "#store/write";

const CAPTURE: Moves = { order: "capture", payment: "captureLate" };

/** A capture: its step, how it changes the order, and its money. */
export interface Capture {
  readonly step: Moves;
  readonly change: Pick<Order, "held" | "captured">;
  readonly writes: readonly Write[];
}

/** The capture of an order that is due for it; undefined for any other. */
export const dueCapture = (order: Order, booking: Booking): Capture | undefined => {
  const { payment, captureAtMs, held } = order;
  if (payment !== "HELD" || captureAtMs === undefined || booking.nowMs < captureAtMs) return undefined;
  return { step: CAPTURE, change: { held: 0n, captured: held }, writes: captureMoney(order, held, booking) };
};
