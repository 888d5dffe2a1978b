/** swip.md 10, rows 19 and 20: which tills may ask, and how many orders one has. */
import { describe, expect, test } from "vitest";
import { registerPlace } from "#pos/place.item";
import { examineMarket } from "../../support/examination/pos.ts";
import { A, B_TILL, RESTAURANT, SECOND_TILL, TEN, TILL } from "../../support/market/vendor.ts";
import { itemsOf, type Json, type Market, openMarket, tillHeaders } from "../../support/market.ts";
import { bind, create, P, pay, said, succeeded, told } from "../../support/pos.ts";

const WHOLE = [50_000n, 0n];

const stateOf = async ({ getOrder }: Market, id: string, at = TILL) => {
  const { status, cancelReason } = succeeded(await getOrder(id, at));
  return cancelReason === null ? status : `${status} ${cancelReason}`;
};

describe("a till", () => {
  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(tillHeaders(TILL)).filter(([header]) => header !== name));
  const withHeader = (name: string, value: string): Record<string, string> => ({ ...tillHeaders(TILL), [name]: value });
  const whole = JSON.stringify(P);

  test.each<readonly [string, Record<string, string>, string, string]>([
    ["without a token", without("authorization"), whole, "401 1004"],
    ["with nobody's token", withHeader("authorization", "Bearer nobody-has-this"), whole, "401 1004"],
    ["with a token of another kind", withHeader("authorization", `Basic ${A.token}`), whole, "401 1004"],
    ["of another merchant", withHeader("x-merchant-id", "SWT2"), whole, "403 1005"],
    ["of a merchant that is none", withHeader("x-merchant-id", "NONE"), whole, "403 1005"],
    ["at a store that is unknown", withHeader("x-store-id", "Elsewhere"), whole, "403 1005"],
    ["that is unknown", withHeader("x-cash-id", "99"), whole, "403 1005"],
    ["without a merchant's id", without("x-merchant-id"), whole, "400 1002"],
    ["without a store's id", without("x-store-id"), whole, "400 1002"],
    ["without its own id", without("x-cash-id"), whole, "400 1002"],
    ["with a merchant's id that is none", withHeader("x-merchant-id", "SW TS"), whole, "400 1002"],
    ["with an id too long", withHeader("x-cash-id", "1".repeat(65)), whole, "400 1002"],
    ["with an empty id", withHeader("x-cash-id", ""), whole, "400 1002"],
    ["of a version to come", withHeader("api-version", "4"), whole, "400 1002"],
    ["of a version past", withHeader("api-version", "1"), whole, "400 1002"],
    ["with another type of content", withHeader("content-type", "text/plain"), whole, "400 1002"],
    ["with JSON that was cut", tillHeaders(TILL), whole.slice(0, -1), "400 1001"],
    ["with no JSON at all", tillHeaders(TILL), "", "400 1001"],
  ])("swip #19: %s is refused", async (_, headers, body, expected) => {
    const { call } = await openMarket();
    expect(said(await call("POST /orders", { headers, body }))).toBe(expected);
  });

  test("swip #19: hears first of its token, then of headers, merchant, store and till, JSON, fields, and last of the order", async () => {
    const market = await openMarket();
    const wrong = { authorization: "Bearer none", "api-version": "4", "x-merchant-id": "SWT2", "x-cash-id": "99" };
    const mended: readonly (readonly [Json, string, string])[] = [
      [{}, "{", "401 1004"],
      [{ authorization: `Bearer ${A.token}` }, "{", "400 1002"],
      [{ "api-version": "3" }, "{", "403 1005"],
      [{ "x-merchant-id": "SWTS" }, "{", "403 1005"],
      [{ "x-cash-id": "1" }, "{", "400 1001"],
      [{}, '{"amount":"x"}', "400 1003"],
      [{}, '{"amount":1}', "404 1006"],
    ];
    let headers: Record<string, string> = { ...tillHeaders(TILL), ...wrong };
    for (const [mending, body, expected] of mended) {
      headers = { ...headers, ...(mending as Record<string, string>) };
      const route = "PUT /orders/00000000-0000-7000-8000-00000000ffff/refund";
      expect([body, said(await market.call(route, { headers, body }))]).toEqual([body, expected]);
    }
  });

  test("swip #19: a header's refusal names it", async () => {
    const { call } = await openMarket();
    const answered = await call("POST /orders", { headers: without("x-cash-id"), body: whole });
    expect(told(answered)).toEqual({
      code: 1002,
      description: "Bad header",
      timestamp: "2026-11-25T08:00:00.000Z",
      fieldErrors: [{ field: "X-Cash-ID", message: expect.any(String) }],
    });
  });

  test("without a version speaks the second, and blanks may stand within its id", async () => {
    const market = await openMarket({ autoRegister: true });
    const { "api-version": _, ...headers } = tillHeaders({ ...TILL, cashId: "Till at the door" });
    expect(succeeded(await market.call("POST /orders", { headers, body: whole })).cashId).toBe("Till at the door");
  });

  test("is registered with its first order where its merchant lets it be, and with no other call", async () => {
    const market = await openMarket({ autoRegister: true });
    const elsewhere = { ...TILL, storeId: "Elsewhere", cashId: "99" };
    const places = () =>
      itemsOf(market, "posPlace").flatMap(({ storeId, cashId }) =>
        storeId === "Elsewhere" ? (cashId ?? "itself") : [],
      );
    const id = await create(market);
    expect(said(await market.createOrder({ ...P, total: 0 }, elsewhere))).toBe("400 1003");
    expect(said(await market.getOrder(id, elsewhere))).toBe("403 1005");
    expect(places()).toEqual([]);
    await create(market, P, elsewhere);
    expect(said(await market.getOrder(id, elsewhere))).toBe("200");
    expect(places()).toEqual(["itself", "99"]);
  });

  test("works as its store does, unless it has a mode of its own", async () => {
    const market = await openMarket({ autoRegister: true });
    const cafe = { ...TILL, storeId: "Cafe" };
    const places = [
      { storeId: "Cafe", mode: "restaurant" },
      { storeId: "Cafe", cashId: "kiosk", mode: "retail" },
    ] as const;
    await market.world.twin.commit(
      places.map((place) => registerPlace(A.tenant, place)),
      "a cafe",
    );
    const lives = async (cashId: string) => {
      const { expiresAt } = succeeded(await market.createOrder({ ...P, merchantOrderId: cashId }, { ...cafe, cashId }));
      return Date.parse(expiresAt) - market.world.clock.nowMs;
    };
    expect([await lives("table 1"), await lives("kiosk")]).toEqual([36_000_000, 90_000]);
  });

  test("swip #20: replaces its unpaid order by a new one", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const first = await bind(market);
    const second = await create(market, { ...P, merchantOrderId: "P-2" });
    expect(await stateOf(market, first)).toBe("CANCELLED REPLACED");
    expect(await stateOf(market, second)).toBe("OPEN");
    expect(said(await market.payOrder(first, { paymentId: "p-1" }))).toBe("409 1007");
    await examineMarket(market);
  });

  test("swip #20: begins no new order while one is paid", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const first = await pay(market);
    expect(said(await market.createOrder({ ...P, merchantOrderId: "P-2" }))).toBe("409 1010");
    await create(market, { ...P, merchantOrderId: "P-2" }, SECOND_TILL);
    succeeded(await market.closeOrder(first, { amount: 90 }));
    await create(market, { ...P, merchantOrderId: "P-3" });
    await examineMarket(market);
  });

  test("swip #20: begins a new order when the paid one is over, swept or not", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const first = await pay(market);
    market.world.clock.advance(90_000);
    const second = await create(market, { ...P, merchantOrderId: "P-2" });
    expect([await stateOf(market, first), await stateOf(market, second)]).toEqual(["EXPIRED", "OPEN"]);
    await market.sweep();
    expect([await stateOf(market, first), await stateOf(market, second)]).toEqual(["EXPIRED", "OPEN"]);
    expect(await market.wallet()).toEqual(WHOLE);
    await examineMarket(market);
  });

  test("swip #20: that creates two at once has one open", async () => {
    const market = await openMarket();
    const ids = await Promise.all(["P-1", "P-2"].map((merchantOrderId) => create(market, { ...P, merchantOrderId })));
    const states = await Promise.all(ids.map((id) => stateOf(market, id)));
    expect(states.toSorted()).toEqual(["CANCELLED REPLACED", "OPEN"]);
    expect(
      told(await market.findOrders({ merchantId: "SWTS", storeId: "SwipTestStore", cashId: "1" })).orders,
    ).toHaveLength(1);
  });

  test("of a restaurant holds many", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const ids = [
      await pay(market, P, RESTAURANT),
      await create(market, { ...P, merchantOrderId: "P-2" }, RESTAURANT),
      await create(market, { ...P, merchantOrderId: "P-3" }, RESTAURANT),
    ];
    expect(await Promise.all(ids.map((id) => stateOf(market, id, RESTAURANT)))).toEqual(["OPEN", "OPEN", "OPEN"]);
  });

  test("sees every order of its merchant, and none of another's", async () => {
    const market = await openMarket();
    const id = await create(market);
    expect(said(await market.getOrder(id, RESTAURANT))).toBe("200");
    expect(said(await market.getOrder(id, B_TILL))).toBe("404 1006");
    expect(said(await market.closeOrder(id, { amount: 100 }, B_TILL))).toBe("404 1006");
    expect(told(await market.listOrders({}, B_TILL)).orders).toEqual([]);
    const { status, body } = await market.call(`GET /orders/${id}/status`, { headers: tillHeaders(TILL) });
    expect([status, body]).toEqual([200, (await market.getOrder(id)).body]);
  });
});
