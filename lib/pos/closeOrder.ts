/** swip.md 6. */
import { malformedBy } from "#kernel/malformed";
import { type Refusal, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { closeWith, closingAmount, digestOfAmount } from "#pos/closing";
import { endUnsold } from "#pos/ending";
import type { Booking } from "#pos/funds";
import type { TillCaller } from "#pos/merchant";
import { type Closing, type Order, stateAt } from "#pos/order";
import { decideAtTill } from "#pos/tillOrder";
import { type Seen, viewOf } from "#pos/view";
import type { CloseOrder } from "#pos/wire";
import { deny, say, type Verdict } from "#store/decide";
import type { Item } from "#store/item";
import { contentKey } from "#store/keys/pos";

/** Ends an open order with what was sold. The attempt counts whatever comes of it: one that fails cancels the order, and money and loyalty go back. */
export const closeOrder = ({ id, amount }: CloseOrder, ports: Ports, caller: TillCaller): Promise<Seen> => {
  const said = digestOfAmount(amount);
  const partsOf = (named: string) => [contentKey(named)];
  return decideAtTill(id, ports, caller, partsOf, (order, [content], booking): Verdict<Seen> => {
    if (order.closing !== undefined) return repeat(order, content, booking, said);
    if (stateAt(order, booking.nowMs) !== "OPEN") return deny("ORDER_NOT_OPEN");
    const minor = closingAmount(order, amount);
    if (typeof minor !== "bigint") {
      const closing = { said, refusal: minor };
      const { writes } = endUnsold(order, "failClose", { cancelReason: "CLOSE_FAILED", closing }, booking);
      return { say: refusalOf(minor), writes };
    }
    const terms = { closing: { said }, delaySeconds: caller.merchant.captureDelaySeconds };
    const closed = closeWith(order, minor, terms, booking);
    return {
      say: { ...viewOf(closed.order, content, booking.nowMs), refunds: [], replayed: false },
      writes: closed.writes,
    };
  });
};

const refusalOf = (code: NonNullable<Closing["refusal"]>): Refusal => {
  if (code === "ABOVE_PAID") return refuse(code);
  const message = "must be an amount, 0 or more, at most totalOriginal";
  return malformedBy("fields", "order: amount", [{ way: ["amount"], message }]).refusal;
};

/** Whether a counted close still is what happened last. */
const isLast = ({ refundCount, paymentCancelledAtMs }: Order): boolean =>
  refundCount === 0n && paymentCancelledAtMs === undefined;

/** The outcome of a counted close, for the same amount again. */
const repeat = (order: Order, content: Item | undefined, { nowMs }: Booking, said: string): Verdict<Seen> => {
  const { closing } = order;
  if (closing?.said !== said || !isLast(order)) return deny("CLOSED_ALREADY");
  if (closing.refusal === undefined) return say({ ...viewOf(order, content, nowMs), refunds: [], replayed: true });
  const { code, facts } = refusalOf(closing.refusal);
  return deny(code, { ...facts, replayed: 1 });
};
