/** swip.md 8.1. */
import { lengthPrefixed, plainDecimal } from "#kernel/canonical";
import { digest } from "#kernel/crypto";
import { malformedBy } from "#kernel/malformed";
import type { Ports } from "#ports";
import { decideInApp, type Engaged, engage, type Found, moveInApp } from "#pos/appOrder";
import { fixingWrites, isAsSeen, reckonAnew } from "#pos/fixing";
import { debitMoney, holdMoney } from "#pos/funds";
import { isOf, putMarker } from "#pos/marker";
import type { AppCaller } from "#pos/merchant";
import { minorIn } from "#pos/money";
import { withRefunds } from "#pos/refund.item";
import { noteOnTill } from "#pos/till.item";
import type { Seen } from "#pos/view";
import type { PayOrder } from "#pos/wire";
import { deny, say, type Verdict } from "#store/decide";
import { textIn } from "#store/field";
import { paymentMarkerKey } from "#store/keys/pos";
import type { Write } from "#store/write";

/** Pays an order from the customer's wallet: held until the till closes it, or taken at once. */
export const payOrder = async (wish: PayOrder, ports: Ports, caller: AppCaller): Promise<Seen> => {
  const marker = paymentMarkerKey(caller.customer, digest(wish.paymentId));
  const asked = digest(lengthPrefixed([wish.id, wish.payable && plainDecimal(wish.payable)]));
  const seen = await decideInApp(wish.id, ports, caller, [marker], async (found) => {
    const { also, view } = found;
    if (also && textIn(also, "asked") !== asked) return deny("KEY_REUSED");
    if (also && isOf(view.order, also)) return say({ ...view, replayed: true });
    if (view.state !== "OPEN") return deny("ORDER_NOT_OPEN");
    if (view.order.fixedAtMs !== undefined) return deny("ORDER_ENGAGED");
    const engaged = await engage(found, ports);
    if (!isAsSeen(engaged)) return reckonAnew(found, engaged);
    const { currency, loyalty } = engaged.order;
    const issue = { way: ["payable"], message: "must be what is payable" };
    if (wish.payable && minorIn(currency, wish.payable) !== loyalty.payable)
      throw malformedBy("fields", "order: payable", [issue]);
    return pay(found, engaged, putMarker(marker, engaged.order, { asked }));
  });
  return withRefunds(seen, ports);
};

const pay = (found: Found, engaged: Engaged, noted: Write): Verdict<Seen> => {
  const { view, merchant, booking } = found;
  const { order } = engaged;
  const { payable, withdrawPoints } = order.loyalty;
  const isHeld = merchant.payment === "hold";
  const money = isHeld ? holdMoney(order, payable) : debitMoney(order, payable, booking);
  const change = {
    method: "WALLET",
    fixedAtMs: booking.nowMs,
    ...(isHeld ? { held: payable } : { captured: payable }),
  } as const;
  const left = { ...found, view: { ...view, pointsBalance: view.pointsBalance - withdrawPoints } };
  return moveInApp(left, engaged, { order: "pay", payment: isHeld ? "hold" : "debit" }, change, [
    ...money,
    ...fixingWrites(found, engaged),
    ...noteOnTill(order, { isPaid: true }),
    noted,
  ]);
};
