/** swip.md 4, and 10, row 37: the statement of a merchant's orders. */
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#kernel/time";
import { B_TILL, RESTAURANT, TEN } from "../../support/market/vendor.ts";
import { type Market, openMarket } from "../../support/market.ts";
import { close, create, P, said, succeeded, told } from "../../support/pos.ts";

type Query = Readonly<Record<string, string>>;

const listed = async ({ listOrders }: Market, query: Query = {}): Promise<readonly string[]> =>
  succeeded(await listOrders(query)).orders.map(({ merchantOrderId }: { merchantOrderId: string }) => merchantOrderId);

/** All pages, one after the other. */
const pages = async (market: Market, query: Query): Promise<readonly (readonly string[])[]> => {
  const all: string[][] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = succeeded(await market.listOrders({ ...query, ...(cursor !== "" && { cursor }) }));
    all.push(page.orders.map(({ merchantOrderId }: { merchantOrderId: string }) => merchantOrderId));
    cursor = page.nextCursor;
  }
  return all;
};

/** Three orders at a restaurant's till, an hour apart, the newest now; one of them by the other till. */
const openThree = async (apartMs = HOUR_MS) => {
  const market = await openMarket({ campaigns: [TEN] });
  await create(market, { ...P, merchantOrderId: "P-1" }, RESTAURANT);
  market.world.clock.advance(apartMs);
  await create(market, { ...P, merchantOrderId: "P-2" });
  market.world.clock.advance(apartMs);
  await create(market, { ...P, merchantOrderId: "P-3" }, RESTAURANT);
  await create(market, { ...P, merchantOrderId: "theirs" }, B_TILL);
  market.world.clock.advance(1);
  return market;
};

describe("the statement", () => {
  test("swip #37: tells each order of the merchant once, newest first, page by page", async () => {
    const market = await openThree();
    const all = await pages(market, { limit: "2" });
    expect(all.flat()).toEqual(["P-3", "P-2", "P-1"]);
    expect(all[0]).toHaveLength(2);
    expect(await listed(market)).toEqual(["P-3", "P-2", "P-1"]);
    expect(await listed(market, { limit: "1" })).toEqual(["P-3"]);
  });

  test("swip #37: goes on where it was when new orders come in between", async () => {
    const market = await openThree();
    const { orders, nextCursor } = succeeded(await market.listOrders({ limit: "2" }));
    await create(market, { ...P, merchantOrderId: "P-4" }, RESTAURANT);
    const rest = succeeded(await market.listOrders({ limit: "2", cursor: nextCursor }));
    const names = [...orders, ...rest.orders].map(({ merchantOrderId }) => merchantOrderId);
    expect(names).toEqual(["P-3", "P-2", "P-1"]);
  });

  test("tells orders as they are answered alone, but for their refunds", async () => {
    const market = await openMarket({ campaigns: [TEN] });
    const id = await close(market);
    succeeded(await market.refundOrder(id, { amount: 1 }));
    market.world.clock.advance(1);
    const { refunds, ...order } = succeeded(await market.getOrder(id));
    expect(refunds).toHaveLength(1);
    expect(succeeded(await market.listOrders()).orders).toEqual([order]);
  });

  test("begins with an instant and ends before another, and covers the last day unless it is told", async () => {
    const market = await openThree(20 * HOUR_MS);
    expect(await listed(market)).toEqual(["P-3", "P-2"]);
    const [from, to] = ["2026-11-25T08:00:00.000Z", "2026-11-27T00:00:00.000Z"];
    expect(await listed(market, { from, to })).toEqual(["P-2", "P-1"]);
    expect(await listed(market, { from: "2026-11-25T08:00:00.001Z", to })).toEqual(["P-2"]);
    expect(await listed(market, { from, to: "2026-11-26T04:00:00.000Z" })).toEqual(["P-1"]);
    expect(await pages(market, { from, to: "2026-11-28T00:00:00.000Z", limit: "1" })).toEqual(
      expect.arrayContaining([["P-3"], ["P-2"], ["P-1"]]),
    );
  });

  test("knows orders by what they are now, swept or not", async () => {
    const market = await openThree();
    expect(await listed(market, { status: "OPEN" })).toEqual(["P-3", "P-1"]);
    expect(await listed(market, { status: "EXPIRED" })).toEqual(["P-2"]);
    await market.sweep();
    expect(await listed(market, { status: "EXPIRED" })).toEqual(["P-2"]);
    expect(await listed(market, { status: "CANCELLED" })).toEqual([]);
  });

  test("of a status that few have goes through all pages", async () => {
    const market = await openThree();
    expect((await pages(market, { status: "EXPIRED", limit: "1" })).flat()).toEqual(["P-2"]);
  });

  test.each<readonly [string, Query]>([
    ["no page", { limit: "0" }],
    ["a page too long", { limit: "101" }],
    ["half a page", { limit: "1.5" }],
    ["a status that is none", { status: "PAID" }],
    ["a time that is none", { from: "yesterday" }],
    ["an end before the beginning", { from: "2026-11-25T08:00:00.000Z", to: "2026-11-24T08:00:00.000Z" }],
    ["more than 31 days", { from: "2026-10-01T00:00:00.000Z", to: "2026-11-01T00:00:00.001Z" }],
    ["a cursor of nobody's", { cursor: "nonsense" }],
  ])("of %s is invalid", async (_, query) => {
    const { listOrders } = await openThree();
    const answered = await listOrders(query);
    expect([said(answered), told(answered).fieldErrors.length > 0]).toEqual(["400 1003", true]);
  });

  test("of 31 days is one", async () => {
    const market = await openThree();
    market.world.clock.advance(29 * DAY_MS);
    const range = { from: "2026-11-25T00:00:00.000Z", to: "2026-12-26T00:00:00.000Z" };
    expect((await pages(market, range)).flat()).toEqual(["P-3", "P-2", "P-1"]);
  });
});
