/** swip.md 7, 8.4. */
import { malformedBy } from "#kernel/malformed";
import type { Ports } from "#ports";
import { type Capture, dueCapture } from "#pos/capture";
import type { Refunded } from "#pos/encode";
import { type Booking, refundMoney } from "#pos/funds";
import { isOf } from "#pos/marker";
import type { TillCaller } from "#pos/merchant";
import { MONEY_MESSAGE, minorIn } from "#pos/money";
import { type Order, stateAt } from "#pos/order";
import { moveOrder } from "#pos/order.item";
import { returnPoints } from "#pos/points";
import { digestOfRefund, keyOfRefundId, putRefund, refundedIn } from "#pos/refund.item";
import { decideAtTill } from "#pos/tillOrder";
import { givenBackIn } from "#pos/view";
import type { RefundOrder } from "#pos/wire";
import { deny, say, type Verdict } from "#store/decide";

/** Gives back what a closed order has taken, all that is left of it or a part, and as much of its loyalty. */
export const refundOrder = async (wish: RefundOrder, ports: Ports, caller: TillCaller): Promise<Refunded> => {
  const { currency } = caller.merchant;
  const wanted = wish.amount && minorIn(currency, wish.amount);
  if (wish.amount !== undefined && (wanted === undefined || wanted === 0n))
    throw malformedBy("fields", "order: amount", [{ way: ["amount"], message: `${MONEY_MESSAGE}, more than 0` }]);
  const { reason, refundId = ports.ids.uuid4() } = wish;
  const content = digestOfRefund(wanted, reason);
  return decideAtTill(
    wish.id,
    ports,
    caller,
    (id) => [keyOfRefundId(id, refundId)],
    (order, [marker], booking): Verdict<Refunded> => {
      const earlier = marker && isOf(order, marker) ? refundedIn(marker) : undefined;
      if (earlier?.content === content) return say({ refundId, currency, ...earlier, replayed: true });
      if (earlier !== undefined) return deny("KEY_REUSED");
      if (stateAt(order, booking.nowMs) !== "CLOSED") return deny("ORDER_NOT_CLOSED");
      // What is due is as good as captured: nobody has to wait for the clock.
      const due = dueCapture(order, booking);
      const { captured, refunded } = { ...order, ...due?.change };
      const amount = wanted ?? captured - refunded;
      if (amount === 0n || amount > captured - refunded) return deny("REFUND_EXCEEDS");
      return refund(order, due, { refundId, amount, reason, content }, booking);
    },
  );
};

interface Wanted {
  readonly refundId: string;
  readonly amount: bigint;
  readonly reason: string | undefined;
  readonly content: string;
}

const refund = (
  before: Order,
  due: Capture | undefined,
  { refundId, amount, reason, content }: Wanted,
  booking: Booking,
): Verdict<Refunded> => {
  const change = { ...due?.change, refunded: before.refunded + amount, refundCount: before.refundCount + 1n };
  const remaining = (change.captured ?? before.captured) - change.refunded;
  const step = { order: "refund", payment: remaining === 0n ? "refundRest" : "refund" } as const;
  const steps = due === undefined ? [step] : [due.step, step];
  const { order, write } = moveOrder(before, steps, change, booking.nowMs);
  const [earlier, now] = [givenBackIn(before, before.state), givenBackIn(order, order.state)];
  const loyaltyReturned = (now?.loyaltyReturned ?? 0n) - (earlier?.loyaltyReturned ?? 0n);
  const made = {
    refundId,
    amount,
    loyaltyReturned,
    ...(reason !== undefined && { reason }),
    createdAtMs: booking.nowMs,
  };
  return {
    say: { refundId, currency: order.currency, amount, refunded: order.refunded, remaining, replayed: false },
    writes: [
      write,
      ...(due?.writes ?? []),
      ...putRefund(order, made, content),
      ...refundMoney(before, amount, booking),
      ...(earlier && now ? returnPoints(before, earlier, now, booking) : []),
    ],
  };
};
