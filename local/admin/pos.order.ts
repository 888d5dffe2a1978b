/** How an operator looks at an order of a till. */
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { type Order, type OrderState, stateAt } from "#pos/order";
import { orderOf } from "#pos/order.item";
import { orderKey } from "#store/keys/pos";

/** What may be seen of an order: not the digests by which its till and its code are known. */
export type ShownOrder = Omit<Order, "content" | "code" | "closing" | "keptUntil">;

/** An order by its id, in the state that it is in now; refuses ORDER_UNKNOWN. */
export const showOrder = async (ports: Ports, { id }: { readonly id: string }): Promise<ShownOrder> => {
  const [found] = await ports.store.read([orderKey(id)]);
  if (found === undefined) throw new Refused(refuse("ORDER_UNKNOWN"));
  const order = orderOf(id, found);
  const state: OrderState = stateAt(order, ports.clock());
  const { content, code, closing, keptUntil, ...shown } = order;
  return { ...shown, state };
};
