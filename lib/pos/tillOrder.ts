/** What all that a till asks of an order has in common: find it among its merchant's, and do or refuse what it allows. */
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import type { Booking } from "#pos/funds";
import type { TillCaller } from "#pos/merchant";
import type { Order } from "#pos/order";
import { orderOf } from "#pos/order.item";
import { mayNameOrder } from "#pos/wire";
import { decide, deny, type Verdict } from "#store/decide";
import type { Item, Key } from "#store/item";
import { orderKey } from "#store/keys/pos";

/** What to say and to write, by the order, its parts that were asked for, and how to book. */
export type Judge<Said> = (
  order: Order,
  parts: readonly (Item | undefined)[],
  booking: Booking,
) => Verdict<Said> | Promise<Verdict<Said>>;

/** The parts of an order that a judge looks at besides. */
export type PartsOf = (id: string) => readonly Key[];

/** Decides on an order that a till names; refuses ORDER_UNKNOWN, and what the judge refuses. */
export const decideAtTill = async <Said>(
  id: string,
  ports: Ports,
  { tenant }: TillCaller,
  partsOf: PartsOf,
  judge: Judge<Said>,
): Promise<Said> => {
  if (!mayNameOrder(id)) throw new Refused(refuse("ORDER_UNKNOWN"));
  return decide(
    ports,
    [orderKey(id), ...partsOf(id)],
    ([found, ...parts], nowMs): Promise<Verdict<Said>> | Verdict<Said> => {
      const order = found && orderOf(id, found);
      if (order?.tenant !== tenant) return deny("ORDER_UNKNOWN");
      return judge(order, parts, { nowMs, drawId: ports.ids.uuid });
    },
  );
};
