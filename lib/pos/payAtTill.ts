/** swip.md 8.1. */

import type { Ports } from "#ports";
import { decideInApp, type Engaged, engage, type Found, moveInApp } from "#pos/appOrder";
import { fixingWrites, isAsSeen, reckonAnew } from "#pos/fixing";
import type { AppCaller } from "#pos/merchant";
import type { Order } from "#pos/order";
import { asideOf } from "#pos/points";
import { noteOnTill } from "#pos/till.item";
import type { Seen } from "#pos/view";
import type { PayAtTill } from "#pos/wire";
import { deny, say, type Verdict } from "#store/decide";

/** Says that the customer pays at the till, which fixes what that saves and earns; may be said again, and changed. */
export const payAtTill = ({ id, method }: PayAtTill, ports: Ports, caller: AppCaller): Promise<Seen> =>
  decideInApp(id, ports, caller, [], async (found) => {
    const { order, state } = found.view;
    if (state !== "OPEN") return deny("ORDER_NOT_OPEN");
    if (order.payment !== "NONE") return deny("ORDER_ENGAGED");
    if (order.method === method) return say({ ...found.view, refunds: [], replayed: false });
    const engaged = await engage(found, ports);
    if (order.fixedAtMs !== undefined) return moveInApp(found, engaged, { order: "payAtTill" }, { method });
    return isAsSeen(engaged) ? fix(found, engaged, method) : reckonAnew(found, engaged);
  });

const fix = (found: Found, engaged: Engaged, method: NonNullable<Order["method"]>): Verdict<Seen> => {
  const { view, booking } = found;
  const change = { method, fixedAtMs: booking.nowMs };
  const { withdrawPoints } = engaged.order.loyalty;
  const left = { ...found, view: { ...view, pointsBalance: view.pointsBalance - withdrawPoints } };
  const aside = asideOf({ ...engaged.order, ...change });
  return moveInApp(left, engaged, { order: "payAtTill" }, change, [
    ...fixingWrites(found, engaged),
    ...(aside ? noteOnTill(engaged.order, { aside }) : []),
  ]);
};
