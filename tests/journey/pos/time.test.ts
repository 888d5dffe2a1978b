/** swip.md 10, rows 14 and 15: how long orders are open. */
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { orderKey } from "#store/keys/pos";
import { erase } from "#store/write";
import { examineMarket } from "../../support/examination/pos.ts";
import { RESTAURANT, TEN, TILL } from "../../support/market/vendor.ts";
import { type Market, openMarket } from "../../support/market.ts";
import { create, P, pay, said, standing, standingOf, succeeded } from "../../support/pos.ts";

const WHOLE = [50_000n, 0n];

const stateOf = async ({ getOrder }: Market, id: string, at = TILL) => {
  const { status, cancelReason } = succeeded(await getOrder(id, at));
  return cancelReason === null ? status : `${status} ${cancelReason}`;
};

describe("time", () => {
  test.each(["hold", "debit"] as const)(
    "swip #14: 89.999 s after its creation an order is closed; after 90 s it is expired, and the sweep gives back once, with %s",
    async (payment) => {
      const market = await openMarket({ payment, campaigns: [TEN] });
      const early = await pay(market);
      market.world.clock.advance(89_999);
      succeeded(await market.closeOrder(early, { amount: 90 }));
      await market.topUp("90");
      const late = await pay(market, { ...P, merchantOrderId: "P-2" });
      market.world.clock.advance(90_000);
      expect(said(await market.closeOrder(late, { amount: 90 }))).toBe("409 1007");
      expect(await standingOf(market, late)).toMatchObject({ status: "EXPIRED", paid: 0 });
      const end = { status: "EXPIRED", loyaltyReturned: 10, payment: { method: "WALLET", status: "VOIDED" } };
      for (const _ of ["once", "twice"]) {
        await market.sweep();
        expect(await market.wallet()).toEqual(WHOLE);
        expect(await standingOf(market, late)).toEqual(standing(end));
        await examineMarket(market);
      }
    },
  );

  test("swip #15: at a restaurant's till an order is open for ten hours, paid or not", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const unpaid = await create(market, P, RESTAURANT);
    const paid = await pay(market, { ...P, merchantOrderId: "P-2" }, RESTAURANT);
    expect(succeeded(await market.getOrder(paid, RESTAURANT)).expiresAt).toBe("2026-11-25T18:00:00.000Z");
    market.world.clock.advance(10 * HOUR_MS - 1);
    for (const id of [unpaid, paid]) expect(await stateOf(market, id, RESTAURANT)).toBe("OPEN");
    market.world.clock.advance(1);
    for (const id of [unpaid, paid]) expect(await stateOf(market, id, RESTAURANT)).toBe("EXPIRED");
    await market.sweep();
    expect(await market.wallet()).toEqual(WHOLE);
    await examineMarket(market);
  });

  test("what has ended stays as it is, however late it is looked at", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await pay(market);
    const closed = succeeded(await market.closeOrder(id, { amount: 90 }));
    await market.pass(HOUR_MS);
    expect(succeeded(await market.getOrder(id))).toEqual(closed);
  });

  test("lets go of an order's parts one by one, and what is left says nothing of the next one of its name", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const live = async () => {
      const id = await pay(market);
      succeeded(await market.closeOrder(id, { amount: 90 }));
      return [id, succeeded(await market.refundOrder(id, { amount: 30, refundId: "R-1" }))] as const;
    };
    const [first, refunded] = await live();
    await market.world.twin.commit([erase(orderKey(first), [])], "the table's time to live");
    market.world.clock.advance(HOUR_MS);
    expect(await live()).toEqual([first, refunded]);
    expect(succeeded(await market.getOrder(first)).refunds).toHaveLength(1);
    expect(await market.wallet()).toEqual([50_000n - 2n * 6_000n, 0n]);
  });
});
