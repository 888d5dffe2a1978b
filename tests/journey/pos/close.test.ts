import { describe, expect, test } from "vitest";
import { TILL } from "../../support/market/vendor.ts";
import { type Market, tillHeaders } from "../../support/market.ts";
import { bind, close, pay, said, standing, standingOf, succeeded } from "../../support/pos.ts";
import { expectEnd, openP, paidBy, WHOLE } from "./payment.ts";

describe("a close", () => {
  test("that is repeated without an amount is a replay of its failure", async () => {
    const market = await openP("hold");
    const id = await pay(market);
    const answers = [await market.closeOrder(id), await market.closeOrder(id, {}), await market.closeOrder(id, "{}")];
    expect(answers.map(said)).toEqual(["400 1003", "400 replayed 1003", "400 replayed 1003"]);
    expect(said(await market.closeOrder(id, { amount: 0 }))).toBe("409 1014");
  });

  test("that was refunded since is no replay any more", async () => {
    const market = await openP("hold");
    const id = await close(market);
    succeeded(await market.refundOrder(id, { amount: 1 }));
    expect(said(await market.closeOrder(id, { amount: 90 }))).toBe("409 1014");
  });

  test("whose payment was cancelled since is no replay any more", async () => {
    const market = await openP("hold", { captureDelaySeconds: 3600 });
    const id = await close(market);
    succeeded(await market.cancelPayment(id));
    expect(said(await market.closeOrder(id, { amount: 90 }))).toBe("409 1014");
  });

  test.each<readonly [string, number]>([
    ["more than the order's goods cost", 100.01],
    ["twice as much", 200],
  ])("at the till with %s fails, and ends the order", async (_, amount) => {
    const market = await openP("hold");
    const id = await bind(market);
    succeeded(await market.payAtTill(id, { method: "CARD" }));
    expect(said(await market.closeOrder(id, { amount }))).toBe("400 1003");
    const end = standing({
      status: "CANCELLED",
      cancelReason: "CLOSE_FAILED",
      loyaltyReturned: 10,
      payment: { method: "CARD" },
    });
    await expectEnd(market, id, end, WHOLE);
  });

  test("at the till takes what the till says, up to what the goods cost", async () => {
    const market = await openP("hold");
    const id = await bind(market);
    succeeded(await market.payAtTill(id, { method: "CASH" }));
    succeeded(await market.payAtTill(id, { method: "CARD" }));
    succeeded(await market.closeOrder(id, { amount: 100 }));
    const payment = { status: "CAPTURED", method: "CARD", captured: 100 };
    await expectEnd(market, id, standing({ status: "CLOSED", amount: 100, paid: 100, payment }), WHOLE);
  });

  test.each<readonly [string, (market: Market, id: string) => Promise<unknown>]>([
    ["cancelled", (market, id) => market.cancelOrder(id)],
    ["expired", async ({ world }) => world.clock.advance(90_000)],
  ])("of an order that was %s is refused, whatever it says", async (_, end) => {
    const market = await openP("hold");
    const id = await pay(market);
    await end(market, id);
    for (const body of [{ amount: 90 }, {}, '{"amount":"x"}', undefined])
      expect(said(await market.closeOrder(id, body))).toBe("409 1007");
  });

  test("that cannot be read, or comes from somebody else, does not count", async () => {
    const market = await openP("hold");
    const id = await pay(market);
    expect(said(await market.closeOrder(id, '{"amount":90'))).toBe("400 1001");
    expect(said(await market.call(`PUT /orders/${id}/close`, { body: '{"amount":95}' }))).toBe("401 1004");
    expect(await standingOf(market, id)).toEqual(standing({ paid: 90, payment: paidBy("hold") }));
    succeeded(await market.closeOrder(id, { amount: 90 }));
  });

  test("may be posted as well as put", async () => {
    const market = await openP("hold");
    const id = await pay(market);
    const sent = { headers: tillHeaders(TILL), body: '{"amount":90}' };
    expect([
      said(await market.call(`POST /orders/${id}/close`, sent)),
      said(await market.call(`PUT /orders/${id}/close`, sent)),
    ]).toEqual(["200", "200 replayed"]);
  });
});
