/** What settleOrder and cancelOrder share: find the order that the wish names, and do or refuse what its state allows. */
import { knownTenant, type Tenant } from "#party/tenant";
import type { Ports } from "#ports";
import { decide, deny, type Verdict } from "#store/decide";
import { withdrawalKey } from "#store/keys/withdrawal";
import { fitsReference, type Order, type OrderState, stateAt } from "#withdrawal/order";
import { orderOf } from "#withdrawal/order.item";
import type { Ended, EndOrder } from "#withdrawal/wire";

/** What to say and to write for an order in a state. */
export type Ending = (order: Order, state: OrderState, tenant: Tenant, nowMs: number) => Verdict<Ended>;

/** The answer for an order that ends, or has ended, as it was asked. */
export const ended = ({ skip }: Order, replayed: boolean): Ended => ({ skip, replayed });

/** Ends the order that a wish names; refuses WITHDRAWAL_UNKNOWN, REFERENCE_MISMATCH and what the ending refuses. */
export const endOrder = async (wish: EndOrder, ports: Ports, tenantId: string, ending: Ending): Promise<Ended> => {
  const tenant = await knownTenant(ports, tenantId);
  return decide(ports, [withdrawalKey(tenantId, wish.transactionId)], ([found], nowMs): Verdict<Ended> => {
    const order = found && orderOf(tenantId, found);
    if (order === undefined || order.userId !== wish.userId) return deny("WITHDRAWAL_UNKNOWN");
    if (!fitsReference(order, wish.reference)) return deny("REFERENCE_MISMATCH");
    return ending(order, stateAt(order, nowMs), tenant, nowMs);
  });
};
