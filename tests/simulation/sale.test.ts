/** Random histories of card sales under random interleavings, and many callers at once: one session a sale, one answer, one end. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { keyIn } from "#store/item";
import { put } from "#store/write";
import type { FaultKind } from "../../local/dynamodb/faults.ts";
import { A, B, type Checkout, openCheckout } from "../support/checkout.ts";
import type { Answered } from "../support/desk.ts";
import { openEngineStore } from "../support/engine.ts";
import { interleaved } from "../support/interleaving.ts";
import { takeReckoning } from "../support/reckoning.ts";
import {
  type Begun,
  begin,
  callbackOf,
  checkOf,
  initiation,
  itemsOf,
  notificationOf,
  refusedCheck,
  said,
  tokenIn,
} from "../support/sale.ts";

const twenty = Array.from({ length: 20 }, (_, nth) => nth);
const session = (nth: number): string => `session-of-the-gateway-${nth}`;
const checkBy = (checkout: Checkout, begun: Begun, nth: number): Promise<Answered> =>
  checkout.check(begun.invoiceId, checkOf(begun, { "session.token": session(nth) }));

/** One check was right, and the others hear the one refusal. */
const expectOneWinner = (begun: Begun, answers: readonly Answered[]): void => {
  const winner = answers.findIndex(({ status }) => status === 200);
  expect(answers[winner]?.body).toContain(`"token":"${session(winner)}"`);
  const lost = answers.toSpliced(winner, 1).map(said);
  expect(lost).toEqual(twenty.slice(1).map(() => refusedCheck(begun.invoiceId)));
};

const expectOneAnswer = (answers: readonly Answered[]): void => {
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
};

test("of 20 different checks at once, in any interleaving, one is right", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const checkout = await openCheckout(replace);
    const begun = await begin(checkout);
    const answers = await raceOf(() => twenty.map((nth) => checkBy(checkout, begun, nth)));
    expectOneWinner(begun, answers);
    takeReckoning(checkout);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect((await checkBy(checkout, begun, winner)).body).toBe(answers[winner]?.body);
  });
  await fc.assert(property, { numRuns: 30 });
}, 60_000);

test("10 equal checks at once, in any interleaving, are one write and one answer", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const checkout = await openCheckout(replace);
    const begun = await begin(checkout);
    const before = itemsOf(checkout, "sale")[0]?.version;
    expectOneAnswer(await raceOf(() => twenty.slice(10).map(() => checkBy(checkout, begun, 0))));
    expect(itemsOf(checkout, "sale")[0]?.version).toBe(BigInt(String(before)) + 1n);
    takeReckoning(checkout);
  });
  await fc.assert(property, { numRuns: 30 });
}, 60_000);

test("one session of the gateway's, shown for 20 sales at once, becomes one sale's", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const checkout = await openCheckout(replace);
    const sales: Begun[] = [];
    for (const _ of twenty) sales.push(await begin(checkout));
    const answers = await raceOf(() => sales.map((begun) => checkBy(checkout, begun, 0)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...twenty.slice(1).map(() => 403)]);
    takeReckoning(checkout);
  });
  await fc.assert(property, { numRuns: 20 });
}, 60_000);

test("20 equal initiations with one key at once, in any interleaving, are one sale on one device", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const checkout = await openCheckout(replace);
    const accessToken = tokenIn(await checkout.requestToken());
    const headers = { "idempotency-key": "once" };
    const answers = await raceOf(() => twenty.map(() => checkout.initiate(initiation(accessToken), headers)));
    expectOneAnswer(answers);
    expect(answers.filter(({ headers: told }) => told["idempotency-replayed"] === undefined)).toHaveLength(1);
    expect(itemsOf(checkout, "sale")).toHaveLength(1);
  });
  await fc.assert(property, { numRuns: 30 });
}, 60_000);

test("a token that 20 devices use first at once is bound to one of them", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const checkout = await openCheckout(replace);
    const accessToken = tokenIn(await checkout.requestToken());
    const from = (nth: number) => initiation(accessToken, { "consumer.device.serialNumber": `SN-${nth}` });
    const answers = await raceOf(() => twenty.map((nth) => checkout.initiate(from(nth))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...twenty.slice(1).map(() => 403)]);
    expect(itemsOf(checkout, "sale")).toHaveLength(1);
  });
  await fc.assert(property, { numRuns: 20 });
}, 60_000);

/** What the gateway may say of a few sales of a few consumers, in any order and at once. */
type Act =
  | { readonly act: "check"; readonly sale: number; readonly session: number; readonly withCard: boolean }
  | { readonly act: "notify"; readonly sale: number; readonly session: number; readonly card: number }
  | { readonly act: "callback"; readonly sale: number; readonly status: string; readonly order: number }
  | { readonly act: "wait"; readonly minutes: number };

const few = fc.nat(2);
const anAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant("check" as const), sale: fc.nat(3), session: few, withCard: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant("notify" as const), sale: fc.nat(3), session: few, card: fc.nat(1) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("callback" as const),
      sale: fc.nat(3),
      status: fc.constantFrom("approved", "declined", "filtered", "error", "processing"),
      order: fc.nat(1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant("wait" as const), minutes: fc.constantFrom(1, 14, 60 * 24 * 14) }),
  },
);
const aHistory = fc.array(fc.array(anAct, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });

const perform = async (checkout: Checkout, sales: readonly Begun[], act: Act): Promise<Answered | undefined> => {
  if (act.act === "wait") {
    checkout.world.clock.advance(act.minutes * 60_000);
    return undefined;
  }
  const begun = sales[act.sale] as Begun;
  const key = act.sale === 3 ? B.controlKey : A.controlKey;
  if (act.act === "callback")
    return checkout.callback(callbackOf(begun, { status: act.status, orderid: `order-${act.order}` }, key));
  const body = { "session.token": session(act.session) };
  if (act.act === "notify")
    return checkout.notify(notificationOf(begun, { ...body, "sourceCard.reference.serverCardId": `card-${act.card}` }));
  const clientCardId = itemsOf(checkout, "saleCard")[0]?.clientCardId ?? "none";
  const card = act.withCard ? { "sourceOfFunds.reference.clientCardId": clientCardId } : {};
  return checkout.check(begun.invoiceId, checkOf(begun, { ...body, ...card }));
};

/** How far each sale has come, by its number: a state, and whether it is the last. */
const statesOf = (checkout: Checkout): ReadonlyMap<unknown, string> =>
  new Map(
    itemsOf(checkout, "sale")
      .filter(({ sk }) => sk === "sale")
      .map(({ pk, state }) => [pk, String(state)]),
  );

test("no history checks a sale twice, ends it twice, or knows a card by two numbers", async () => {
  const property = fc.asyncProperty(aHistory, fc.scheduler(), async (history, scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const checkout = await openCheckout(replace);
    const sales = [await begin(checkout), await begin(checkout), await begin(checkout, { consumer: { id: "c-43" } })];
    sales.push(await begin(checkout, { by: B }));
    for (const acts of history) {
      const before = statesOf(checkout);
      const answers = await raceOf(() => acts.map((act) => perform(checkout, sales, act)));
      for (const [nth, answered] of answers.entries())
        if (answered) expect(acts[nth]?.act === "callback" ? [200] : [200, 403]).toContain(answered.status);
      takeReckoning(checkout);
      for (const [pk, state] of statesOf(checkout))
        if (["approved", "declined", "failed"].includes(before.get(pk) ?? "")) expect(state).toBe(before.get(pk));
    }
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);

/** A sale that was begun, on the embedded table. */
const onTheEngine = async (...kinds: readonly FaultKind[]) => {
  const { store, engine } = await openEngineStore();
  const checkout = await openCheckout(() => store);
  for (const item of checkout.world.twin.items())
    await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
  const begun = await begin(checkout);
  return {
    checkout,
    begun,
    meet: () => engine.faults.next(...kinds.map((kind) => ({ operation: "TransactWriteItems", kind }))),
    pending: engine.faults.pending,
  };
};

const troubles: readonly (readonly [string, readonly FaultKind[]])[] = [
  ["in peace", []],
  ["where eight of them meet another's transaction", Array(8).fill("conflict")],
  [
    "where the table throttles, and answers are lost",
    ["throttle", "timeoutAfter", "conflict", "timeoutBefore", "timeoutAfter"],
  ],
];

test.each(troubles)("of 20 different checks at once one is right, on the embedded table too, %s", async (_, kinds) => {
  const { checkout, begun, meet, pending } = await onTheEngine(...kinds);
  meet();
  const answers = await Promise.all(twenty.map((nth) => checkBy(checkout, begun, nth)));
  expectOneWinner(begun, answers);
  expect(pending()).toEqual([]);
});

test.each(troubles)("10 equal checks at once are one answer, on the embedded table too, %s", async (_, kinds) => {
  const { checkout, begun, meet, pending } = await onTheEngine(...kinds);
  meet();
  expectOneAnswer(await Promise.all(twenty.slice(10).map(() => checkBy(checkout, begun, 0))));
  expect(pending()).toEqual([]);
});
