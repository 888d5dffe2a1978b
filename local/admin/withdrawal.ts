/** How an operator looks at a withdrawal order. */
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { withdrawalKey } from "#store/keys/withdrawal";
import { type Order, type OrderState, stateAt } from "#withdrawal/order";
import { orderOf } from "#withdrawal/order.item";

/** An order and the state that it is in now, whether or not the sweep has been there. */
export interface ShownWithdrawal {
  readonly order: Order;
  readonly state: OrderState;
}

/** A withdrawal order by its TransactionId; refuses WITHDRAWAL_UNKNOWN. */
export const showWithdrawal = async (
  ports: Ports,
  { tenant, transactionId }: { readonly tenant: string; readonly transactionId: bigint },
): Promise<ShownWithdrawal> => {
  const [found] = await ports.store.read([withdrawalKey(tenant, transactionId)]);
  if (found === undefined) throw new Refused(refuse("WITHDRAWAL_UNKNOWN"));
  const order = orderOf(tenant, found);
  return { order, state: stateAt(order, ports.clock()) };
};
