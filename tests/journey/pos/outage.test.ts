/** swip.md 6, 9: what tills and apps hear while the table is slow, throttled or gone, or we have a bug; and that nothing is half done. */
import { describe, expect, test } from "vitest";
import { Fault, Outage, Refused, refuse } from "#kernel/refusal";
import { keyIn } from "#store/item";
import { MOST_SENDINGS } from "#store/sending";
import { put, type Store } from "#store/write";
import type { FaultKind } from "../../../local/dynamodb/faults.ts";
import type { Answered } from "../../support/desk.ts";
import { openEngineStore } from "../../support/engine.ts";
import { RESTAURANT, TEN } from "../../support/market/vendor.ts";
import { type Market, openMarket } from "../../support/market.ts";
import { bind, close, P, pay, said, succeeded, told } from "../../support/pos.ts";

/** Orders of a restaurant's till, by how far they have come. */
interface Given {
  readonly bound: string;
  readonly paid: string;
  readonly held: string;
  readonly captured: string;
}

const named = (merchantOrderId: string) => ({ ...P, merchantOrderId });

const begin = async (market: Market): Promise<Given> => {
  const bound = await bind(market, named("bound"), RESTAURANT);
  const paid = await pay(market, named("paid"), RESTAURANT);
  const held = await close(market, named("held"), RESTAURANT);
  const captured = await close(market, named("captured"), RESTAURANT);
  return { bound, paid, held, captured };
};

/** A market whose table then goes wrong. */
const openTroubled = async (wrong: Partial<Store>, captureDelaySeconds: number) => {
  let isWrong = false;
  const replace = (twin: Store): Store => ({
    ...twin,
    read: (keys) => (isWrong && wrong.read ? wrong.read(keys) : twin.read(keys)),
    readEach: (keys) => (isWrong && wrong.readEach ? wrong.readEach(keys) : twin.readEach(keys)),
    list: (range) => (isWrong && wrong.list ? wrong.list(range) : twin.list(range)),
    commit: (writes, token) => (isWrong && wrong.commit ? wrong.commit(writes, token) : twin.commit(writes, token)),
  });
  const points = { earnPercent: "5", redeemMaxShare: "0.3", pointValueMinor: 100 };
  const market = await openMarket({ campaigns: [TEN], points, balance: 50n, captureDelaySeconds, replace });
  const given = await begin(market);
  const break_ = (): void => {
    isWrong = true;
  };
  return { market, given, break_ };
};

const calls: Readonly<Record<string, (market: Market, given: Given) => Promise<Answered>>> = {
  "an order": (market) => market.createOrder(named("new")),
  "a close": (market, { paid }) => market.closeOrder(paid, { amount: 90 }, RESTAURANT),
  "a close that fails": (market, { paid }) => market.closeOrder(paid, { amount: 95 }, RESTAURANT),
  "a refund": (market, { captured }) => market.refundOrder(captured, { amount: 1 }, RESTAURANT),
  "a cancelled payment": (market, { held }) => market.cancelPayment(held, RESTAURANT),
  "a cancelled order": (market, { paid }) => market.cancelOrder(paid, undefined, RESTAURANT),
  "a wish for points": (market, { bound }) => market.redeemPoints(bound, { points: 1 }),
  "a payment": (market, { bound }) => market.payOrder(bound, { paymentId: "p-new" }),
  "a choice of method": (market, { bound }) => market.payAtTill(bound, { method: "CASH" }),
};

const fail = (error: Error) => async () => {
  throw error;
};

const troubles: readonly (readonly [string, Partial<Store>, "503 1018" | "500 1017"])[] = [
  ["throttles writes", { commit: async () => ({ done: false, otherwise: "throttled" }) }, "503 1018"],
  ["has its writes meet others", { commit: async () => ({ done: false, otherwise: "conflict" }) }, "503 1018"],
  [
    "throttles reads",
    { read: fail(new Refused(refuse("BUSY"))), commit: async () => ({ done: false, otherwise: "throttled" }) },
    "503 1018",
  ],
  ["does not answer", { read: fail(new Outage("gone")), commit: fail(new Outage("gone")) }, "503 1018"],
  ["meets a bug", { read: fail(new Fault("a bug")), commit: fail(new TypeError("a bug")) }, "500 1017"],
];

const descriptions = { "503 1018": "Temporarily unavailable", "500 1017": "Internal error" };

describe.each(Object.entries(calls))("%s", (name, ask) => {
  test.each(troubles)("of a table that %s changes nothing, and may be sent again", async (_, wrong, expected) => {
    const { break_, market, given } = await openTroubled(wrong, name === "a cancelled payment" ? 3600 : 0);
    const limits = (pk: unknown) => String(pk).includes("#rate#");
    const things = () => market.world.twin.items().filter(({ pk }) => !limits(pk));
    const before = things();
    break_();
    const answered = await ask(market, given);
    expect(said(answered)).toBe(expected);
    expect(told(answered)).toEqual({
      code: Number(expected.slice(4)),
      description: descriptions[expected],
      timestamp: "2026-11-25T08:00:00.000Z",
      fieldErrors: [],
    });
    expect(answered.headers["retry-after"]).toEqual(
      expected === "503 1018" ? expect.stringMatching(/^[1-9]\d*$/) : undefined,
    );
    expect(things()).toEqual(before);
  });
});

test("statements and the app's own orders tell that the table does not answer", async () => {
  const gone = fail(new Outage("gone"));
  const { break_, market } = await openTroubled({ read: gone, list: gone }, 0);
  break_();
  expect([await market.listOrders(), await market.findOrders()].map(said)).toEqual(["503 1018", "503 1018"]);
});

describe("on the embedded table", () => {
  const onTheEngine = async () => {
    const { store, engine } = await openEngineStore();
    const market = await openMarket({ campaigns: [TEN], replace: () => store });
    for (const item of market.world.twin.items())
      await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
    return { market, id: await pay(market), faults: engine.faults };
  };

  /** As often as a call is sent at the most: faults are told apart. */
  const always = (kind: FaultKind) =>
    Array.from({ length: MOST_SENDINGS }, () => ({ operation: "TransactWriteItems", kind }));

  test.each<FaultKind>(["throttle", "timeoutBefore"])("a close that meets %s does not count", async (kind) => {
    const { market, id, faults } = await onTheEngine();
    faults.next(...always(kind));
    expect(said(await market.closeOrder(id, { amount: 95 }))).toBe("503 1018");
    expect(faults.pending()).toEqual([]);
    expect(said(await market.closeOrder(id, { amount: 90 }))).toBe("200");
  });

  test("a close whose answer was lost is answered as it was", async () => {
    const { market, id, faults } = await onTheEngine();
    faults.next(...always("timeoutAfter"));
    expect(said(await market.closeOrder(id, { amount: 90 }))).toBe("503 1018");
    expect(said(await market.closeOrder(id, { amount: 90 }))).toBe("200 replayed");
    expect(succeeded(await market.getOrder(id))).toMatchObject({ status: "CLOSED", amount: 90, paid: 90 });
  });
});
