/** The clock's move (sonect.md 4.5): an overdue order expires and gives its hold back. */
import { releaseHold } from "#ledger/hold";
import { knownTenant } from "#party/tenant";
import type { Ports } from "#ports";
import { decide, say, type Verdict } from "#store/decide";
import type { Key } from "#store/item";
import { ownerOf } from "#store/table";
import { holdOf } from "#withdrawal/order";
import { moveOrder, orderOf } from "#withdrawal/order.item";

/** Expires the order under a key if it is open and overdue; true if this call did it. Twice at once, or never, is right too. */
export const expireOrder = async (key: Key, ports: Ports): Promise<boolean> => {
  const { id, timeZone, retentionDays } = await knownTenant(ports, ownerOf(key));
  return decide(ports, [key], ([found], nowMs): Verdict<boolean> => {
    const order = found && orderOf(id, found);
    if (order?.state !== "held" || nowMs < order.expiresAtMs) return say(false);
    const money = order.skip ? [] : [releaseHold(holdOf(order), { nowMs, timeZone })];
    return { say: true, writes: [moveOrder(order, "expire", nowMs, retentionDays), ...money] };
  });
};
