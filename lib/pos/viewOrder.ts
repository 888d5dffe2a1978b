/** swip.md 8.1. */

import type { Ports } from "#ports";
import { decideInApp, engage, moveInApp } from "#pos/appOrder";
import type { AppCaller } from "#pos/merchant";
import { withRefunds } from "#pos/refund.item";
import type { Seen } from "#pos/view";
import type { NamedOrder } from "#pos/wire";
import { deny, say } from "#store/decide";

/** Shows an order; an open one that is nobody's becomes the customer's, with what that saves and earns. */
export const viewOrder = async ({ id }: NamedOrder, ports: Ports, caller: AppCaller): Promise<Seen> => {
  const seen = await decideInApp(id, ports, caller, [], async (found) => {
    const { order, state } = found.view;
    if (order.customer !== undefined) return say({ ...found.view, replayed: false });
    if (state !== "OPEN") return deny("ORDER_UNKNOWN");
    return moveInApp(found, await engage(found, ports), { order: "bind" });
  });
  return withRefunds(seen, ports);
};
