/** swip.md 10, rows 34 and 36: campaigns. */
import { describe, expect, test } from "vitest";
import { examineMarket } from "../../support/examination/pos.ts";
import { type CampaignWish, campaign, RESTAURANT, SECOND_TILL } from "../../support/market/vendor.ts";
import { type Json, type Market, type MarketWish, openMarket } from "../../support/market.ts";
import { bind, create, orderOf, P, said, succeeded, told } from "../../support/pos.ts";

/** What the app sees of loyalty: the order's, and each line's share. */
const loyaltyIn = ({ loyalty, payable, purchases }: { loyalty: number; payable: number; purchases: Json[] }) => ({
  loyalty,
  payable,
  lines: purchases.map(({ discount }) => discount),
});

const boundTo = async (market: Market, order: Json) =>
  loyaltyIn(succeeded(await market.viewOrder(await create(market, order))));

describe("a campaign", () => {
  test.each<readonly [string, CampaignWish, Json, object]>([
    [
      "FIXED 10, spread over three lines of 10",
      campaign("fix", "FIXED", "10"),
      orderOf("P-1", 10, 10, 10),
      { loyalty: 10, payable: 20, lines: [3.34, 3.33, 3.33] },
    ],
    [
      "PERCENT 5 of 0.50, half to even",
      campaign("five", "PERCENT", "5"),
      orderOf("P-1", 0.5),
      { loyalty: 0.02, payable: 0.48, lines: [0.02] },
    ],
    [
      "PERCENT 5 of 0.70, half to even",
      campaign("five", "PERCENT", "5"),
      orderOf("P-1", 0.7),
      { loyalty: 0.04, payable: 0.66, lines: [0.04] },
    ],
  ])("swip #34: %s", async (_, given, order, expected) => {
    const market = await openMarket({ campaigns: [given] });
    expect(await boundTo(market, order)).toEqual(expected);
    await examineMarket(market);
  });

  test.each<readonly [string, readonly CampaignWish[], object]>([
    [
      "of a hundred per cent leaves a minor unit to pay",
      [campaign("all", "PERCENT", "100")],
      { loyalty: 99.99, payable: 0.01, lines: [59.99, 40] },
    ],
    [
      "that is not for these products takes nothing off",
      [campaign("ten", "PERCENT", "10", { productIds: ["promo"] })],
      { loyalty: 0, payable: 100, lines: [0, 0] },
    ],
    [
      "that needs a larger total takes nothing off",
      [campaign("ten", "PERCENT", "10", { minTotal: "100.01" })],
      { loyalty: 0, payable: 100, lines: [0, 0] },
    ],
    [
      "of just this total takes off",
      [campaign("ten", "PERCENT", "10", { minTotal: "100" })],
      { loyalty: 10, payable: 90, lines: [6, 4] },
    ],
    [
      "that begins later takes nothing off",
      [campaign("ten", "PERCENT", "10", { validFromMs: Date.UTC(2026, 10, 25, 8, 0, 0, 1) })],
      { loyalty: 0, payable: 100, lines: [0, 0] },
    ],
    [
      "that ends now takes nothing off",
      [campaign("ten", "PERCENT", "10", { validToMs: Date.UTC(2026, 10, 25, 8) })],
      { loyalty: 0, payable: 100, lines: [0, 0] },
    ],
    [
      "after another takes off what is left: a percentage before a sum",
      [campaign("a", "FIXED", "10"), campaign("b", "PERCENT", "10")],
      { loyalty: 20, payable: 80, lines: [12, 8] },
    ],
    [
      "that stands alone gives way where the others give more",
      [
        campaign("a", "PERCENT", "19", { stackable: false }),
        campaign("b", "PERCENT", "10"),
        campaign("c", "FIXED", "10"),
      ],
      { loyalty: 20, payable: 80, lines: [12, 8] },
    ],
    [
      "that stands alone outdoes the others where it gives more",
      [
        campaign("a", "PERCENT", "21", { stackable: false }),
        campaign("b", "PERCENT", "10"),
        campaign("c", "FIXED", "10"),
      ],
      { loyalty: 21, payable: 79, lines: [12.6, 8.4] },
    ],
  ])("%s", async (_, campaigns, expected) => {
    expect(await boundTo(await openMarket({ campaigns }), P)).toEqual(expected);
  });

  test("that ends after the order was bound stays the order's", async () => {
    const ending = campaign("ten", "PERCENT", "10", { validToMs: Date.UTC(2026, 10, 25, 8, 0, 1) });
    const market = await openMarket({ campaigns: [ending] });
    const id = await bind(market);
    market.world.clock.advance(2_000);
    expect(succeeded(await market.viewOrder(id)).loyalty).toBe(10);
    expect(succeeded(await market.payOrder(id, { paymentId: "p-1", payable: 90 })).paid).toBe(90);
  });
});

describe("one in ten free", () => {
  const NTH: MarketWish = { campaigns: [campaign("nth", "NTH_FREE", "10")] };
  const coffees = (merchantOrderId: string, quantity: number): Json => {
    const total = 3 * quantity;
    const line = { id: "l-1", name: "Coffee", quantity, price: 3, amount: total };
    return { ...P, merchantOrderId, total, totalOriginal: total, purchases: [line] };
  };

  /** A customer who has paid for nine coffees; and the order of these. */
  const openNine = async (wish: MarketWish = {}) => {
    const market = await openMarket({ ...NTH, ...wish });
    const nine = await bind(market, coffees("nine", 9));
    succeeded(await market.payOrder(nine, { paymentId: "nine" }));
    succeeded(await market.closeOrder(nine, { amount: 27 }));
    return { market, nine };
  };

  test("swip #36: the tenth coffee costs a minor unit", async () => {
    const { market } = await openNine();
    const order = succeeded(await market.viewOrder(await create(market, coffees("tenth", 1))));
    expect([order.discount, order.payable]).toEqual([2.99, 0.01]);
    await examineMarket(market);
  });

  test("of two coffees that are the tenth at once, one costs a minor unit", async () => {
    const { market } = await openNine();
    const [one, two] = [await bind(market, coffees("one", 1)), await bind(market, coffees("two", 1), SECOND_TILL)];
    expect(said(await market.payOrder(one, { paymentId: "p-1", payable: 0.01 }))).toBe("200");
    const refused = await market.payOrder(two, { paymentId: "p-2", payable: 0.01 });
    expect([said(refused), told(refused).fieldErrors[0].field]).toEqual(["400 1003", "payable"]);
    expect(succeeded(await market.viewOrder(two)).payable).toBe(3);
    expect(said(await market.payOrder(two, { paymentId: "p-2", payable: 3 }))).toBe("200");
    await examineMarket(market);
  });

  test.each<readonly [string, (market: Market, nine: string) => Promise<unknown>, number]>([
    ["all is given back", (market, nine) => market.refundOrder(nine), 3],
    ["a part is given back", (market, nine) => market.refundOrder(nine, { amount: 26.99 }), 0.01],
  ])("is as far as before once %s", async (_, giveBack, payable) => {
    const { market, nine } = await openNine();
    succeeded((await giveBack(market, nine)) as never);
    const order = succeeded(await market.viewOrder(await create(market, coffees("next", 1), RESTAURANT)));
    expect(order.payable).toBe(payable);
    await examineMarket(market);
  });

  test("counts what is fixed, and forgets what was cancelled", async () => {
    const { market } = await openNine();
    const tenth = await bind(market, coffees("tenth", 1));
    succeeded(await market.payAtTill(tenth, { method: "CASH" }));
    const payableOf = async (merchantOrderId: string) =>
      succeeded(await market.viewOrder(await create(market, coffees(merchantOrderId, 1), RESTAURANT))).payable;
    expect(await payableOf("before")).toBe(3);
    succeeded(await market.cancelOrder(tenth));
    expect(await payableOf("after")).toBe(0.01);
    await examineMarket(market);
  });

  test("counts pieces only: nothing of a line by weight", async () => {
    const { market } = await openNine();
    const order = succeeded(await market.viewOrder(await create(market, coffees("weighed", 1.5))));
    expect(order.discount).toBe(0);
  });
});
