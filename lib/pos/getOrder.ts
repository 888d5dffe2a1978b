/** swip.md 2, 3. */
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import type { TillCaller } from "#pos/merchant";
import { orderOf } from "#pos/order.item";
import { withRefunds } from "#pos/refund.item";
import { type Seen, viewOf } from "#pos/view";
import { mayNameOrder, type NamedOrder } from "#pos/wire";
import { contentKey, orderKey } from "#store/keys/pos";

/** Tells a till how far an order of its merchant's has come; another's is as unknown as none. */
export const getOrder = async ({ id }: NamedOrder, ports: Ports, { tenant }: TillCaller): Promise<Seen> => {
  const [found, content] = mayNameOrder(id) ? await ports.store.read([orderKey(id), contentKey(id)]) : [];
  const order = found && orderOf(id, found);
  if (order?.tenant !== tenant) throw new Refused(refuse("ORDER_UNKNOWN"));
  return withRefunds({ ...viewOf(order, content, ports.clock()), replayed: false }, ports);
};
