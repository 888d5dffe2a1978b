/** What docs/operations.md says a call costs the table: scenarios played on the embedded engine, which charges as DynamoDB does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keyIn } from "#store/item";
import { kindOf } from "#store/table";
import { put, type Store } from "#store/write";
import { everyContract } from "../support/desk.ts";
import { openEngineStore } from "../support/engine.ts";
import { jobScenarios, scenarios } from "../support/scenarios/all.ts";
import { play, type Scenario } from "../support/scenarios/scenario.ts";
import { root } from "./sources.ts";

/** Lists are apart: the sweep's, which are empty as a rule, and the engine charges nothing for an empty one. */
const READS: readonly string[] = ["GetItem", "BatchGetItem", "TransactGetItems"];
const WRITES: readonly string[] = ["PutItem", "UpdateItem", "TransactWriteItems"];

/** The page's prices of a million: of request units, and of a call beside its table (gateway, Lambda, log). */
const RRU_DOLLARS = 0.125;
const WRU_DOLLARS = 0.625;
const CALL_DOLLARS = 1 + 0.2 + 0.02 * 0.5 * 13.3334 + 0.5;

/** To two decimals, halves up. */
const cents = (dollars: number): string => (Math.round(dollars * 100 + 1e-6) / 100).toFixed(2);

type Choice = (scenario: Scenario) => boolean;

const the =
  (itsEndpoint: string, itsAct: string): Choice =>
  ({ endpoint, act }) =>
    endpoint === itsEndpoint && act === itsAct;

/** Whatever is repeated or refused after one reading of what the call is about. */
const readOnlyOf =
  (...endpoints: readonly string[]): Choice =>
  ({ endpoint, cost: { reads, commits, refusal } }) =>
    endpoints.includes(endpoint) && reads === 1 && commits === 0 && refusal !== "UNAUTHENTICATED";

/** The scenarios that each row of the page prices. */
const priced: Readonly<Record<string, Choice>> = {
  start: the("withdrawal/startOrder", "a new one"),
  settle: the("withdrawal/settleOrder", "an open one"),
  "cancel an open one": the("withdrawal/cancelOrder", "an open one"),
  "cancel a settled one": the("withdrawal/cancelOrder", "a settled one"),
  "start, repeated or refused": readOnlyOf("withdrawal/startOrder"),
  "settle or cancel, repeated or refused": readOnlyOf("withdrawal/settleOrder", "withdrawal/cancelOrder"),
  "an order that expires": the("sweep/expireDue", "an overdue withdrawal"),
  exists: readOnlyOf("partner/exists"),
  "create a user": the("partner/createUser", "a new one"),
  "create a user, repeated or refused": readOnlyOf("partner/createUser"),
  "check in": the("partner/checkIn", "here"),
  "check in, with a new link": the("partner/checkIn", "here, with a link"),
  "check in, passed on": the("partner/checkIn", "passed on"),
  "exchange a code": the("partner/openSession", "a code"),
  "`GET /sdk/v1/me`": the("partner/showMe", "a session's"),
  "make an access token": the("sale/requestAccessToken", "a new one"),
  "begin a sale": the("sale/initiate", "another"),
  "begin a token's first sale": the("sale/initiate", "a token's first"),
  "begin a token's first sale, with a key": the("sale/initiate", "a token's first, with a key"),
  "begin a sale, repeated": the("sale/initiate", "a repeated one"),
  "begin a sale, refused": ({ endpoint, cost: { refusal = "KEY_REUSED", reads } }) =>
    endpoint === "sale/initiate" && reads === 1 && refusal !== "KEY_REUSED",
  "check a sale": the("sale/check", "a right one"),
  "check a sale, of a known card": the("sale/check", "a right one, of a known card"),
  "check, repeated or refused": readOnlyOf("sale/check"),
  "note a new card": the("sale/notify", "a new card"),
  "note a known card": the("sale/notify", "a known card"),
  "note a card, repeated": the("sale/notify", "a repeated one"),
  "call back, final": the("sale/callback", "an approval"),
  "call back, repeated or not final": readOnlyOf("sale/callback"),
  "look at a sale": readOnlyOf("sale/getSale"),
  "open an order": the("pos/createOrder", "a new one"),
  "open an order at a retail till": the("pos/createOrder", "a new one at a retail till"),
  "open an order in the place of another": the("pos/createOrder", "one that replaces another"),
  "open an order, repeated": the("pos/createOrder", "a repeated one"),
  "poll an order": the("pos/getOrder", "an order"),
  "a statement of five orders": the("pos/listOrders", "the last day"),
  "find an order by its code": the("pos/findOrders", "a code's order"),
  "see an order for the first time": the("pos/viewOrder", "a new one"),
  "see an order again": the("pos/viewOrder", "its own"),
  "redeem points": the("pos/redeemPoints", "some"),
  "pay, to hold": the("pos/payOrder", "to hold"),
  "pay, to hold, at a retail till": the("pos/payOrder", "to hold, at a retail till"),
  "pay, to debit": the("pos/payOrder", "to debit"),
  "choose to pay at the till": the("pos/payAtTill", "one"),
  "close a held order": the("pos/closeOrder", "a held one"),
  "close a debited order": the("pos/closeOrder", "a debited one"),
  "close an order that nobody has seen": the("pos/closeOrder", "one that nobody has seen"),
  "close, repeated": the("pos/closeOrder", "a repeated one"),
  "refund a part of an order": the("pos/refundOrder", "a part"),
  "cancel an order's payment": the("pos/cancelPayment", "a held one"),
  "cancel a paid order": the("pos/cancelOrder", "a paid one"),
  "cancel a part of an order": the("pos/cancelOrder", "a part"),
  "issue an activation code": the("approval/getActivationOtp", "another one"),
  "activate a phone": the("approval/activate", "a right code"),
  "verify a login code": the("approval/verifyLoginOtp", "a live code"),
  "start an approval": the("approval/startTransaction", "any phone's"),
  "start an approval of one phone": the("approval/startTransaction", "one phone's"),
  "start an approval that cancels others": the("approval/startTransaction", "one that cancels"),
  "start an approval with a key": the("approval/startTransaction", "one with a key"),
  "start an approval, repeated": the("approval/startTransaction", "a repeated one"),
  "check an approval that waits": the("approval/checkTransactionApproval", "one that waits"),
  "check an approval that was decided": the("approval/checkTransactionApproval", "one that was decided"),
  "check an approval, the first after its time": the("approval/checkTransactionApproval", "one that has expired"),
  "cancel an approval": the("approval/cancelTransaction", "one that waits"),
  "list a customer's phones": the("approval/listDevices", "a customer's"),
  "block, unblock or remove a phone": ({ endpoint, act }) =>
    /^approval\/(block|unblock|remove)Device$/.test(endpoint) && act === "another state",
  "ask as a phone what waits": the("approval/status", "its own"),
  "list as a phone two that wait, again": the("approval/listPending", "what was listed"),
  "list as a phone where nothing waits": the("approval/listPending", "nothing"),
  decide: the("approval/respond", "an approval"),
  "decide, repeated": the("approval/respond", "a repeated one"),
  "issue a login code": the("approval/issueLoginOtp", "another code"),
  "note where a phone is woken": the("approval/setPushToken", "a token"),
  "remove a phone by itself": the("approval/deactivate", "itself"),
  "two approvals that expire": the("sweep/expireDue", "overdue approvals, one of which is a phone's own"),
  "`GET /health`": the("desk/health", "whether it serves"),
};

/** A store whose limiter costs nothing: its price is one of callers, not of calls. */
const unlimited = (store: Store): Store => ({
  ...store,
  commit: async (writes, token) =>
    writes.every(({ key }) => kindOf(key) === "rate") ? { done: true, after: {} } : store.commit(writes, token),
});

/** Read and write units of a scenario, settings warm, the limiter apart. */
const unitsOf = async (scenario: Scenario): Promise<readonly [reads: number, writes: number]> => {
  const { store, engine } = await openEngineStore();
  await play(scenario, {
    open: () => unlimited(store),
    fill: async (twin) => {
      for (const item of twin.items()) await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
    },
    begin: () => {
      engine.calls.length = 0;
    },
  });
  const sum = (of: readonly string[]) =>
    engine.calls.filter(({ operation }) => of.includes(operation)).reduce((all, { units }) => all + units, 0);
  return [sum(READS), sum(WRITES)];
};

/** The rows of the page's table: what, read units, write units, table, call and sum in dollars. */
const rows = [
  ...readFileSync(join(root, "docs/operations.md"), "utf8").matchAll(
    /^\| ([^|]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.–]+) \| \*\*([\d.]+)\*\* \|$/gm,
  ),
].map(([, what = "", reads, writes, table, call, sum]) => ({
  what,
  units: [Number(reads), Number(writes)],
  dollars: [table, call, sum],
}));

describe("the page", () => {
  const every = [...scenarios, ...jobScenarios];

  test("prices what is chosen here, and every endpoint that costs the table anything", async () => {
    expect(rows.map(({ what }) => what).toSorted()).toEqual(Object.keys(priced).toSorted());
    const charged = (await everyContract()).filter(({ io }) => io.reads + io.commits > 0);
    const choices = Object.values(priced);
    const unpriced = charged.filter(
      ({ name }) => !every.some((scenario) => scenario.endpoint === name && choices.some((choose) => choose(scenario))),
    );
    expect(unpriced.map(({ name }) => name)).toEqual([]);
  });

  test.each(rows)("says of $what what it costs the table", async ({ what, units }) => {
    const chosen = every.filter((scenario) => priced[what]?.(scenario));
    expect(chosen).not.toEqual([]);
    for (const scenario of chosen) expect([scenario.act, await unitsOf(scenario)]).toEqual([scenario.act, units]);
  });

  test.each(rows)("says of $what what that is in dollars", ({ what, units: [reads = 0, writes = 0], dollars }) => {
    const table = reads * RRU_DOLLARS + writes * WRU_DOLLARS;
    // What the clock does costs no gateway.
    const isCalled = scenarios.some((scenario) => priced[what]?.(scenario));
    expect(dollars).toEqual([
      cents(table),
      isCalled ? cents(CALL_DOLLARS) : "–",
      cents(table + (isCalled ? CALL_DOLLARS : 0)),
    ]);
  });
});
