/** swip.md 10, rows 21-25: the app finds, sees and pays orders. */
import { describe, expect, test } from "vitest";
import type { Currency } from "#kernel/currency";
import { DAY_MS } from "#kernel/time";
import { examineMarket } from "../../support/examination/pos.ts";
import { B_TILL, RESTAURANT, SECOND_TILL, TEN, TILL, type Till } from "../../support/market/vendor.ts";
import { type Json, type Market, openMarket } from "../../support/market.ts";
import { bind, create, P, pay, said, standing, standingIn, standingOf, succeeded, told } from "../../support/pos.ts";

const CODE = "https://swip.one/?qr=static";
const coded = (merchantOrderId: string): Json => ({ ...P, merchantOrderId, sessionCode: CODE });
const tillQuery = ({ of, storeId, cashId }: Till) => ({ merchantId: of.merchantId, storeId, cashId });

const foundBy = async ({ findOrders }: Market, query: Readonly<Record<string, string>>): Promise<unknown> => {
  const answered = await findOrders(query);
  if (answered.status !== 200) return said(answered);
  const { orders, nextCursor } = told(answered);
  return [...orders.map(({ id }: { id: string }) => id), nextCursor];
};

describe("the app finds", () => {
  test("swip #21: by a code that two merchants use the newest order of the first that did", async () => {
    const market = await openMarket();
    const mine = await create(market, coded("P-1"), RESTAURANT);
    const theirs = await create(market, coded("P-1"), B_TILL);
    expect(await foundBy(market, { sessionCode: CODE })).toEqual([mine, null]);
    const newer = await create(market, coded("P-2"), RESTAURANT);
    await create(market, { ...coded("P-3"), sessionCode: "another" }, RESTAURANT);
    expect(await foundBy(market, { sessionCode: CODE })).toEqual([newer, null]);
    expect(await foundBy(market, { sessionCode: CODE, ...tillQuery(B_TILL) })).toEqual([theirs, null]);
  });

  test("by a code nothing, when its newest order is over, and an older one that is not", async () => {
    const market = await openMarket();
    expect(await foundBy(market, { sessionCode: CODE })).toBe("404 1006");
    const id = await create(market, coded("P-1"));
    succeeded(await market.cancelOrder(id));
    expect(await foundBy(market, { sessionCode: CODE })).toBe("404 1006");
    const older = await create(market, coded("P-2"), RESTAURANT);
    expect(await foundBy(market, { sessionCode: CODE })).toBe("404 1006");
    expect(await foundBy(market, { sessionCode: CODE, ...tillQuery(RESTAURANT) })).toEqual([older, null]);
  });

  test("by a code the order of another till, once the first has not used it for thirty days", async () => {
    const market = await openMarket();
    await create(market, coded("P-1"));
    market.world.clock.advance(30 * DAY_MS - 1);
    await create(market, coded("P-1"), B_TILL);
    expect(await foundBy(market, { sessionCode: CODE })).toBe("404 1006");
    market.world.clock.advance(1);
    const theirs = await create(market, coded("P-2"), B_TILL);
    expect(await foundBy(market, { sessionCode: CODE })).toEqual([theirs, null]);
  });

  test("by a till its one open order, at a restaurant none", async () => {
    const market = await openMarket();
    expect(await foundBy(market, tillQuery(TILL))).toBe("404 1006");
    const id = await create(market);
    await create(market, { ...P, merchantOrderId: "P-2" }, SECOND_TILL);
    await create(market, { ...P, merchantOrderId: "P-3" }, RESTAURANT);
    expect(await foundBy(market, tillQuery(TILL))).toEqual([id, null]);
    expect(await foundBy(market, tillQuery(RESTAURANT))).toBe("404 1006");
    expect(await foundBy(market, { ...tillQuery(TILL), merchantId: "NONE" })).toBe("404 1006");
    market.world.clock.advance(90_000);
    expect(await foundBy(market, tillQuery(TILL))).toBe("404 1006");
  });

  test.each([
    { merchantId: "SWTS" },
    { merchantId: "SWTS", storeId: "SwipTestStore" },
    { storeId: "SwipTestStore", cashId: "1" },
    { sessionCode: CODE, cashId: "1" },
  ])("nothing by a part of a till: %o", async (query) => {
    const market = await openMarket();
    await create(market, coded("P-1"));
    expect(await foundBy(market, query as unknown as Record<string, string>)).toBe("400 1003");
  });

  test("its own orders, newest first, page by page, and nobody else's", async () => {
    const market = await openMarket();
    const ids: string[] = [];
    for (const n of [1, 2, 3]) {
      ids.push(await bind(market, { ...P, merchantOrderId: `P-${n}` }, RESTAURANT));
      market.world.clock.advance(1);
    }
    const others = await create(market, { ...P, merchantOrderId: "P-4" }, RESTAURANT);
    succeeded(await market.viewOrder(others, "c-2"));
    const first = succeeded(await market.findOrders({ limit: "2" }));
    const second = succeeded(await market.findOrders({ limit: "2", cursor: first.nextCursor }));
    expect([first, second].map(({ orders }) => orders.map(({ id }: { id: string }) => id))).toEqual([
      [ids[2], ids[1]],
      [ids[0]],
    ]);
    expect(second.nextCursor).toBe(null);
    expect(first.orders[0].refunds).toBe(undefined);
    expect(said(await market.findOrders({ limit: "101" }))).toBe("400 1003");
    expect(said(await market.findOrders({ limit: "2", cursor: "nonsense" }))).toBe("400 1003");
    expect(said(await market.findOrders({ limit: "2", cursor: first.nextCursor }, "c-2"))).toMatch(/^(200|400 1003)$/);
  });
});

describe("an order", () => {
  test("swip #22: that is bound to one customer is nobody else's", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await bind(market);
    const answers = [
      await market.viewOrder(id, "c-2"),
      await market.payOrder(id, { paymentId: "p-1" }, "c-2"),
      await market.redeemPoints(id, { points: 0 }, "c-2"),
      await market.payAtTill(id, { method: "CASH" }, "c-2"),
      await market.findOrders(tillQuery(TILL), "c-2"),
    ];
    expect(answers.map(said)).toEqual(["409 1011", "409 1011", "409 1011", "409 1011", "409 1011"]);
    succeeded(await market.closeOrder(id, { amount: 90 }));
    expect(said(await market.viewOrder(id, "c-2"))).toBe("409 1011");
    expect(said(await market.viewOrder(id))).toBe("200");
  });

  test("that was never bound is nobody's once it is over", async () => {
    const market = await openMarket();
    const id = await create(market);
    succeeded(await market.closeOrder(id, { amount: 100 }));
    expect(said(await market.viewOrder(id))).toBe("404 1006");
    expect(said(await market.viewOrder("00000000-0000-7000-8000-00000000ffff"))).toBe("404 1006");
    expect(said(await market.viewOrder("nothing"))).toBe("404 1006");
  });

  test("is bound by whoever pays it, without a look before", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const [one, two] = [await create(market), await create(market, { ...P, merchantOrderId: "P-2" }, SECOND_TILL)];
    expect(succeeded(await market.payOrder(one, { paymentId: "p-1" })).paid).toBe(90);
    expect(succeeded(await market.payAtTill(two, { method: "CARD" }, "c-2")).loyalty).toBe(10);
    expect([said(await market.viewOrder(one, "c-2")), said(await market.viewOrder(two))]).toEqual([
      "409 1011",
      "409 1011",
    ]);
    await examineMarket(market);
  });
});

describe("paying", () => {
  test.each(["hold", "debit"] as const)(
    "swip #23: with too little in the wallet waits for more, with %s",
    async (payment) => {
      const market = await openMarket({ payment, campaigns: [TEN], wallets: { "c-1": "89.99" } });
      const id = await bind(market);
      expect(said(await market.payOrder(id, { paymentId: "p-1" }))).toBe("409 1012");
      expect(await standingOf(market, id)).toEqual(standing());
      expect(await market.wallet()).toEqual([8_999n, 0n]);
      await market.topUp("0.01");
      expect(said(await market.payOrder(id, { paymentId: "p-1" }))).toBe("200");
      expect(await market.wallet()).toEqual([0n, payment === "hold" ? 9_000n : 0n]);
      await examineMarket(market);
    },
  );

  test.each(["hold", "debit"] as const)("swip #24: five times at once pays once, with %s", async (payment) => {
    const market = await openMarket({ payment, campaigns: [TEN] });
    const id = await bind(market);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => market.payOrder(id, { paymentId: "p-1", payable: 90 })),
    );
    expect(answers.map(said).toSorted()).toEqual(["200", ...Array.from({ length: 4 }, () => "200 replayed")]);
    expect(new Set(answers.map((answered) => JSON.stringify(standingIn(told(answered))))).size).toBe(1);
    expect(await market.wallet()).toEqual([41_000n, payment === "hold" ? 9_000n : 0n]);
    await examineMarket(market);
  });

  test("in a currency that the customer has no wallet in is too little", async () => {
    const market = await openMarket({ others: { B: { currency: "USD" as Currency } } });
    const id = await bind(market, P, B_TILL);
    expect(said(await market.payOrder(id, { paymentId: "p-1" }))).toBe("409 1012");
    expect(said(await market.payAtTill(id, { method: "CASH" }))).toBe("200");
    await examineMarket(market);
  });

  test("again under the same key is a replay, of another order or content it is refused, under another key it is paid already", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await bind(market);
    const other = await bind(market, { ...P, merchantOrderId: "P-2" }, RESTAURANT);
    const first = await market.payOrder(id, { paymentId: "p-1", payable: 90 });
    const again = await market.payOrder(id, { paymentId: "p-1", payable: 90 });
    expect([said(again), told(again).paid]).toEqual(["200 replayed", succeeded(first).paid]);
    expect(said(await market.payOrder(id, { paymentId: "p-1", payable: 91 }))).toBe("409 1009");
    expect(said(await market.payOrder(other, { paymentId: "p-1", payable: 90 }))).toBe("409 1009");
    expect(said(await market.payOrder(id, { paymentId: "p-2" }))).toBe("409 1010");
    expect(said(await market.payAtTill(id, { method: "CASH" }))).toBe("409 1010");
    expect(said(await market.redeemPoints(id, { points: 0 }))).toBe("409 1010");
    succeeded(await market.closeOrder(id, { amount: 90 }));
    expect(said(await market.payOrder(id, { paymentId: "p-1", payable: 90 }))).toBe("200 replayed");
    expect(said(await market.payOrder(id, { paymentId: "p-3" }))).toBe("409 1007");
  });

  test("swip #25: what has changed since it was seen is refused, and paid as it is by now", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await bind(market);
    succeeded(await market.cancelOrder(id, { purchases: [{ id: "l-2", quantity: 1 }] }));
    const refused = await market.payOrder(id, { paymentId: "p-1", payable: 90 });
    expect([said(refused), told(refused).fieldErrors.map(({ field }: { field: string }) => field)]).toEqual([
      "400 1003",
      ["payable"],
    ]);
    expect(succeeded(await market.payOrder(id, { paymentId: "p-1", payable: 72 })).paid).toBe(72);
    await examineMarket(market);
  });

  test.each<readonly [string, Json]>([
    ["no paymentId", { payable: 90 }],
    ["an empty one", { paymentId: "" }],
    ["one too long", { paymentId: "p".repeat(65) }],
    ["a payable that is no money", { paymentId: "p-1", payable: "90" }],
  ])("with %s is invalid", async (_, body) => {
    const market = await openMarket({ campaigns: [TEN] });
    expect(said(await market.payOrder(await bind(market), body))).toBe("400 1003");
    expect(await market.wallet()).toEqual([50_000n, 0n]);
  });

  test("when the order is over is refused", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await bind(market);
    market.world.clock.advance(90_000);
    const answers = [
      await market.payOrder(id, { paymentId: "p-1" }),
      await market.payAtTill(id, { method: "CASH" }),
      await market.redeemPoints(id, { points: 0 }),
    ];
    expect(answers.map(said)).toEqual(["409 1007", "409 1007", "409 1007"]);
    expect(said(await market.viewOrder(id))).toBe("200");
  });

  test("at the till, by which method only the last choice tells", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await bind(market);
    for (const method of ["CASH", "CARD", "CARD"]) succeeded(await market.payAtTill(id, { method }));
    expect((await standingOf(market, id)).payment.method).toBe("CARD");
    expect(said(await market.payAtTill(id, { method: "WALLET" }))).toBe("400 1003");
  });
});

test("an order that was paid is seen so by its payer, with its points", async () => {
  const market = await openMarket({ campaigns: [TEN] });
  const id = await pay(market);
  const { pointsBalance, pointsMax, ...seen } = succeeded(await market.viewOrder(id));
  expect([pointsBalance, pointsMax]).toEqual([0, 0]);
  expect(seen).toEqual(succeeded(await market.getOrder(id)));
});
