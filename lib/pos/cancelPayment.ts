/** swip.md 7. */

import type { Ports } from "#ports";
import { voidMoney } from "#pos/funds";
import type { TillCaller } from "#pos/merchant";
import { stateAt } from "#pos/order";
import { moveOrder } from "#pos/order.item";
import { returnPoints } from "#pos/points";
import { decideAtTill } from "#pos/tillOrder";
import { givenBackIn } from "#pos/view";
import type { NamedOrder } from "#pos/wire";
import { deny, say, type Verdict } from "#store/decide";

/** What is said of a payment that was cancelled. */
interface Cancelled {
  readonly replayed: boolean;
}

/** Returns a closed order's payment while it is held and not yet due for capture; the order stays closed. */
export const cancelPayment = ({ id }: NamedOrder, ports: Ports, caller: TillCaller): Promise<Cancelled> =>
  decideAtTill(
    id,
    ports,
    caller,
    () => [],
    (before, _, booking): Verdict<Cancelled> => {
      const { nowMs } = booking;
      if (stateAt(before, nowMs) !== "CLOSED") return deny("ORDER_NOT_CLOSED");
      if (before.paymentCancelledAtMs !== undefined) return say({ replayed: true });
      const { payment, captureAtMs = nowMs } = before;
      if (payment !== "HELD" || nowMs >= captureAtMs) return deny("PAYMENT_UNCANCELLABLE");
      const moves = { order: "cancelPayment", payment: "void" } as const;
      const { order, write } = moveOrder(before, [moves], { held: 0n, paymentCancelledAtMs: nowMs }, nowMs);
      const [earlier, now] = [givenBackIn(before, "CLOSED"), givenBackIn(order, "CLOSED")];
      const points = earlier && now ? returnPoints(before, earlier, now, booking) : [];
      return { say: { replayed: false }, writes: [write, ...voidMoney(before, booking), ...points] };
    },
  );
