/** swip.md 3, 4. */

import { knownTenant } from "#party/tenant";
import type { Ports } from "#ports";
import { digestOfCode, leadCode, makeCode } from "#pos/code.item";
import { bytesOf, putContent } from "#pos/content.item";
import { takeOrder } from "#pos/intake";
import type { TillCaller } from "#pos/merchant";
import { digestOfSent, newContent, newOrder, orderIdOf } from "#pos/opening";
import { stateAt } from "#pos/order";
import { openOrder, orderOf, replaceOrder } from "#pos/order.item";
import { registerTill } from "#pos/place.item";
import { giveAsideBack } from "#pos/points";
import { withRefunds } from "#pos/refund.item";
import { type Active, activeIn, keyOfTill, occupyTill } from "#pos/till.item";
import { type Seen, viewOf } from "#pos/view";
import type { CreateOrder } from "#pos/wire";
import { decide, deny, say, type Verdict } from "#store/decide";
import { codeKey, contentKey, orderKey } from "#store/keys/pos";
import type { Write } from "#store/write";

/** Opens an order; on a retail till it replaces one that is not paid. */
export const createOrder = async (wish: CreateOrder, ports: Ports, caller: TillCaller): Promise<Seen> => {
  const taken = takeOrder(wish, caller.merchant.currency);
  const { pepper } = await ports.secrets();
  const { retentionDays } = await knownTenant(ports, caller.tenant);
  const id = orderIdOf(pepper, caller, taken.merchantOrderId);
  const sent = digestOfSent(pepper, taken, caller);
  const sessionCode = taken.sessionCode === "" ? makeCode(ports.origin, ports.ids.secret()) : taken.sessionCode;
  const code = digestOfCode(pepper, sessionCode);
  const content = newContent({ ...taken, sessionCode }, caller.merchant, ports.ids.uuid4);
  const keys = [orderKey(id), contentKey(id), keyOfTill(caller), codeKey(code)] as const;
  const seen = await decide(ports, keys, ([found, earlier, till, owner], nowMs): Verdict<Seen> => {
    if (found !== undefined) {
      const order = orderOf(id, found);
      return order.content === sent ? say({ ...viewOf(order, earlier, nowMs), replayed: true }) : deny("KEY_REUSED");
    }
    const active = caller.mode === "retail" ? activeIn(till, nowMs) : undefined;
    if (active?.isPaid) return deny("ORDER_ENGAGED");
    const order = newOrder({ id, code, content: sent, contentBytes: bytesOf(content) }, taken, caller, {
      nowMs,
      retentionDays,
    });
    return {
      say: { order, content, state: stateAt(order, nowMs), replayed: false },
      writes: [
        openOrder(order),
        putContent(order, content),
        ...occupyTill(order, till),
        ...(active ? replace(active, caller.tenant, nowMs) : []),
        ...leadCode(order, owner),
        ...registerTill(caller),
      ],
    };
  });
  return withRefunds(seen, ports);
};

/** Cancels a till's active order, and gives back what it has set aside. */
const replace = (active: Active, tenant: string, nowMs: number): readonly Write[] => [
  replaceOrder(active, nowMs),
  ...(active.aside ? giveAsideBack(active.aside, tenant) : []),
];
