/** swip.md 10, rows 30-33: payments and orders are cancelled, whole and in part. */
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { examineMarket } from "../../support/examination/pos.ts";
import { A, B_TILL, SECOND_TILL, TILL } from "../../support/market/vendor.ts";
import { type Json, openMarket, tillHeaders } from "../../support/market.ts";
import { bind, close, create, P, pay, said, standing, standingOf, succeeded, told } from "../../support/pos.ts";
import { modes, openP, refundedOf, WALLET, WHOLE } from "./payment.ts";

describe("cancelling a payment", () => {
  test.each(modes)(
    "swip #30: needs a closed order, as a refund does; captured it is too late, with %s",
    async (mode) => {
      const market = await openP(mode);
      const id = await pay(market);
      expect([await market.refundOrder(id, { amount: 1 }), await market.cancelPayment(id)].map(said)).toEqual([
        "409 1008",
        "409 1008",
      ]);
      succeeded(await market.closeOrder(id, { amount: 90 }));
      const late = await market.cancelPayment(id);
      expect([said(late), told(late).description]).toEqual(["409 27", "Payment can no longer be cancelled"]);
      expect(said(await market.cancelOrder(id))).toBe("409 1007");
      expect(await standingOf(market, id)).toEqual(refundedOf(0, 0, "CAPTURED"));
      await examineMarket(market);
    },
  );

  test("swip #31: while it is held gives all back, and repeated is a replay", async () => {
    const market = await openP("hold", { captureDelaySeconds: 3600 });
    const id = await close(market);
    const held = standing({ status: "CLOSED", amount: 90, paid: 90, payment: { ...WALLET, status: "HELD", held: 90 } });
    expect(await standingOf(market, id)).toEqual(held);
    expect(await market.wallet()).toEqual([41_000n, 9_000n]);
    await examineMarket(market);
    market.world.clock.advance(3_599_999);
    const first = await market.cancelPayment(id);
    expect(told(first)).toEqual({ status: "SUCCESS", description: "Payment cancelled" });
    const again = await market.cancelPayment(id);
    expect([said(again), again.body]).toEqual(["200 replayed", first.body]);
    const payment = { ...WALLET, status: "VOIDED" };
    const end = standing({ status: "CLOSED", amount: 90, loyaltyReturned: 10, payment });
    expect(await standingOf(market, id)).toEqual(end);
    expect(await market.wallet()).toEqual(WHOLE);
    await market.pass(HOUR_MS);
    expect(await standingOf(market, id)).toEqual(end);
    expect(said(await market.cancelPayment(id))).toBe("200 replayed");
    expect(said(await market.refundOrder(id, { amount: 1 }))).toBe("409 1015");
    await examineMarket(market);
  });

  test.each(["swept", "not swept"])("swip #31: that is due for capture is too late, %s", async (when) => {
    const market = await openP("hold", { captureDelaySeconds: 3600 });
    const id = await close(market);
    market.world.clock.advance(3_600_000);
    if (when === "swept") await market.sweep();
    expect(said(await market.cancelPayment(id))).toBe("409 27");
    await market.sweep();
    await market.sweep();
    expect(await standingOf(market, id)).toEqual(refundedOf(0, 0, "CAPTURED"));
    expect(await market.wallet()).toEqual([41_000n, 0n]);
    await examineMarket(market);
  });

  test("of a part, held since its close, gives that part back too", async () => {
    const market = await openP("hold", { captureDelaySeconds: 3600 });
    const id = await pay(market);
    succeeded(await market.closeOrder(id, { amount: 45 }));
    expect(await market.wallet()).toEqual([45_500n, 4_500n]);
    succeeded(await market.cancelPayment(id));
    const end = { status: "CLOSED", amount: 45, loyaltyReturned: 10, payment: { ...WALLET, status: "VOIDED" } };
    expect(await standingOf(market, id)).toEqual(standing(end));
    expect(await market.wallet()).toEqual(WHOLE);
    await examineMarket(market);
  });

  test("that is held cannot be refunded until it is captured", async () => {
    const market = await openP("hold", { captureDelaySeconds: 3600 });
    const id = await close(market);
    expect(said(await market.refundOrder(id, { amount: 1 }))).toBe("409 1015");
    await market.pass(3_600_000);
    expect(said(await market.refundOrder(id, { amount: 1 }))).toBe("200");
    await examineMarket(market);
  });

  test.each([
    ["in part", { amount: 30 }, refundedOf(30, 3.33, "PARTIALLY_REFUNDED"), [44_000n, 0n]],
    ["whole", {}, refundedOf(90, 10, "REFUNDED"), WHOLE],
  ])(
    "that is due for capture is captured by a refund, %s: nobody waits for the sweep",
    async (_, wish, end, wallet) => {
      const market = await openP("hold", { captureDelaySeconds: 3600 });
      const id = await close(market);
      market.world.clock.advance(3_599_999);
      expect(said(await market.refundOrder(id, { ...wish, refundId: "early" }))).toBe("409 1015");
      market.world.clock.advance(1);
      expect(said(await market.refundOrder(id, { amount: 90.01 }))).toBe("409 1015");
      succeeded(await market.refundOrder(id, { ...wish, refundId: "due" }));
      expect([await standingOf(market, id), await market.wallet()]).toEqual([end, wallet]);
      await examineMarket(market);
      await market.sweep();
      expect(said(await market.refundOrder(id, { ...wish, refundId: "due" }))).toBe("200 replayed");
      expect([await standingOf(market, id), await market.wallet()]).toEqual([end, wallet]);
      await examineMarket(market);
    },
  );

  test("that the till took, or nobody made, is too late", async () => {
    const market = await openP();
    const [atTill, unpaid] = [await bind(market), await create(market, { ...P, merchantOrderId: "P-2" }, SECOND_TILL)];
    succeeded(await market.payAtTill(atTill, { method: "CASH" }));
    succeeded(await market.closeOrder(atTill, { amount: 90 }));
    succeeded(await market.closeOrder(unpaid, { amount: 0 }));
    expect([await market.cancelPayment(atTill), await market.cancelPayment(unpaid)].map(said)).toEqual([
      "409 27",
      "409 27",
    ]);
  });

  test("may be posted as well as put, with a body or without", async () => {
    const market = await openP("hold", { captureDelaySeconds: 3600 });
    const id = await close(market);
    const headers = tillHeaders(TILL);
    expect(said(await market.call(`POST /orders/${id}/cancel-payment`, { headers, body: "{}" }))).toBe("200");
    expect(said(await market.call(`POST /orders/${id}/cancel-payment`, { headers }))).toBe("200 replayed");
  });
});

describe("cancelling an order", () => {
  test.each(modes)("swip #32: that is paid gives all back, and repeated is a replay, with %s", async (mode) => {
    const market = await openP(mode);
    const id = await pay(market);
    const first = await market.cancelOrder(id);
    const again = await market.cancelOrder(id);
    expect([said(first), said(again), again.body]).toEqual(["200", "200 replayed", first.body]);
    const end = { status: "CANCELLED", cancelReason: "REQUESTED", loyaltyReturned: 10 };
    expect(await standingOf(market, id)).toEqual(standing({ ...end, payment: { ...WALLET, status: "VOIDED" } }));
    expect(await market.wallet()).toEqual(WHOLE);
    await examineMarket(market);
  });

  test("swip #33: in part cuts its lines and reckons anew, and repeated is a replay", async () => {
    const market = await openP();
    const id = await bind(market);
    const cut = { purchases: [{ id: "l-2", quantity: 1 }], cancelId: "C-1" };
    const first = await market.cancelOrder(id, cut);
    const order = succeeded(first);
    expect(order).toMatchObject({ status: "OPEN", totalOriginal: 80, total: 80, payable: 72, loyalty: 8, version: 3 });
    expect(order.purchases).toEqual([
      { id: "l-1", name: "Meal", quantity: 1, price: 60, amount: 60, discount: 6 },
      { id: "l-2", name: "Drink", quantity: 1, price: 20, amount: 20, discount: 2 },
    ]);
    const again = await market.cancelOrder(id, cut);
    expect([said(again), told(again)]).toEqual(["200 replayed", order]);
    const other = { ...cut, purchases: [{ id: "l-2" }] };
    expect(said(await market.cancelOrder(id, other))).toBe("409 1009");
    succeeded(await market.cancelOrder(id, { purchases: [{ id: "l-2" }] }));
    expect(succeeded(await market.viewOrder(id))).toMatchObject({ totalOriginal: 60, payable: 54 });
    await examineMarket(market);
  });

  test("in part keeps the merchant's own discount in its old ratio", async () => {
    const market = await openMarket();
    const id = await create(market, { ...P, total: 75 });
    const order = succeeded(await market.cancelOrder(id, { purchases: [{ id: "l-2", quantity: 1 }] }));
    expect([order.totalOriginal, order.total, order.payable]).toEqual([80, 60, 60]);
  });

  test("in part takes the children of a line with it", async () => {
    const market = await openMarket();
    const [meal, drink] = P.purchases as readonly Json[];
    const id = await create(market, {
      ...P,
      purchases: [meal, { ...drink, parentId: "l-1" }, { ...drink, id: "l-3" }],
      total: 140,
      totalOriginal: 140,
    });
    const order = succeeded(await market.cancelOrder(id, { purchases: [{ id: "l-1" }] }));
    expect(order.purchases.map((line: Json) => line.id)).toEqual(["l-3"]);
    expect(order.total).toBe(40);
  });

  test("in part, until nothing is left to pay, cancels it all", async () => {
    const market = await openP();
    const id = await bind(market);
    const cut = { purchases: [{ id: "l-1" }, { id: "l-2", quantity: 2 }], cancelId: "C-1" };
    const order = succeeded(await market.cancelOrder(id, cut));
    expect([order.status, order.cancelReason]).toEqual(["CANCELLED", "REQUESTED"]);
    expect(said(await market.cancelOrder(id, cut))).toBe("200 replayed");
    await examineMarket(market);
  });

  test.each<readonly [string, Json | string]>([
    ["a line that is none", { purchases: [{ id: "l-9" }] }],
    ["a line twice", { purchases: [{ id: "l-1" }, { id: "l-1" }] }],
    ["more of a line than there is", { purchases: [{ id: "l-2", quantity: 2.001 }] }],
    ["nothing of a line", { purchases: [{ id: "l-2", quantity: 0 }] }],
    ["less than a thousandth", '{"purchases":[{"id":"l-2","quantity":0.0001}]}'],
    ["no lines", { purchases: [] }],
    ["an empty key", { purchases: [{ id: "l-2" }], cancelId: "" }],
  ])("in part by %s is invalid", async (_, body) => {
    const market = await openP();
    const id = await bind(market);
    expect(said(await market.cancelOrder(id, body))).toBe("400 1003");
    expect(await standingOf(market, id)).toEqual(standing());
  });

  test("in part when it is paid, or its way of payment is chosen, is refused", async () => {
    const market = await openP();
    const [paid, chosen] = [await pay(market), await bind(market, { ...P, merchantOrderId: "P-2" }, SECOND_TILL)];
    succeeded(await market.payAtTill(chosen, { method: "CASH" }));
    const cut = { purchases: [{ id: "l-2" }] };
    expect([await market.cancelOrder(paid, cut), await market.cancelOrder(chosen, cut)].map(said)).toEqual([
      "409 1010",
      "409 1010",
    ]);
    expect(said(await market.cancelOrder(chosen))).toBe("200");
    expect(said(await market.cancelOrder(paid, {}))).toBe("200");
    await examineMarket(market);
  });

  test("of another merchant is refused", async () => {
    const market = await openP();
    const id = await pay(market);
    for (const ask of [market.cancelOrder, market.refundOrder])
      expect(said(await ask(id, undefined, B_TILL))).toBe("404 1006");
    expect(said(await market.cancelPayment(id, B_TILL))).toBe("404 1006");
    expect(A.merchantId).not.toBe(B_TILL.of.merchantId);
  });
});
