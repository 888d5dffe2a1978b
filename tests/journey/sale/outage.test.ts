/** sbc.md 6: what callers hear while the table is slow, throttled or gone, or we have a bug; and that nothing is half done. */
import { describe, expect, test } from "vitest";
import { bucketOf } from "#edge/bucket";
import { Fault, Outage, Refused, refuse } from "#kernel/refusal";
import { requestAccessTokenContract } from "#sale/contract";
import { keyIn } from "#store/item";
import { MOST_SENDINGS } from "#store/sending";
import { put, type Store } from "#store/write";
import type { FaultKind } from "../../../local/dynamodb/faults.ts";
import { A, type Checkout, openCheckout } from "../../support/checkout.ts";
import type { Answered } from "../../support/desk.ts";
import { openEngineStore } from "../../support/engine.ts";
import { PEPPER } from "../../support/ports.ts";
import {
  type Begun,
  begin,
  beginChecked,
  callbackOf,
  checkOf,
  initiation,
  notificationOf,
  said,
} from "../../support/sale.ts";

/** A desk with a sale that was begun and one that was checked, whose table then goes wrong. */
const openTroubled = async (wrong: Partial<Store>) => {
  let isWrong = false;
  const checkout = await openCheckout((twin) => ({
    ...twin,
    read: (keys) => (isWrong && wrong.read ? wrong.read(keys) : twin.read(keys)),
    commit: (writes, token) => (isWrong && wrong.commit ? wrong.commit(writes, token) : twin.commit(writes, token)),
  }));
  const [begun, checked] = [await begin(checkout), await beginChecked(checkout)];
  const break_ = () => {
    isWrong = true;
  };
  return { checkout, begun, checked, break_ };
};

type Given = { readonly checkout: Checkout; readonly begun: Begun; readonly checked: Begun };

const calls: Readonly<Record<string, (given: Given) => Promise<Answered>>> = {
  "an access token": ({ checkout }) => checkout.requestToken(),
  "an initiation": ({ checkout, begun }) => checkout.initiate(initiation(begun.accessToken)),
  "a check": ({ checkout, begun }) =>
    checkout.check(begun.invoiceId, checkOf(begun, { "session.token": "s".repeat(16) })),
  "a notification": ({ checkout, checked }) => checkout.notify(notificationOf(checked)),
  "a callback": ({ checkout, checked }) => checkout.callback(callbackOf(checked)),
};

const fail = (error: Error) => async () => {
  throw error;
};

const troubles: readonly (readonly [string, Partial<Store>, 500 | 503])[] = [
  ["a table that throttles writes", { commit: async () => ({ done: false, otherwise: "throttled" }) }, 503],
  ["a table whose writes keep meeting others", { commit: async () => ({ done: false, otherwise: "conflict" }) }, 503],
  [
    "a table that throttles reads",
    { read: fail(new Refused(refuse("BUSY"))), commit: async () => ({ done: false, otherwise: "throttled" }) },
    503,
  ],
  ["a table that does not answer", { read: fail(new Outage("gone")), commit: fail(new Outage("gone")) }, 503],
  ["a bug", { read: fail(new Fault("a bug")), commit: fail(new TypeError("a bug")) }, 500],
];

const words = {
  500: '"error":{"cause":"SERVER_FAILED","code":"SALE-50001","message":"Internal error"}',
  503: '"error":{"cause":"SERVER_UNAVAILABLE","code":"SALE-50301","message":"Temporarily unavailable"}',
};

describe.each(Object.entries(calls))("%s", (name, ask) => {
  test.each(troubles)("sbc #32: meets %s: nothing is done, and a check names its sale", async (_, wrong, status) => {
    const { break_, ...given } = await openTroubled(wrong);
    const before = given.checkout.world.twin.items();
    break_();
    const answered = await ask(given);
    const named = name === "a check" ? `,"invoiceId":"${given.begun.invoiceId}"` : "";
    expect(said(answered)).toBe(`${status} {${words[status]}${named}}`);
    expect(answered.headers["retry-after"]).toBe(status === 503 ? "2" : undefined);
    expect(given.checkout.world.twin.items()).toEqual(before);
  });
});

describe("on the embedded table", () => {
  const onTheEngine = async () => {
    const { store, engine } = await openEngineStore();
    const checkout = await openCheckout(() => store);
    for (const item of checkout.world.twin.items())
      await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
    return { checkout, begun: await begin(checkout), faults: engine.faults };
  };

  /** As often as a call is sent at the most: faults are told apart. */
  const always = (kind: FaultKind) =>
    Array.from({ length: MOST_SENDINGS }, () => ({ operation: "TransactWriteItems", kind }));

  test.each<FaultKind>(["throttle", "timeoutBefore"])(
    "%s as often as it is sent is told as a passing thing, and the check succeeds after",
    async (kind) => {
      const { checkout, begun, faults } = await onTheEngine();
      faults.next(...always(kind));
      const refused = await checkout.check(begun.invoiceId, checkOf(begun));
      expect(said(refused)).toBe(`503 {${words[503]},"invoiceId":"${begun.invoiceId}"}`);
      expect(faults.pending()).toEqual([]);
      expect((await checkout.check(begun.invoiceId, checkOf(begun))).status).toBe(200);
    },
  );

  test("a check whose answer was lost is answered as it was", async () => {
    const { checkout, begun, faults } = await onTheEngine();
    faults.next(...always("timeoutAfter"));
    expect((await checkout.check(begun.invoiceId, checkOf(begun))).status).toBe(503);
    const answers = [
      await checkout.check(begun.invoiceId, checkOf(begun)),
      await checkout.check(begun.invoiceId, checkOf(begun)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body).toBe(answers[1]?.body);
  });
});

test("a back end that asks too often is told to come back as by a busy table, and counted so", async () => {
  const checkout = await openCheckout();
  const { ports, clock, telemetry } = checkout.world;
  const { limit } = requestAccessTokenContract;
  if (limit === undefined) throw new Error("there is no limit");
  const nextAtMs = BigInt(clock.nowMs + limit.burst * limit.everyMs);
  await ports.store.commit([put(bucketOf(PEPPER, limit, A.clientId), { nextAtMs }, [])], ports.ids.uuid());
  for (const answered of [await checkout.requestToken(), await checkout.getSale("any")]) {
    expect(said(answered)).toBe(`503 {${words[503]}}`);
    expect(answered.headers["retry-after"]).toBe("2");
  }
  expect(telemetry.counts.map(({ metric }) => metric)).toEqual(["Requests", "Busy", "Requests", "Busy"]);
});
