/** sonect.md 4.5. */
import { releaseHold, reversePosting } from "#ledger/hold";
import type { Ports } from "#ports";
import { deny, say } from "#store/decide";
import { ended, endOrder } from "#withdrawal/endOrder";
import { holdOf, settlementAccount } from "#withdrawal/order";
import { moveOrder } from "#withdrawal/order.item";
import type { Ended, EndOrder } from "#withdrawal/wire";

/** Cancels a withdrawal: an open one gives its hold back, a settled one is reversed by a posting the other way. */
export const cancelOrder = (wish: EndOrder, ports: Ports, { tenant }: { readonly tenant: string }): Promise<Ended> =>
  endOrder(wish, ports, tenant, (order, state, { timeZone, retentionDays }, nowMs) => {
    const moment = { nowMs, timeZone };
    const hold = holdOf(order);
    // The reference of a cancellation only has to fit; it is a settlement's to be stored (sonect.md 4.5).
    const told = { partnerAtMs: wish.partnerAtMs, reason: wish.reason };
    switch (state) {
      case "cancelled":
      case "reversed":
        return say(ended(order, true));
      case "held": {
        const money = order.skip ? [] : [releaseHold(hold, moment)];
        return { say: ended(order, false), writes: [moveOrder(order, "cancel", nowMs, retentionDays, told), ...money] };
      }
      case "settled": {
        const posting = {
          id: ports.ids.uuid(),
          from: settlementAccount(order.amount.currency),
          reason: "reversal",
          subject: String(order.transactionId),
        } as const;
        const money = order.skip ? [] : reversePosting(hold, moment, posting);
        return {
          say: ended(order, false),
          writes: [moveOrder(order, "reverse", nowMs, retentionDays, told), ...money],
        };
      }
      case "expired":
        return deny("WITHDRAWAL_FINAL");
    }
  });
