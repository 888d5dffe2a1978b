/** Loyalty by example: the arithmetic of swip.md 8.3 and of rows 33 to 36, and its corners. */
import { describe, expect, test } from "vitest";
import { type Campaign, campaignsAt } from "#loyalty/campaign";
import type { PricedLine } from "#loyalty/line";
import { type Basket, reckon } from "#loyalty/reckon";
import { sumOf } from "#loyalty/share";

const always = { validFromMs: 0, validToMs: 1, stackable: true };
const line = (price: bigint, units = 1n, productId?: string): PricedLine => ({
  price,
  quantityThousandths: units * 1000n,
  amount: price * units,
  productId,
});
const percent = (hundredths: bigint, more: Partial<Campaign> = {}): Campaign =>
  ({ ...always, id: "percent", kind: "PERCENT", percentHundredths: hundredths, ...more }) as Campaign;
const fixed = (minor: bigint, more: Partial<Campaign> = {}): Campaign =>
  ({ ...always, id: "fixed", kind: "FIXED", minor, ...more }) as Campaign;
const nthFree = (nth: bigint, more: Partial<Campaign> = {}): Campaign =>
  ({ ...always, id: "nth", kind: "NTH_FREE", nth, ...more }) as Campaign;
const cashback = (hundredths: bigint, more: Partial<Campaign> = {}): Campaign =>
  ({ ...always, id: "back", kind: "CASHBACK", percentHundredths: hundredths, ...more }) as Campaign;

const basket = (lines: readonly PricedLine[], campaigns: readonly Campaign[], more: Partial<Basket> = {}): Basket => ({
  lines,
  total: sumOf(lines.map(({ amount }) => amount)),
  campaigns,
  counts: new Map(),
  withdrawPoints: 0n,
  ...more,
});

/** A line of 60 and two of 20, as in the acceptance rows. */
const P = [line(6000n), line(2000n, 2n)];
const points = { earnPercentHundredths: 500n, redeemMaxShareTenThousandths: 3000n, pointValueMinor: 100n };

describe("campaigns", () => {
  test("swip #34: 10 off three lines of 10 is 3.34, 3.33 and 3.33", () => {
    const { discount, lineDiscounts } = reckon(basket([line(1000n), line(1000n), line(1000n)], [fixed(1000n)]));
    expect({ discount, lineDiscounts }).toEqual({ discount: 1000n, lineDiscounts: [334n, 333n, 333n] });
  });

  test("swip #34: 5 percent of 0.50 is 0.02, of 0.70 it is 0.04", () => {
    const off = (price: bigint) => reckon(basket([line(price)], [percent(500n)])).discount;
    expect([off(50n), off(70n)]).toEqual([2n, 4n]);
  });

  test("swip #36: the tenth coffee costs one minor unit", () => {
    const counts = new Map([["nth", 9n]]);
    expect(reckon(basket([line(300n)], [nthFree(10n)], { counts }))).toEqual({
      discount: 299n,
      withdrawPoints: 0n,
      pointsDiscount: 0n,
      pointsMax: 0n,
      cashback: 0n,
      pointsEarned: 0n,
      payable: 1n,
      lineDiscounts: [299n],
      counted: new Map([["nth", 1n]]),
    });
  });

  test("without any, all of the total is payable", () => {
    const { discount, payable, lineDiscounts, counted } = reckon(basket(P, []));
    expect({ discount, payable, lineDiscounts, counted }).toEqual({
      discount: 0n,
      payable: 10_000n,
      lineDiscounts: [0n, 0n],
      counted: new Map(),
    });
  });

  const cases: readonly (readonly [string, Basket, readonly bigint[]])[] = [
    ["10 % of all lines", basket(P, [percent(1000n)]), [600n, 400n]],
    [
      "10 % of the total after the merchant's own discount",
      basket(P, [percent(1000n)], { total: 9000n }),
      [540n, 360n],
    ],
    ["row 33: a line cut by half", basket([line(6000n), line(2000n)], [percent(1000n)]), [600n, 200n]],
    ["all of it, but for one unit", basket(P, [percent(10_000n)]), [5999n, 4000n]],
    ["more than all of it", basket(P, [fixed(99_999n)]), [5999n, 4000n]],
    [
      "only the lines it is for",
      basket([line(100n, 1n, "tea"), line(100n)], [fixed(900n, { productIds: ["tea"] })]),
      [100n, 0n],
    ],
    ["no line that it is for", basket(P, [fixed(900n, { productIds: ["tea"] })]), [0n, 0n]],
    ["a total that is too small", basket(P, [percent(1000n, { minTotal: 10_001n })]), [0n, 0n]],
    ["a total that just reaches", basket(P, [percent(1000n, { minTotal: 10_000n })]), [600n, 400n]],
    [
      "percents before sums, whatever their ids",
      basket([line(1000n)], [fixed(100n, { id: "a" }), percent(5000n)]),
      [600n],
    ],
    [
      "two of a kind one after the other",
      basket([line(1000n)], [percent(5000n, { id: "b" }), percent(1000n, { id: "a" })]),
      [550n],
    ],
    [
      "all stackable ones, where they give more together",
      basket([line(1000n)], [fixed(300n), percent(1000n), fixed(390n, { id: "alone", stackable: false })]),
      [400n],
    ],
    [
      "one alone, where it gives more",
      basket([line(1000n)], [fixed(300n), percent(1000n), fixed(401n, { id: "alone", stackable: false })]),
      [401n],
    ],
    [
      "the stackable one, where another gives as much elsewhere",
      basket(
        [line(100n, 1n, "a"), line(100n, 1n, "b")],
        [fixed(50n, { id: "1", productIds: ["a"], stackable: false }), fixed(50n, { id: "2", productIds: ["b"] })],
      ),
      [0n, 50n],
    ],
    [
      "the lower id, where two that stand alone give as much",
      basket(
        [line(100n, 1n, "a"), line(100n, 1n, "b")],
        [
          fixed(50n, { id: "2", productIds: ["a"], stackable: false }),
          fixed(50n, { id: "1", productIds: ["b"], stackable: false }),
        ],
      ),
      [0n, 50n],
    ],
    ["nothing from a line that costs nothing", basket([line(0n), line(100n)], [fixed(10n)]), [0n, 10n]],
    ["nothing of the last unit", basket([line(1n)], [percent(10_000n), fixed(5n)]), [0n]],
  ];
  test.each(cases)("%s", (_, given, lineDiscounts) => {
    expect(reckon(given).lineDiscounts).toEqual(lineDiscounts);
  });

  test("are copied from their first instant until before their last", () => {
    const all = [percent(1n, { id: "a", validFromMs: 10, validToMs: 20 })];
    expect([9, 10, 19, 20].map((atMs) => campaignsAt(all, atMs).length)).toEqual([0, 1, 1, 0]);
  });
});

describe("every n-th unit", () => {
  const cases: readonly (readonly [string, Basket, readonly bigint[], bigint])[] = [
    ["is not yet due", basket([line(300n, 2n)], [nthFree(3n)]), [0n], 2n],
    ["is due within an order", basket([line(300n, 3n)], [nthFree(3n)]), [300n], 3n],
    ["is the cheapest", basket([line(500n, 2n), line(300n), line(400n)], [nthFree(4n)]), [0n, 300n, 0n], 4n],
    ["is the earlier of two as cheap", basket([line(500n), line(300n), line(300n)], [nthFree(3n)]), [0n, 300n, 0n], 3n],
    ["comes several times", basket([line(500n, 2n), line(300n, 3n)], [nthFree(2n)]), [0n, 600n], 5n],
    ["reaches over lines", basket([line(500n, 4n), line(300n, 2n)], [nthFree(2n)]), [500n, 600n], 6n],
    [
      "is of what is whole",
      basket([{ price: 300n, quantityThousandths: 2500n, amount: 750n }, line(900n)], [nthFree(2n)]),
      [0n, 0n],
      1n,
    ],
    [
      "is worth what is left of it: a third of 100",
      basket([{ price: 33n, quantityThousandths: 3000n, amount: 100n }, line(900n)], [nthFree(3n)]),
      [33n, 0n],
      4n,
    ],
    [
      "is rounded once, half to even",
      basket([{ price: 2n, quantityThousandths: 2000n, amount: 5n }, line(90n)], [nthFree(3n)]),
      [2n, 0n],
      3n,
    ],
    [
      "is rounded once, over lines",
      basket(
        [line(1n), { price: 2n, quantityThousandths: 2000n, amount: 5n }, line(90n)],
        [nthFree(2n, { productIds: undefined })],
      ),
      [1n, 3n, 0n],
      4n,
    ],
  ];
  test.each(cases)("%s", (_, given, lineDiscounts, counted) => {
    const reckoned = reckon(given);
    expect([reckoned.lineDiscounts, reckoned.counted]).toEqual([lineDiscounts, new Map([["nth", counted]])]);
  });

  test("goes on from what was counted, each campaign for itself", () => {
    const campaigns = [nthFree(5n, { id: "a" }), nthFree(7n, { id: "b" })];
    const counts = new Map([
      ["a", 4n],
      ["b", 4n],
    ]);
    const { discount, counted } = reckon(basket([line(300n, 2n)], campaigns, { counts }));
    expect([discount, counted]).toEqual([
      300n,
      new Map([
        ["a", 2n],
        ["b", 2n],
      ]),
    ]);
  });

  test("is counted as bought where another campaign gives more, and not where the total is too small", () => {
    const campaigns = [nthFree(2n), fixed(500n, { stackable: false }), nthFree(2n, { id: "later", minTotal: 10_000n })];
    const { discount, counted } = reckon(basket([line(300n, 2n)], campaigns));
    expect([discount, counted]).toEqual([500n, new Map([["nth", 2n]])]);
  });

  test("may be one of many thousand", () => {
    const { discount } = reckon(basket([line(100n, 999_999n), line(99n, 999_999n)], [nthFree(1000n)]));
    expect(discount).toBe(1999n * 99n);
  });
});

describe("points", () => {
  const ten = [percent(1000n)];

  test("row 35: 27 of them may be used; 20 leave 70 to pay and earn 3", () => {
    const { withdrawPoints, pointsDiscount, pointsMax, payable, pointsEarned, lineDiscounts } = reckon(
      basket(P, ten, { points, withdrawPoints: 20n }),
    );
    expect({ withdrawPoints, pointsDiscount, pointsMax, payable, pointsEarned, lineDiscounts }).toEqual({
      withdrawPoints: 20n,
      pointsDiscount: 2000n,
      pointsMax: 27n,
      payable: 7000n,
      pointsEarned: 3n,
      lineDiscounts: [1800n, 1200n],
    });
  });

  test("that are too many for what an order has become are used up to their bound", () => {
    const { withdrawPoints, pointsMax } = reckon(basket(P, ten, { points, withdrawPoints: 28n }));
    expect({ withdrawPoints, pointsMax }).toEqual({ withdrawPoints: 27n, pointsMax: 27n });
  });

  test.each([
    ["one minor unit stays", { ...points, redeemMaxShareTenThousandths: 10_000n, pointValueMinor: 1n }, 9999n],
    ["a point too much for it", { ...points, redeemMaxShareTenThousandths: 10_000n, pointValueMinor: 10_000n }, 0n],
    ["no share", { ...points, redeemMaxShareTenThousandths: 0n }, 0n],
    ["a share that is no whole point", { ...points, redeemMaxShareTenThousandths: 3099n }, 30n],
  ])("are bounded: %s", (_, rule, most) => {
    expect(reckon(basket(P, [], { points: rule })).pointsMax).toBe(most);
  });

  const cases: readonly (readonly [string, readonly Campaign[], bigint, bigint])[] = [
    ["are earned on what is paid, in whole points", [], 0n, 5n],
    ["come with a cashback, floored to whole ones", [cashback(199n)], 100n, 6n],
    ["come with all stackable cashbacks, each floored", [cashback(199n), cashback(150n, { id: "more" })], 200n, 7n],
    [
      "come with one cashback alone where it gives more",
      [cashback(100n), cashback(300n, { id: "x", stackable: false })],
      300n,
      8n,
    ],
    ["come with a cashback after discounts", [percent(5000n), cashback(1000n)], 500n, 7n],
    ["come with a cashback on its products", [cashback(1000n, { productIds: ["tea"] })], 0n, 5n],
  ];
  test.each(cases)("%s", (_, campaigns, worth, earned) => {
    const reckoned = reckon(basket(P, campaigns, { points }));
    expect([reckoned.cashback, reckoned.pointsEarned]).toEqual([worth, earned]);
  });

  test("are none where the merchant has none", () => {
    const { pointsMax, pointsEarned, cashback: worth } = reckon(basket(P, [cashback(5000n)], { withdrawPoints: 9n }));
    expect([pointsMax, pointsEarned, worth]).toEqual([0n, 0n, 0n]);
  });
});
