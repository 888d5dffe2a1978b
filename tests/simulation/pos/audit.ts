/** What must hold whenever no call is under way, told by the orders themselves, the wallets and the books (swip.md 10). */
import { expect } from "vitest";
import { amountIn } from "#store/field";
import type { Answered } from "../../support/desk.ts";
import { itemsOf, type Market } from "../../support/market.ts";
import { isReplay, succeeded, told } from "../../support/pos.ts";
import { naiveGivenBack } from "../../unit/loyalty/naive.ts";
import { type Act, chosen } from "./acts.ts";
import { MONEY, POINTS, points, tills } from "./given.ts";

/** An order as its till sees it; money in major units. */
type Seen = ReturnType<typeof succeeded>;

const minorOf = (major: number): bigint => BigInt(Math.round(major * 100));
const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((all, each) => all + each, 0n);

/** Units of the campaign `fifth`. */
const coffeesIn = ({ purchases }: Seen): bigint =>
  sum(purchases.map(({ productId, quantity }: Seen) => (productId === "coffee" ? BigInt(quantity) : 0n)));

const NOTHING = { held: 0n, gone: 0n, units: 0n };

/** What an order has of its customer's points: those held, those used less those returned and credited; and the units that it has counted. */
const loyaltyIn = (order: Seen): typeof NOTHING => {
  const used = BigInt(order.withdrawPoints);
  const isFixed = order.payment.method !== null;
  if (order.status === "OPEN") return isFixed ? { held: used, gone: 0n, units: coffeesIn(order) } : NOTHING;
  if (order.status !== "CLOSED" || order.customerId === null) return NOTHING;
  const { pointsReturned, pointsCredited, isAll } = naiveGivenBack(
    {
      payable: minorOf(order.payable),
      discount: minorOf(order.discount),
      withdrawPoints: used,
      pointsEarned: BigInt(order.pointsEarned),
      pointValueMinor: points.pointValueMinor,
    },
    order.payment.status === "VOIDED"
      ? "all"
      : { amount: minorOf(order.amount), refunded: minorOf(order.payment.refunded) },
  );
  const gone = order.customerId === "c-1" ? used - pointsReturned - pointsCredited : 0n;
  return { held: 0n, gone, units: isAll || !isFixed ? 0n : coffeesIn(order) };
};

const auditMoney = async (market: Market, orders: readonly Seen[]): Promise<void> => {
  const wallets = [await market.wallet("c-1"), await market.wallet("c-2")];
  const byApp = orders.filter(({ payment }) => payment.method === "WALLET");
  const taken = sum(byApp.map(({ payment }) => minorOf(payment.captured) - minorOf(payment.refunded)));
  const held = sum(orders.map(({ payment }) => minorOf(payment.held)));
  expect(wallets.map(([available]) => available >= 0n)).toEqual([true, true]);
  expect([sum(wallets.map(([available]) => available)), sum(wallets.map(([, each]) => each))]).toEqual([
    2n * MONEY - taken - held,
    held,
  ]);
  const books = await market.books();
  expect(books.filter(({ sum: all, disagreeing }) => all !== 0n || disagreeing?.length !== 0)).toEqual([]);
  const merchants = books
    .filter(({ currency }) => currency === "EUR")
    .flatMap(({ unbounded }) => Object.entries(unbounded).filter(([name]) => !name.startsWith("funding")));
  expect(sum(merchants.map(([, balance]) => balance))).toBe(taken);
};

const auditLoyalty = async (market: Market, orders: readonly Seen[]): Promise<void> => {
  const parts = orders.map(loyaltyIn);
  const held = sum(parts.map((part) => part.held));
  expect(await market.points()).toEqual([POINTS - held - sum(parts.map(({ gone }) => gone)), held]);
  const counts = itemsOf(market, "posCounts").map((item) => amountIn(item, "count:fifth"));
  expect(sum(counts)).toBe(sum(parts.map(({ units }) => units)));
};

const auditOrder = (order: Seen, before: Seen | undefined): void => {
  const { payment, loyalty, loyaltyReturned, total, payable } = order;
  expect(payable).toBeGreaterThanOrEqual(0.01);
  expect(minorOf(payable) + minorOf(loyalty)).toBe(minorOf(total));
  expect(sum(order.purchases.map(({ discount }: Seen) => minorOf(discount)))).toBe(minorOf(loyalty));
  expect([payment.refunded <= payment.captured, loyaltyReturned <= loyalty]).toEqual([true, true]);
  if (before === undefined) return;
  expect(order.version).toBeGreaterThanOrEqual(before.version);
  if (before.status === "OPEN") return;
  const { status, amount, cancelReason } = before;
  expect(order).toMatchObject({ status, amount, cancelReason, loyalty: before.loyalty });
  expect([
    loyaltyReturned >= before.loyaltyReturned,
    payment.refunded >= before.payment.refunded,
    order.refundCount >= before.refundCount,
  ]).toEqual([true, true, true]);
};

/** What was done and heard. */
export interface Deed {
  readonly act: Act;
  readonly id: string | undefined;
  readonly answered: Answered;
}

const auditDeeds = (order: Seen, deeds: readonly Deed[]): void => {
  const first = deeds.filter(({ id, answered }) => id === order.id && answered.status === 200 && !isReplay(answered));
  const refunds = first.filter(({ act }) => act.act === "refund").map(({ answered }) => minorOf(told(answered).amount));
  expect([BigInt(refunds.length), sum(refunds)]).toEqual([BigInt(order.refundCount), minorOf(order.payment.refunded)]);
  for (const once of ["pay", "close", "cancel", "cancelPayment"])
    expect(first.filter(({ act }) => act.act === once).length).toBeLessThanOrEqual(1);
  expect(first.some(({ act }) => act.act === "pay")).toBe(order.payment.method === "WALLET");
  expect(first.some(({ act }) => act.act === "close")).toBe(order.status === "CLOSED");
};

/** The orders as they stand, which agree with each other, with the money, with what was said, and with how they stood before. */
export const audit = async (
  market: Market,
  ids: readonly string[],
  deeds: readonly Deed[],
  before: ReadonlyMap<string, Seen>,
): Promise<ReadonlyMap<string, Seen>> => {
  const orders: Seen[] = [];
  for (const id of ids) orders.push(succeeded(await market.getOrder(id)));
  await auditMoney(market, orders);
  await auditLoyalty(market, orders);
  for (const order of orders) {
    auditOrder(order, before.get(order.id));
    auditDeeds(order, deeds);
  }
  const active = orders.filter(({ status, cashId }) => status === "OPEN" && cashId === tills[0]?.cashId);
  expect(active.length).toBeLessThanOrEqual(1);
  return new Map(orders.map((order) => [order.id, order]));
};

/** The order that an act is about, of those that there were when it began. */
export const subjectOf = (ids: readonly string[], act: Act): string | undefined =>
  "order" in act ? chosen(ids, act.order) : undefined;
