/** swip.md 10, rows 16-18: how orders are created. */
import { describe, expect, test } from "vitest";
import type { Currency } from "#kernel/currency";
import { B_TILL, SECOND_TILL, TEN } from "../../support/market/vendor.ts";
import { type Json, openMarket } from "../../support/market.ts";
import { create, isReplay, orderOf, P, pay, QUICK_START, said, succeeded, told, withLine } from "../../support/pos.ts";

describe("creating", () => {
  test("swip #16: the quick start is answered as it stands there, again as a replay, and with another cashier not at all", async () => {
    const market = await openMarket();
    const answered = await market.createOrder(QUICK_START);
    const order = succeeded(answered);
    const nothing = { discount: 0, cashback: 0, loyalty: 0, pointsDiscount: 0, withdrawPoints: 0, loyaltyReturned: 0 };
    expect(order).toEqual({
      ...QUICK_START,
      purchases: [{ ...(QUICK_START.purchases as readonly Json[])[0], discount: 0 }],
      ...nothing,
      pointsEarned: 0,
      id: order.id,
      status: "OPEN",
      merchantId: "SWTS",
      merchantName: "Test",
      storeId: "SwipTestStore",
      cashId: "1",
      customerId: null,
      cancelReason: null,
      amount: null,
      payable: 50,
      paid: 0,
      payment: { status: "NONE", method: null, held: 0, captured: 0, refunded: 0 },
      refunds: [],
      refundCount: 0,
      version: 1,
      createdAt: "2026-11-25T08:00:00.000Z",
      updatedAt: "2026-11-25T08:00:00.000Z",
      expiresAt: "2026-11-25T08:01:30.000Z",
    });
    expect(order.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const again = await market.createOrder(QUICK_START);
    expect([said(again), again.body]).toEqual(["200 replayed", answered.body]);
    expect(said(await market.createOrder({ ...QUICK_START, merchantCashier: "Another" }))).toBe("409 1009");
  });

  test("swip #16: a replay is the order as it is by now, whatever the till has done since", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await pay(market);
    succeeded(await market.closeOrder(id, { amount: 90 }));
    await create(market, { ...P, merchantOrderId: "P-2" });
    const again = await market.createOrder(P);
    expect([said(again), told(again)]).toEqual(["200 replayed", succeeded(await market.getOrder(id))]);
    expect(said(await market.createOrder(P, SECOND_TILL))).toBe("409 1009");
  });

  test("swip #16: fields that nobody knows make no difference, and a number is what it says", async () => {
    const market = await openMarket();
    succeeded(await market.createOrder(QUICK_START));
    const spelt = JSON.stringify({ ...QUICK_START, otp: "1234" }).replace('"total":50', '"total":50.00');
    expect(said(await market.createOrder(spelt))).toBe("200 replayed");
  });

  test("the same merchantOrderId at another merchant is another order", async () => {
    const market = await openMarket();
    const [one, other] = [await market.createOrder(P), await market.createOrder(P, B_TILL)];
    expect([one, other].map(isReplay)).toEqual([false, false]);
    expect(succeeded(one).id).not.toBe(succeeded(other).id);
  });

  test.each([
    ["absent", undefined],
    ["empty", ""],
  ])("swip #17: a sessionCode that is %s is drawn", async (_, sessionCode) => {
    const market = await openMarket();
    const { sessionCode: drawn, ...order } = succeeded(await market.createOrder({ ...P, sessionCode }));
    expect(drawn).toMatch(/^https:\/\/[^/]+\/\?qr=[A-Za-z0-9_-]{22}$/);
    expect(succeeded(await market.getOrder(order.id)).sessionCode).toBe(drawn);
  });

  test("fields that were not sent are absent, and a line without an id has one", async () => {
    const market = await openMarket();
    const [line, ...rest] = P.purchases as readonly Json[];
    const { id: _, ...unnamed } = line ?? {};
    const order = succeeded(await market.createOrder({ ...P, purchases: [unnamed, ...rest] }));
    expect([order.merchantOrderNumber, order.merchantCashierId]).toEqual([undefined, undefined]);
    expect(order.purchases[0]).toEqual({ ...unnamed, id: expect.stringMatching(/^[0-9a-f-]{36}$/), discount: 0 });
  });

  const many = orderOf("P-1", ...Array.from({ length: 501 }, () => 1));
  const twoLines = orderOf("P-1", 10, 10);
  const parents = (one: string, other: string) => ({
    ...twoLines,
    purchases: (twoLines.purchases as readonly Json[]).map((line, n) => ({ ...line, parentId: [one, other][n] })),
  });

  test.each<readonly [string, string | Json, readonly string[]]>([
    ["an amount that is not price x quantity", withLine(QUICK_START, { amount: 49.99 }), ["purchases[0].amount"]],
    [
      "a price with an exponent",
      JSON.stringify(QUICK_START).replace('"price":50', '"price":5e1'),
      ["purchases[0].price"],
    ],
    ["a total above the original", { ...QUICK_START, total: 51 }, ["total"]],
    ["501 lines", many, ["purchases"]],
    ["no lines", { ...P, purchases: [] }, ["purchases"]],
    ["a total of nothing", { ...P, total: 0 }, ["total"]],
    ["a negative total", { ...P, total: -1 }, ["total"]],
    ["a fraction of a cent", JSON.stringify(P).replace('"total":100', '"total":99.999'), ["total"]],
    ["a total as a text", { ...P, total: "100" }, ["total"]],
    ["an original that is not the lines' sum", { ...P, totalOriginal: 102.01 }, ["totalOriginal"]],
    ["a quantity finer than a thousandth", withLine(QUICK_START, { quantity: 1.0001 }), ["purchases[0].quantity"]],
    ["a quantity of nothing", withLine(QUICK_START, { quantity: 0 }), ["purchases[0].quantity"]],
    ["a line without a name", withLine(QUICK_START, { name: "" }), ["purchases[0].name"]],
    ["no cashier", { ...P, merchantCashier: undefined }, ["merchantCashier"]],
    ["a day that is none", { ...P, saleDate: 4102444800001 }, ["saleDate"]],
    ["a merchantOrderId too long", { ...P, merchantOrderId: "x".repeat(65) }, ["merchantOrderId"]],
    ["a sessionCode too long", { ...P, sessionCode: "x".repeat(513) }, ["sessionCode"]],
    ["two lines of one id", withLine(P, { id: "l-2" }), ["purchases[1].id"]],
    ["a parent that is nowhere", withLine(P, { parentId: "l-9" }), ["purchases[0].parentId"]],
    ["a line that is its own parent", withLine(P, { parentId: "l-1" }), ["purchases[0].parentId"]],
    ["a circle of parents", parents("l-2", "l-1"), ["purchases[0].parentId", "purchases[1].parentId"]],
  ])("swip #18: %s is invalid", async (_, body, fields) => {
    const market = await openMarket();
    const answered = await market.createOrder(body);
    expect(said(answered)).toBe("400 1003");
    const named = told(answered).fieldErrors.map(({ field }: { field: string }) => field);
    expect(named).toEqual(fields);
    expect(told(await market.listOrders())).toEqual({ orders: [], nextCursor: null });
  });

  test("swip #18: says why in the words of its error", async () => {
    const { createOrder } = await openMarket();
    expect(told(await createOrder(withLine(QUICK_START, { amount: 49.99 })))).toEqual({
      code: 1003,
      description: "Invalid request",
      timestamp: "2026-11-25T08:00:00.000Z",
      fieldErrors: [{ field: "purchases[0].amount", message: "must equal price x quantity" }],
    });
  });

  test("half a minor unit more or less of a line, and a minor unit a line of a sum, are roundings", async () => {
    const market = await openMarket();
    const third = withLine(orderOf("P-1", 0.33, 0.33, 0.33), { price: 0.99, quantity: 0.333 });
    succeeded(await market.createOrder({ ...third, total: 1, totalOriginal: 1.02 }));
    expect(said(await market.createOrder({ ...third, merchantOrderId: "P-2", totalOriginal: 1.03 }))).toBe("400 1003");
  });
});

describe("money", () => {
  const ofTotal = (text: string): string => {
    const line = `{"id":"l-1","name":"Line","quantity":1,"price":${text},"amount":${text}}`;
    return `{"merchantOrderId":"M-1","merchantCashier":"Ann","saleDate":0,"total":${text},"totalOriginal":${text},"purchases":[${line}]}`;
  };

  test.each([
    ["EUR", "49.50", "49.5"],
    ["EUR", "49.500", "49.5"],
    ["EUR", "50.0", "50"],
    ["EUR", `50.${"0".repeat(50)}`, "50"],
    ["EUR", "0.01", "0.01"],
    ["EUR", "10000000000", "10000000000"],
    ["JPY", "50.00", "50"],
    ["JPY", "1000000000000", "1000000000000"],
    ["KWD", "1.005", "1.005"],
    ["KWD", "1.0050", "1.005"],
  ])("in %s, %s is read exactly, and told as %s", async (currency, said_, answered) => {
    const { createOrder } = await openMarket({ currency: currency as Currency });
    const { status, body } = await createOrder(ofTotal(said_));
    expect([status, /"payable":([^,]*),/.exec(body)?.[1]]).toEqual([200, answered]);
  });

  test.each([
    ["EUR", "49.999"],
    ["EUR", "0.001"],
    ["EUR", "10000000000.01"],
    ["EUR", "5e1"],
    ["EUR", "-1"],
    ["JPY", "50.5"],
    ["JPY", "1000000000001"],
    ["KWD", "1.0055"],
  ])("in %s, %s is none", async (currency, said_) => {
    const { createOrder } = await openMarket({ currency: currency as Currency });
    const answered = await createOrder(ofTotal(said_));
    const fields = told(answered).fieldErrors.map(({ field }: { field: string }) => field);
    expect([said(answered), fields.toSorted()]).toEqual([
      "400 1003",
      ["purchases[0].amount", "purchases[0].price", "total", "totalOriginal"],
    ]);
  });
});
