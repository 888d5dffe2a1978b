/** swip.md 8.1, 8.3. */
import { malformedBy } from "#kernel/malformed";
import type { Ports } from "#ports";
import { decideInApp, engage, moveInApp } from "#pos/appOrder";
import { isAsSeen } from "#pos/fixing";
import { reckonLoyalty } from "#pos/loyalty";
import type { AppCaller } from "#pos/merchant";
import type { Seen } from "#pos/view";
import type { RedeemPoints } from "#pos/wire";
import { deny, say } from "#store/decide";

/** Wishes to pay with points, in the place of those wished for before: they lower what is payable, and move with the payment. */
export const redeemPoints = ({ id, points }: RedeemPoints, ports: Ports, caller: AppCaller): Promise<Seen> =>
  decideInApp(id, ports, caller, [], async (found) => {
    const { order, content, state, pointsBalance } = found.view;
    if (state !== "OPEN") return deny("ORDER_NOT_OPEN");
    if (order.fixedAtMs !== undefined) return deny("ORDER_ENGAGED");
    const engaged = await engage(found, ports);
    const loyalty = reckonLoyalty({ lines: content.lines, total: order.total }, engaged.terms, points);
    const issue = { way: ["points"], message: "must be at most pointsMax" };
    if (points > loyalty.pointsMax) throw malformedBy("fields", "order: points", [issue]);
    // Who wishes for none may owe some.
    if (points > 0n && points > pointsBalance) return deny("FUNDS_SHORT");
    const isWished = engaged.order === order && isAsSeen(engaged) && points === order.loyalty.withdrawPoints;
    if (isWished) return say({ ...found.view, refunds: [], replayed: false });
    return moveInApp(found, engaged, { order: "redeem" }, { loyalty });
  });
