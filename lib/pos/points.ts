/** What happens to an order's points and counts, as writes (swip.md 8.3, 8.4). They move when loyalty is fixed, at the end, and with every refund. */
import { pointsOf } from "#kernel/currency";
import { minor } from "#kernel/money";
import { openAccount } from "#ledger/account";
import { type AccountRef, type Posting, post } from "#ledger/posting";
import { type Purse, shift } from "#ledger/purse";
import type { GivenBack } from "#loyalty/giveBack";
import { pointsAccountOf, pointsIssuer } from "#pos/customer.item";
import type { Booking } from "#pos/funds";
import type { ByCampaign, Order } from "#pos/order";
import { equals } from "#store/condition";
import { amountIn } from "#store/field";
import type { Item } from "#store/item";
import { countsKey } from "#store/keys/pos";
import { DESK } from "#store/table";
import { type Rule, update, type Write } from "#store/write";

const COUNT = "count:";

/** The counts of campaigns out of their item; a campaign that has counted nothing is at 0. */
export const countsOf = (item: Item | undefined, campaigns: readonly string[]): ByCampaign =>
  Object.fromEntries(campaigns.map((id) => [id, amountIn(item ?? {}, `${COUNT}${id}`)]));

const moveCounts = (
  customer: string,
  tenant: string,
  counted: ByCampaign,
  sign: 1n | -1n,
  rules: readonly Rule[] = [],
): readonly Write[] => {
  const add = Object.fromEntries(Object.entries(counted).map(([id, units]) => [`${COUNT}${id}`, sign * units]));
  if (Object.keys(add).length === 0) return [];
  return [update(countsKey(customer, tenant), { add, orCreate: true }, rules)];
};

/** What an order has set aside for its customer while it is open: enough to give it back by. */
export interface Aside {
  readonly customer: string;
  readonly points: bigint;
  readonly counted: ByCampaign;
}

/** What a fixed order has set aside; undefined where it is not fixed. */
export const asideOf = ({ customer, fixedAtMs, loyalty }: Order): Aside | undefined =>
  customer === undefined || fixedAtMs === undefined
    ? undefined
    : { customer, points: loyalty.withdrawPoints, counted: loyalty.counted };

const purseOf = (customer: string, tenant: string): Purse => ({
  tenant: DESK,
  account: pointsAccountOf(customer, tenant),
});

/** The writes that open a customer's account of a merchant's points; opened meanwhile is stale. */
export const openPoints = (customer: string, tenant: string): readonly Write[] =>
  openAccount(
    { tenant: DESK, id: pointsAccountOf(customer, tenant), currency: pointsOf(tenant), mode: "book", limits: {} },
    "stale",
  );

/** Sets points aside and counts units, if the counts still are as they were read; refuses FUNDS_SHORT. */
export const setAside = (
  { customer, points, counted }: Aside,
  tenant: string,
  read: Item | undefined,
): readonly Write[] => {
  const asRead = Object.keys(counted).map((id): Rule => [equals(`${COUNT}${id}`, read?.[`${COUNT}${id}`]), "stale"]);
  return [
    ...shift(purseOf(customer, tenant), { available: -points, held: points }),
    ...moveCounts(customer, tenant, counted, 1n, asRead),
  ];
};

/** Gives back what was set aside. */
export const giveAsideBack = ({ customer, points, counted }: Aside, tenant: string): readonly Write[] => [
  ...shift(purseOf(customer, tenant), { held: -points, available: points }),
  ...moveCounts(customer, tenant, counted, -1n),
];

/** Books points from the customer to the merchant's issue of them, or with a negative number the other way. */
const bookPoints = (order: Order, reason: Posting["reason"], points: bigint, booking: Booking): readonly Write[] => {
  if (order.customer === undefined || points === 0n) return [];
  const own: AccountRef = { bounded: pointsAccountOf(order.customer, order.tenant) };
  const issuer = pointsIssuer(order.tenant);
  const [from, to] = points > 0n ? [own, issuer] : [issuer, own];
  const amount = { minor: minor(points > 0n ? points : -points), currency: pointsOf(order.tenant) };
  return post({ id: booking.drawId(), tenant: DESK, atMs: booking.nowMs, reason, from, to, amount, subject: order.id });
};

/** Spends what a close leaves spent of an order's points, and credits what it earns; a close that fixes loyalty too counts its units. The balance may go below zero. */
export const settlePoints = (before: Order, given: GivenBack, booking: Booking): readonly Write[] => {
  const { customer, tenant, loyalty } = before;
  if (customer === undefined) return [];
  const aside = asideOf(before);
  const spent = loyalty.withdrawPoints - given.pointsReturned;
  const held = aside?.points ?? 0n;
  return [
    ...shift(purseOf(customer, tenant), { held: -held, available: held - spent + given.pointsCredited }, true),
    ...bookPoints(before, "redemption", spent, booking),
    ...bookPoints(before, "reward", -given.pointsCredited, booking),
    ...(aside === undefined && !given.isAll ? moveCounts(customer, tenant, loyalty.counted, 1n) : []),
    ...(aside !== undefined && given.isAll ? moveCounts(customer, tenant, loyalty.counted, -1n) : []),
  ];
};

/** Books what a closed order gives back more than before. The balance may go below zero. */
export const returnPoints = (order: Order, before: GivenBack, after: GivenBack, booking: Booking): readonly Write[] => {
  const { customer, tenant, loyalty } = order;
  if (customer === undefined) return [];
  const returned = after.pointsReturned - before.pointsReturned;
  const lowered = before.pointsCredited - after.pointsCredited;
  return [
    ...shift(purseOf(customer, tenant), { available: returned - lowered }, true),
    ...bookPoints(order, "refund", -returned, booking),
    ...bookPoints(order, "refund", lowered, booking),
    ...(after.isAll && !before.isAll ? moveCounts(customer, tenant, loyalty.counted, -1n) : []),
  ];
};
