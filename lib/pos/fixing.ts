/** How an order's loyalty is fixed, by a payment or the choice of a method: points are held and units counted, if it still is what the customer has seen (swip.md 8.3). */
import { malformedBy } from "#kernel/malformed";
import { type Engaged, type Found, moveInApp } from "#pos/appOrder";
import { isCountedFrom, reckonLoyalty } from "#pos/loyalty";
import { asideOf, setAside } from "#pos/points";
import type { Seen } from "#pos/view";
import type { Verdict } from "#store/decide";
import type { Write } from "#store/write";

/** Whether an order was reckoned with the counts that its customer has now. */
export const isAsSeen = ({ order, terms }: Engaged): boolean => isCountedFrom(order.loyalty, terms.counts);

/** Another order was counted since: reckons this one anew, and refuses with MALFORMED what was asked by the old reckoning. */
export const reckonAnew = (found: Found, engaged: Engaged): Verdict<Seen> => {
  const { order, content } = found.view;
  const loyalty = reckonLoyalty(
    { lines: content.lines, total: order.total },
    engaged.terms,
    order.loyalty.withdrawPoints,
  );
  const { writes } = moveInApp(found, engaged, { order: "bind" }, { loyalty });
  const issue = { way: ["payable"], message: "has changed: look at the order again" };
  return { say: malformedBy("fields", "order: counted since", [issue]).refusal, writes };
};

/** The writes that fix an order's loyalty; refuse FUNDS_SHORT where points are missing. */
export const fixingWrites = ({ counts, booking }: Found, { order }: Engaged): readonly Write[] => {
  const aside = asideOf({ ...order, fixedAtMs: booking.nowMs });
  return aside ? setAside(aside, order.tenant, counts) : [];
};
