/** How an order becomes a customer's: by the app's first look at it, or its first wish (swip.md 8.1, 8.3). */
import { campaignsAt } from "#loyalty/campaign";
import type { Ports } from "#ports";
import { findCampaigns } from "#pos/campaign.item";
import { countingIn, reckonLoyalty, type Terms } from "#pos/loyalty";
import type { Merchant } from "#pos/merchant";
import type { Content, Order } from "#pos/order";
import { countsOf, openPoints } from "#pos/points";
import { absent } from "#store/condition";
import type { Item } from "#store/item";
import { historyKey } from "#store/keys/pos";
import { put, type Write } from "#store/write";

/** What loyalty is reckoned from: of a bound order what it has kept, of another what its merchant gives now; and the customer's counts. */
export const termsOf = async (
  order: Order,
  merchant: Merchant,
  counts: Item | undefined,
  nowMs: number,
  ports: Pick<Ports, "recall">,
): Promise<Terms> => {
  const isBound = order.customer !== undefined;
  const refs = isBound ? order.loyalty.campaigns : campaignsAt(merchant.campaigns, nowMs);
  const points = isBound ? order.loyalty.points : merchant.points;
  const campaigns = await findCampaigns(ports, order.tenant, refs);
  return { campaigns, refs, points, counts: countsOf(counts, countingIn(campaigns)) };
};

/** An order as it is once it is a customer's. */
export const boundTo = (customer: string, order: Order, { lines }: Content, terms: Terms): Order =>
  order.customer === undefined
    ? { ...order, customer, loyalty: reckonLoyalty({ lines, total: order.total }, terms, 0n) }
    : order;

/** The writes besides the order's own: it comes into the customer's history, and an account of the merchant's points is opened where there are points and none is yet. */
export const bindingWrites = (
  { id, tenant, createdAtMs, keptUntil }: Order,
  customer: string,
  terms: Terms,
  points: Item | undefined,
): readonly Write[] => [
  put(historyKey(customer, createdAtMs, id), { ttl: keptUntil }, [[absent(), "stale"]]),
  ...(terms.points !== undefined && points === undefined ? openPoints(customer, tenant) : []),
];
