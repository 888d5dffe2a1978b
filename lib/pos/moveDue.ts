/** The clock's moves of an order (swip.md 4, 5, 8.5): an overdue one expires, and what is due is captured. */

import type { Ports } from "#ports";
import { dueCapture } from "#pos/capture";
import { endUnsold } from "#pos/ending";
import type { Booking } from "#pos/funds";
import type { Order } from "#pos/order";
import { moveOrder, orderOf } from "#pos/order.item";
import { decide, say, type Verdict } from "#store/decide";
import type { Key } from "#store/item";
import { idOf } from "#store/table";
import type { Write } from "#store/write";

/** Makes the clock's move on the order under a key if it is due; true if this call did it. Twice at once, or never, is right too. */
export const moveDueOrder = (key: Key, ports: Ports): Promise<boolean> =>
  decide(ports, [key], ([found], nowMs): Verdict<boolean> => {
    const order = found && orderOf(idOf(key), found);
    const writes = order ? dueWrites(order, { nowMs, drawId: ports.ids.uuid }) : [];
    return writes.length === 0 ? say(false) : { say: true, writes };
  });

const dueWrites = (before: Order, booking: Booking): readonly Write[] => {
  const { nowMs } = booking;
  if (before.state === "OPEN" && nowMs >= before.expiresAtMs) return endUnsold(before, "expire", {}, booking).writes;
  const due = dueCapture(before, booking);
  return due === undefined ? [] : [moveOrder(before, [due.step], due.change, nowMs).write, ...due.writes];
};
