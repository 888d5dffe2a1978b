/** swip.md 10, row 35: points, from binding to the last refund. */
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { examineMarket } from "../../support/examination/pos.ts";
import { campaign, SECOND_TILL, TEN } from "../../support/market/vendor.ts";
import { type Json, type Market, type MarketWish, openMarket } from "../../support/market.ts";
import { bind, create, P, said, standingOf, succeeded } from "../../support/pos.ts";

describe("points", () => {
  const POINTS: MarketWish = {
    campaigns: [TEN],
    points: { earnPercent: "5", redeemMaxShare: "0.3", pointValueMinor: 100 },
    balance: 50n,
  };

  test.each(["hold", "debit"] as const)(
    "swip #35: redeemed, earned and returned to the last one, with %s",
    async (payment) => {
      const market = await openMarket({ ...POINTS, payment });
      const id = await create(market);
      const viewed = succeeded(await market.viewOrder(id));
      expect([viewed.pointsBalance, viewed.pointsMax, viewed.loyalty]).toEqual([50, 27, 10]);
      expect(said(await market.redeemPoints(id, { points: 28 }))).toBe("400 1003");
      const redeemed = succeeded(await market.redeemPoints(id, { points: 20 }));
      expect(redeemed).toMatchObject({
        loyalty: 30,
        discount: 10,
        pointsDiscount: 20,
        withdrawPoints: 20,
        payable: 70,
        pointsEarned: 3,
        pointsBalance: 50,
        pointsMax: 27,
      });
      expect(redeemed.purchases.map(({ discount }: Json) => discount)).toEqual([18, 12]);
      expect(await market.points()).toEqual([50n, 0n]);
      succeeded(await market.payOrder(id, { paymentId: "p-1", payable: 70 }));
      expect(await market.points()).toEqual([30n, 20n]);
      await examineMarket(market);
      succeeded(await market.closeOrder(id, { amount: 70 }));
      expect(await market.points()).toEqual([33n, 0n]);
      await examineMarket(market);
      succeeded(await market.refundOrder(id, { amount: 35 }));
      expect([(await standingOf(market, id)).loyaltyReturned, await market.points()]).toEqual([15, [41n, 0n]]);
      await examineMarket(market);
      succeeded(await market.refundOrder(id, { amount: 35 }));
      expect([(await standingOf(market, id)).loyaltyReturned, await market.points()]).toEqual([30, [50n, 0n]]);
      await examineMarket(market);
    },
  );

  test("that are redeemed again replace the last, and none takes them back", async () => {
    const market = await openMarket(POINTS);
    const id = await bind(market);
    for (const [points, payable] of [
      [20, 70],
      [27, 63],
      [0, 90],
    ])
      expect(succeeded(await market.redeemPoints(id, { points })).payable).toBe(payable);
    expect(await market.points()).toEqual([50n, 0n]);
  });

  test("above what the customer has are refused", async () => {
    const market = await openMarket({ ...POINTS, balance: 5n });
    const id = await bind(market);
    expect(said(await market.redeemPoints(id, { points: 6 }))).toBe("409 1012");
    expect(succeeded(await market.redeemPoints(id, { points: 5 })).payable).toBe(85);
  });

  test.each([-1, 1.5, 1_000_000_001, "1", null, undefined])("of %s are invalid", async (points) => {
    const market = await openMarket(POINTS);
    expect(said(await market.redeemPoints(await bind(market), { points }))).toBe("400 1003");
  });

  test("that were spent in between leave the order unpaid", async () => {
    const market = await openMarket({ ...POINTS, balance: 30n });
    const [one, two] = [await bind(market), await bind(market, { ...P, merchantOrderId: "P-2" }, SECOND_TILL)];
    for (const id of [one, two]) succeeded(await market.redeemPoints(id, { points: 20 }));
    succeeded(await market.payOrder(one, { paymentId: "p-1" }));
    expect(said(await market.payOrder(two, { paymentId: "p-2" }))).toBe("409 1012");
    expect(said(await market.payAtTill(two, { method: "CASH" }))).toBe("409 1012");
    expect(await market.points()).toEqual([10n, 20n]);
    await examineMarket(market);
  });

  test.each<readonly [string, (market: Market, id: string) => Promise<unknown>]>([
    ["closed with nothing", (market, id) => market.closeOrder(id, { amount: 0 })],
    ["not closed", (market, id) => market.closeOrder(id, { amount: 95 })],
    ["cancelled", (market, id) => market.cancelOrder(id)],
    ["expired", (market) => market.pass(90_000)],
  ])("come back from an order that was %s", async (_, end) => {
    const market = await openMarket(POINTS);
    const id = await bind(market);
    succeeded(await market.redeemPoints(id, { points: 20 }));
    succeeded(await market.payOrder(id, { paymentId: "p-1" }));
    await end(market, id);
    expect([await market.points(), await market.wallet()]).toEqual([
      [50n, 0n],
      [50_000n, 0n],
    ]);
    expect((await standingOf(market, id)).loyaltyReturned).toBe(30);
    await examineMarket(market);
  });

  test("that are held for an order to be paid at the till are spent when it is closed", async () => {
    const market = await openMarket(POINTS);
    const id = await bind(market);
    succeeded(await market.redeemPoints(id, { points: 20 }));
    succeeded(await market.payAtTill(id, { method: "CASH" }));
    expect(await market.points()).toEqual([30n, 20n]);
    succeeded(await market.closeOrder(id, { amount: 70 }));
    expect(await market.points()).toEqual([33n, 0n]);
    await examineMarket(market);
  });

  test("that were wished for and never held buy nothing at a till that is paid unasked", async () => {
    const market = await openMarket(POINTS);
    const id = await bind(market);
    succeeded(await market.redeemPoints(id, { points: 20 }));
    const closed = succeeded(await market.closeOrder(id, { amount: 70 }));
    expect(closed).toMatchObject({ loyalty: 0, withdrawPoints: 0, pointsEarned: 0, payable: 100, paid: 70 });
    expect(await market.points()).toEqual([50n, 0n]);
    await examineMarket(market);
    succeeded(await market.refundOrder(id));
    expect(await market.points()).toEqual([50n, 0n]);
    await examineMarket(market);
  });

  test("are earned, and a discount stands, where the till is paid unasked and nothing was wished for", async () => {
    const market = await openMarket(POINTS);
    const id = await bind(market);
    const closed = succeeded(await market.closeOrder(id, { amount: 90 }));
    expect(closed).toMatchObject({ loyalty: 10, pointsEarned: 4, payable: 90, paid: 90 });
    expect(await market.points()).toEqual([54n, 0n]);
    await examineMarket(market);
  });

  test("that were never held come and go with no order that the till closed unasked", async () => {
    const market = await openMarket(POINTS);
    const id = await bind(market);
    succeeded(await market.redeemPoints(id, { points: 20 }));
    await market.pass(HOUR_MS);
    expect(await market.points()).toEqual([50n, 0n]);
    expect(succeeded(await market.getOrder(id)).status).toBe("EXPIRED");
    await examineMarket(market);
  });

  test("of a payment that was cancelled come back, what was earned goes", async () => {
    const market = await openMarket({ ...POINTS, captureDelaySeconds: 3600 });
    const id = await bind(market);
    succeeded(await market.redeemPoints(id, { points: 20 }));
    succeeded(await market.payOrder(id, { paymentId: "p-1" }));
    succeeded(await market.closeOrder(id, { amount: 70 }));
    expect(await market.points()).toEqual([33n, 0n]);
    succeeded(await market.cancelPayment(id));
    expect(await market.points()).toEqual([50n, 0n]);
    expect((await standingOf(market, id)).loyaltyReturned).toBe(30);
    await examineMarket(market);
  });

  test("earned and spent before a refund leave a balance below zero", async () => {
    const market = await openMarket({ ...POINTS, balance: 0n, campaigns: [] });
    const id = await bind(market);
    succeeded(await market.payOrder(id, { paymentId: "p-1" }));
    succeeded(await market.closeOrder(id, { amount: 100 }));
    expect(await market.points()).toEqual([5n, 0n]);
    const other = await bind(market, { ...P, merchantOrderId: "P-2" });
    succeeded(await market.redeemPoints(other, { points: 5 }));
    succeeded(await market.payOrder(other, { paymentId: "p-2" }));
    succeeded(await market.refundOrder(id));
    expect(await market.points()).toEqual([-5n, 5n]);
    await examineMarket(market);
  });

  test("of a CASHBACK campaign are credited at the close with those that are earned", async () => {
    const back = campaign("back", "CASHBACK", "10");
    const market = await openMarket({ ...POINTS, campaigns: [TEN, back] });
    const id = await create(market);
    expect(succeeded(await market.viewOrder(id))).toMatchObject({ cashback: 9, pointsEarned: 13, payable: 90 });
    succeeded(await market.payOrder(id, { paymentId: "p-1" }));
    succeeded(await market.closeOrder(id, { amount: 90 }));
    expect(await market.points()).toEqual([63n, 0n]);
    await examineMarket(market);
  });
});
