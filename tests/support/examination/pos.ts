/** What must hold of tills' orders, wallets and points at any time, whatever was asked, raced, repeated or cut off (swip.md 5, 8.4). */
import { expect } from "vitest";
import { pointsOf } from "#kernel/currency";
import { accountOf } from "#ledger/account";
import { merchantAccount, pendingAccount, pointsAccountOf, pointsIssuer, walletOf } from "#pos/customer.item";
import { type Order, stateAt } from "#pos/order";
import { orderOf } from "#pos/order.item";
import { amountIn } from "#store/field";
import { type Item, keyIn } from "#store/item";
import { DESK, idOf, ownerOf } from "#store/table";
import { itemsOf, type Market } from "../market.ts";

/** What has to stand on an account, or be held there, by its name. */
type Sums = Map<string, bigint>;

const add = (sums: Sums, name: string, amount: bigint): void => {
  if (amount !== 0n) sums.set(name, (sums.get(name) ?? 0n) + amount);
};

const settled = (sums: Sums): Readonly<Record<string, bigint>> =>
  Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).toSorted());

/** A quotient, halves to the even neighbour: by hand, since it judges the code's own. */
const half = (dividend: bigint, divisor: bigint): bigint => {
  const [whole, twice] = [dividend / divisor, 2n * (dividend % divisor)];
  return twice > divisor || (twice === divisor && whole % 2n === 1n) ? whole + 1n : whole;
};

/** How much of an order's loyalty has been given back: R of base (swip.md 8.4); nothing of an open one. */
const givenBackOf = ({
  state,
  payment,
  loyalty,
  amount = 0n,
  refunded,
}: Order): readonly [back: bigint, base: bigint] => {
  const base = loyalty.payable > amount ? loyalty.payable : amount;
  if (state === "OPEN") return [0n, base];
  const isUndone = state !== "CLOSED" || payment === "VOIDED";
  return [isUndone ? base : base - amount + refunded, base];
};

/** Points that an order has spent for good, and those that it has earned. */
const pointsIn = (order: Order): readonly [spent: bigint, credited: bigint] => {
  if (order.state === "OPEN") return [0n, 0n];
  const { withdrawPoints, pointsEarned } = order.loyalty;
  const [back, base] = givenBackOf(order);
  return [withdrawPoints - half(withdrawPoints * back, base), pointsEarned - half(pointsEarned * back, base)];
};

/** Whether an order counts for campaigns that give every n-th unit: while its loyalty is fixed and not all of it given back. */
const isCounted = (order: Order): boolean => {
  const [back, base] = givenBackOf(order);
  return order.state === "OPEN" ? order.fixedAtMs !== undefined : back !== base;
};

/** What all orders claim together. */
const claimsOf = (orders: readonly Order[]) => {
  const [held, brought, counts]: readonly Sums[] = [new Map(), new Map(), new Map()];
  if (held === undefined || brought === undefined || counts === undefined) throw new Error("three sums were opened");
  for (const order of orders) {
    const { customer, tenant, currency, loyalty, captured, refunded } = order;
    if (customer === undefined) continue;
    const isOurs = order.method === "WALLET";
    add(held, walletOf(customer, currency), order.held);
    if (isOurs && order.state === "CLOSED")
      add(brought, merchantAccount(tenant, currency).unbounded, captured - refunded);
    if (isOurs && order.state === "OPEN") add(brought, pendingAccount(tenant, currency).unbounded, captured);
    const [spent, credited] = pointsIn(order);
    add(brought, pointsIssuer(tenant).unbounded, spent - credited);
    if (order.state === "OPEN" && order.fixedAtMs !== undefined)
      add(held, pointsAccountOf(customer, tenant), loyalty.withdrawPoints);
    if (isCounted(order))
      for (const [campaign, units] of Object.entries(loyalty.counted))
        add(counts, `${customer} ${tenant} ${campaign}`, units);
  }
  return { held, brought, counts };
};

/** An order is what its state and its payment's say, and its parts belong to it. */
const examineOrder = (order: Order, item: Item, parts: readonly Item[]): void => {
  const { state, payment, method, held, captured, refunded, amount, loyalty, total } = order;
  expect(loyalty.discount + loyalty.pointsDiscount + loyalty.payable).toBe(total);
  expect(loyalty.payable).toBeGreaterThan(0n);
  expect(item.due !== undefined).toBe(state === "OPEN" || payment === "HELD");
  expect(item.ttl !== undefined).toBe(item.due === undefined);
  expect(held > 0n).toBe(payment === "HELD");
  expect(captured > 0n).toBe(["CAPTURED", "PARTIALLY_REFUNDED", "REFUNDED"].includes(payment));
  expect(refunded).toBeLessThanOrEqual(captured);
  expect([refunded > 0n, refunded === captured]).toEqual([
    ["PARTIALLY_REFUNDED", "REFUNDED"].includes(payment),
    ["REFUNDED", "NONE", "VOIDED", "HELD"].includes(payment),
  ]);
  expect(amount !== undefined).toBe(state === "CLOSED");
  if (state === "CLOSED" && payment !== "VOIDED") expect(held + captured).toBe(amount);
  if (held > 0n || payment === "VOIDED") expect(method).toBe("WALLET");
  const refunds = parts.filter(({ sk }) => String(sk).startsWith("refund#"));
  expect(refunds.reduce((sum, refund) => sum + amountIn(refund, "amount"), 0n)).toBe(refunded);
  expect(BigInt(refunds.length)).toBe(order.refundCount);
};

/** A retail till has one active order at the most. */
const examineTills = (orders: readonly Order[], nowMs: number): void => {
  const active = orders
    .filter((order) => order.mode === "retail" && stateAt(order, nowMs) === "OPEN")
    .map(({ tenant, storeId, cashId }) => [tenant, storeId, cashId].join(" "));
  expect(active).toEqual([...new Set(active)]);
};

const countsIn = (market: Market): Sums => {
  const counts: Sums = new Map();
  for (const item of itemsOf(market, "posCounts"))
    for (const [field, units] of Object.entries(item))
      if (field.startsWith("count:"))
        add(counts, `${idOf(keyIn(item))} ${item.sk} ${field.slice(6)}`, BigInt(String(units)));
  return counts;
};

const heldIn = (market: Market): Sums => {
  const held: Sums = new Map();
  for (const item of itemsOf(market, "account")) {
    if (ownerOf(keyIn(item)) !== DESK) continue;
    const account = accountOf(DESK, idOf(keyIn(item)), item);
    add(held, account.id, account.held);
    // Points may be owed, money never.
    if (!account.currency.startsWith(pointsOf(""))) expect(account.available).toBeGreaterThanOrEqual(0n);
  }
  return held;
};

/** All that is held, counted or posted is what some order claims, all that they claim is there, and the books are even. */
export const examineMarket = async (market: Market): Promise<void> => {
  const items = itemsOf(market, "posOrder");
  const orders: Order[] = [];
  for (const item of items.filter(({ sk }) => sk === "order")) {
    const order = orderOf(idOf(keyIn(item)), item);
    examineOrder(
      order,
      item,
      items.filter(({ pk }) => pk === item.pk),
    );
    orders.push(order);
  }
  examineTills(orders, market.world.clock.nowMs);
  const claims = claimsOf(orders);
  expect(settled(heldIn(market))).toEqual(settled(claims.held));
  expect(settled(countsIn(market))).toEqual(settled(claims.counts));
  const books = await market.books();
  expect(books.filter(({ sum, disagreeing }) => sum !== 0n || disagreeing?.length !== 0)).toEqual([]);
  const standing = books
    .flatMap(({ unbounded }) => Object.entries(unbounded))
    .filter(([name]) => !name.startsWith("funding"));
  expect(settled(new Map(standing))).toEqual(settled(claims.brought));
};
