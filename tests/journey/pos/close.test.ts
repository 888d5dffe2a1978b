import { describe, expect, test } from "vitest";
import { TILL } from "../../support/market/vendor.ts";
import { type Market, tillHeaders } from "../../support/market.ts";
import { bind, close, pay, said, standing, standingOf, succeeded, told } from "../../support/pos.ts";
import { BACK, expectEnd, openP, paidBy, WHOLE } from "./payment.ts";

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
    for (const body of [{ amount: 90 }, {}, '{"amount":"x"}', "null", '{"amount":"\\ud800"}', undefined])
      expect(said(await market.closeOrder(id, body))).toBe("409 1007");
  });

  const closeBy = (market: Market, id: string, body: string | Uint8Array) =>
    market.call(`PUT /orders/${id}/close`, {
      headers: { ...tillHeaders(TILL), "content-type": "application/json" },
      body,
    });

  test.each(['"x"', "null", "[]", "[90]", "90", "0", "false", '""', "{}", '{"\\ud800":90}'])(
    "of %s is JSON without an amount: it counts, and gives all back",
    async (body) => {
      const market = await openP("hold");
      const id = await pay(market);
      const answered = await closeBy(market, id, body);
      const issue = { field: "amount", message: "must be an amount, 0 or more, at most totalOriginal" };
      expect([said(answered), told(answered).fieldErrors]).toEqual(["400 1003", [issue]]);
      expect(said(await closeBy(market, id, ""))).toBe("400 replayed 1003");
      await expectEnd(market, id, standing({ ...BACK, status: "CANCELLED", cancelReason: "CLOSE_FAILED" }), WHOLE);
    },
  );

  test.each([
    ['"\\ud800"', "400 1003"],
    ['"90"', "400 1003"],
    [`90.${"0".repeat(50)}`, "200"],
    ['90,"otp":"\\ud800"', "200"],
  ])("whose amount is %s counts, and is answered %s", async (amount, answer) => {
    const market = await openP("hold");
    const id = await pay(market);
    expect(said(await closeBy(market, id, `{"amount":${amount}}`))).toBe(answer);
    expect(said(await closeBy(market, id, '{"amount":1}'))).toBe("409 1014");
  });

  test("whose zeros are others is the same", async () => {
    const market = await openP("hold");
    const id = await close(market);
    expect(said(await closeBy(market, id, `{"amount":90.${"0".repeat(50)}}`))).toBe("200 replayed");
  });

  test.each<readonly [string, string | Uint8Array, string]>([
    ["is cut off", '{"amount":90', "400 1001"],
    ["is no JSON", "x", "400 1001"],
    ["is blank", " ", "400 1001"],
    ["is not UTF-8", Buffer.from('{"amount":90,"x":"\xff"}', "latin1"), "400 1001"],
    ["may have been no UTF-8", '{"amount":90,"x":"\ufffd"}', "400 1001"],
    ["says something twice", '{"amount":90,"amount":0}', "400 1001"],
    ["has more than 256 KiB", JSON.stringify({ amount: 90, padding: "x".repeat(262_144) }), "400 1003"],
  ])("that %s does not count", async (_, body, answer) => {
    const market = await openP("hold");
    const id = await pay(market);
    expect(said(await closeBy(market, id, body))).toBe(answer);
    expect(await standingOf(market, id)).toEqual(standing({ paid: 90, payment: paidBy("hold") }));
    succeeded(await closeBy(market, id, '{"amount":90}'));
  });

  test("that comes from somebody else does not count", async () => {
    const market = await openP("hold");
    const id = await pay(market);
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
