/** Many callers for one order, one till, one wallet: in any interleaving, one story comes of it. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RESTAURANT } from "../support/market/vendor.ts";
import { bind, close, create, orderOf, P, pay, said, standing, standingOf, succeeded } from "../support/pos.ts";
import { counted, expectEvenBooks, modes, openRace, patiently, times } from "./pos/race.ts";

test.each(modes)(
  "a payment and a close with 0 at once leave the wallet as it was: %s",
  async (payment) => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { market, raceOf } = await openRace(scheduler, { payment });
      const id = await bind(market);
      const [paid, closed] = await raceOf(() => [
        market.payOrder(id, { paymentId: "p-1", payable: 90 }),
        market.closeOrder(id, { amount: 0 }),
      ]);
      const outcome = `${paid && said(paid)}, ${closed && said(closed)}`;
      const { payment: end, status } = await standingOf(market, id);
      expect(["409 1007, 200: NONE", "200, 200: VOIDED"]).toContain(`${outcome}: ${end.status}`);
      expect([status, await market.wallet()]).toEqual(["CLOSED", [50_000n, 0n]]);
      await expectEvenBooks(market);
    });
    await fc.assert(property, { numRuns: 30 });
  },
  120_000,
);

test.each(modes)(
  "a payment, a close and a cancellation at once end the order once: %s",
  async (payment) => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { market, raceOf } = await openRace(scheduler, { payment });
      const id = await bind(market);
      const [paid, closed, cancelled] = await raceOf(() => [
        market.payOrder(id, { paymentId: "p-1" }),
        market.closeOrder(id, { amount: 90 }),
        market.cancelOrder(id, undefined),
      ]);
      const { status, payment: end } = await standingOf(market, id);
      const outcome = [paid, closed, cancelled].map((answered) => answered && said(answered)).join(", ");
      const money = Number((await market.wallet())[0]) / 100;
      expect([
        "200, 200, 409 1007: CLOSED CAPTURED 410",
        "200, 409 1007, 200: CANCELLED VOIDED 500",
        "409 1007, 200, 409 1007: CLOSED CAPTURED 500",
        "409 1007, 409 1007, 200: CANCELLED NONE 500",
      ]).toContain(`${outcome}: ${status} ${end.status} ${money}`);
      await expectEvenBooks(market);
    });
    await fc.assert(property, { numRuns: 40 });
  },
  120_000,
);

test("of two orders made at once on a retail till, one stays open", async () => {
  const property = fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isEngaged) => {
    const { market, raceOf } = await openRace(scheduler);
    const before = isEngaged ? [] : [await create(market)];
    const keys = ["P-2", "P-3"];
    const made = await raceOf(() =>
      keys.map((key) => patiently(() => market.createOrder({ ...P, merchantOrderId: key }))),
    );
    const ids = [...before, ...made.map((answered) => succeeded(answered).id)];
    const ends = [];
    for (const id of ids) {
      const { status, cancelReason } = await standingOf(market, id);
      ends.push(`${status} ${cancelReason}`);
    }
    expect(ends.toSorted()).toEqual([...ids.slice(1).map(() => "CANCELLED REPLACED"), "OPEN null"]);
    const [found] = succeeded(
      await market.findOrders({ merchantId: "SWTS", storeId: "SwipTestStore", cashId: "1" }),
    ).orders;
    expect(found.id).toBe(ids[ends.indexOf("OPEN null")]);
  });
  await fc.assert(property, { numRuns: 30 });
}, 120_000);

test("of a payment and a new order at once on a retail till, the paid order is not replaced", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { market, raceOf } = await openRace(scheduler);
    const id = await bind(market);
    const [paid, made] = await raceOf(() => [
      market.payOrder(id, { paymentId: "p-1" }),
      market.createOrder({ ...P, merchantOrderId: "P-2" }),
    ]);
    const { status, payment } = await standingOf(market, id);
    expect(["200, 409 1010: OPEN HELD", "409 1007, 200: CANCELLED NONE"]).toContain(
      `${paid && said(paid)}, ${made && said(made)}: ${status} ${payment.status}`,
    );
    expect((await market.wallet())[1]).toBe(status === "OPEN" ? 9_000n : 0n);
  });
  await fc.assert(property, { numRuns: 30 });
}, 120_000);

test("the same order made ten times at once is one", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { market, raceOf } = await openRace(scheduler);
    const made = await raceOf(() => times(10).map(() => patiently(() => market.createOrder(P))));
    expect(counted(made)).toEqual({ "200": 1, "200 replayed": 9 });
    expect(new Set(made.map((answered) => succeeded(answered).id)).size).toBe(1);
  });
  await fc.assert(property, { numRuns: 30 });
}, 120_000);

test.each(modes)(
  "the same payment made ten times at once is one: %s",
  async (payment) => {
    const property = fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isBound) => {
      const { market, raceOf } = await openRace(scheduler, { payment });
      const id = await (isBound ? bind(market) : create(market));
      const paid = await raceOf(() => times(10).map(() => patiently(() => market.payOrder(id, { paymentId: "p-1" }))));
      expect(counted(paid)).toEqual({ "200": 1, "200 replayed": 9 });
      expect(await market.wallet()).toEqual([41_000n, payment === "hold" ? 9_000n : 0n]);
    });
    await fc.assert(property, { numRuns: 30 });
  },
  120_000,
);

test.each(modes)(
  "a wallet that has enough for one of two orders pays one: %s",
  async (payment) => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { market, raceOf } = await openRace(scheduler, { payment, wallets: { "c-1": "100" } });
      const ids = [
        await bind(market, { ...P, merchantOrderId: "P-1" }, RESTAURANT),
        await bind(market, { ...P, merchantOrderId: "P-2" }, RESTAURANT),
      ];
      const paid = await raceOf(() => ids.map((id) => patiently(() => market.payOrder(id, { paymentId: `p-${id}` }))));
      expect(counted(paid)).toEqual({ "200": 1, "409 1012": 1 });
      expect(await market.wallet()).toEqual([1_000n, payment === "hold" ? 9_000n : 0n]);
    });
    await fc.assert(property, { numRuns: 40 });
  },
  120_000,
);

test("of two customers at once, one has the order", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { market, raceOf } = await openRace(scheduler);
    const id = await create(market);
    const seen = await raceOf(() => ["c-1", "c-2"].map((customer) => market.viewOrder(id, customer)));
    expect(counted(seen)).toEqual({ "200": 1, "409 1011": 1 });
  });
  await fc.assert(property, { numRuns: 30 });
}, 120_000);

test("of two orders that both hope for the free coffee, one has it", async () => {
  const fifth = { id: "fifth", kind: "NTH_FREE", value: "5" } as const;
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { market, raceOf } = await openRace(scheduler, { campaigns: [fifth] });
    const four = orderOf("four", 3, 3, 3, 3);
    await close(market, four);
    const ids = [
      await bind(market, orderOf("a", 3, 9), RESTAURANT),
      await bind(market, orderOf("b", 3, 9), RESTAURANT),
    ];
    const paid = await raceOf(() =>
      ids.map((id) => patiently(() => market.payOrder(id, { paymentId: `p-${id}`, payable: 9 }))),
    );
    expect(counted(paid)).toEqual({ "200": 1, "400 1003": 1 });
    const loser = ids[paid.findIndex(({ status }) => status !== 200)] ?? "";
    expect(await standingOf(market, loser)).toEqual(standing({ payable: 12, loyalty: 0 }));
  });
  await fc.assert(property, { numRuns: 40 });
}, 120_000);

test("whoever comes first as an order's time ends, the money goes one way", async () => {
  const skews = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 7, maxLength: 7 });
  const property = fc.asyncProperty(
    fc.scheduler(),
    skews,
    fc.constantFrom(...modes),
    async (scheduler, skewsMs, payment) => {
      const { market, raceOf } = await openRace(scheduler, { payment });
      const { clock } = market.world;
      const id = await pay(market);
      clock.advance(90_000);
      let looks = 0;
      clock.skewMs = () => skewsMs[++looks % skewsMs.length] ?? 0;
      const closing = async () => said(await patiently(() => market.closeOrder(id, { amount: 90 })));
      const [closed] = await raceOf(() => [
        closing(),
        market.sweep().then(() => "swept"),
        market.sweep().then(() => "swept"),
      ]);
      clock.skewMs = () => 0;
      clock.advance(100);
      await market.sweep();
      const { status, payment: end } = await standingOf(market, id);
      const money = Number((await market.wallet())[0]) / 100;
      expect(["200: CLOSED CAPTURED 410", "409 1007: EXPIRED VOIDED 500"]).toContain(
        `${closed}: ${status} ${end.status} ${money}`,
      );
      expect((await market.wallet())[1]).toBe(0n);
      await expectEvenBooks(market);
    },
  );
  await fc.assert(property, { numRuns: 50 });
}, 120_000);
