/** sonect.md 4.5. */
import { postHold } from "#ledger/hold";
import type { Ports } from "#ports";
import { deny, say } from "#store/decide";
import { ended, endOrder } from "#withdrawal/endOrder";
import { holdOf, settlementAccount } from "#withdrawal/order";
import { moveOrder } from "#withdrawal/order.item";
import type { Ended, EndOrder } from "#withdrawal/wire";

/** Settles a withdrawal: what was held is posted to the tenant's settlement account. */
export const settleOrder = (wish: EndOrder, ports: Ports, { tenant }: { readonly tenant: string }): Promise<Ended> =>
  endOrder(wish, ports, tenant, (order, state, { timeZone, retentionDays }, nowMs) => {
    if (state === "settled") return say(ended(order, true));
    if (state !== "held") return deny("WITHDRAWAL_FINAL");
    const moment = { nowMs, timeZone };
    const posting = {
      id: ports.ids.uuid(),
      to: settlementAccount(order.amount.currency),
      reason: "settlement",
      subject: String(order.transactionId),
    } as const;
    const money = order.skip ? [] : postHold(holdOf(order), moment, posting);
    return {
      say: ended(order, false),
      writes: [moveOrder(order, "settle", nowMs, retentionDays, wish), ...money],
    };
  });
