/** Random histories of a bank under random interleavings: whatever is asked, repeated, raced or left to the clock, no money is made or lost. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time";
import type { Store } from "#store/write";
import { expireDue } from "#sweep/expireDue";
import { type Bank, itemsOf, openBank, transactionIdOf } from "../support/bank.ts";
import type { Answered } from "../support/desk.ts";
import { examine } from "../support/examination.ts";
import type { Twin } from "../support/twin.ts";

const ZONE = "Europe/Zurich";
const USERS = [1, 2, 3];
const accounts = [
  { userId: 1, balance: "100", limits: { day: "120", week: "200" } },
  { userId: 2, balance: "70", limits: { transaction: "40" } },
  { userId: 3, balance: "0", mode: "skip" as const },
];

/** Something that is asked; `order` counts among the orders begun so far. */
type Act =
  | { readonly act: "start"; readonly user: number; readonly value: number; readonly reference: number }
  | { readonly act: "settle" | "cancel"; readonly order: number }
  | { readonly act: "sweep" };

const anAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("start" as const),
      user: fc.constantFrom(...USERS),
      value: fc.integer({ min: 1, max: 60 }),
      reference: fc.nat(12),
    }),
  },
  { weight: 5, arbitrary: fc.record({ act: fc.constantFrom("settle" as const, "cancel" as const), order: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.constant({ act: "sweep" as const }) },
);

/** How far the clocks of Lambdas are apart, each time that one is looked at. */
const skews = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 7, maxLength: 7 });

/** Acts at once, then some time: fifteen hours from eight o'clock is midnight in Zurich, where windows end. */
const aHistory = fc.array(
  fc.record({
    acts: fc.array(anAct, { minLength: 1, maxLength: 8 }),
    pauseMs: fc.constantFrom(0, MINUTE_MS, 30 * MINUTE_MS, 15 * HOUR_MS),
  }),
  { minLength: 1, maxLength: 8 },
);

/** A store whose calls wait until the scheduler lets them: any interleaving that a table could show. */
const interleaved =
  (scheduler: fc.Scheduler) =>
  (twin: Twin): Store => ({
    read: scheduler.scheduleFunction(twin.read),
    readEach: scheduler.scheduleFunction(twin.readEach),
    commit: scheduler.scheduleFunction(twin.commit),
    list: twin.list,
  });

const plentyOfTime = { remainingMs: () => 60_000 };

const perform = async (bank: Bank, act: Act, orders: bigint[]): Promise<Answered | undefined> => {
  if (act.act === "sweep") {
    await expireDue(bank.world.ports, plentyOfTime);
    return undefined;
  }
  if (act.act !== "start") {
    const transactionId = orders[act.order % Math.max(1, orders.length)];
    if (transactionId === undefined) return undefined;
    const [item] = bank.world.twin
      .items()
      .filter((each) => each.transactionId === transactionId && each.userId !== undefined);
    return bank[act.act]({ transactionId, userId: Number(item?.userId) });
  }
  const expiry = new Date(bank.world.clock.nowMs - (bank.world.clock.nowMs % HOUR_MS) + HOUR_MS).toISOString();
  const answered = await bank.start({
    userId: act.user,
    value: String(act.value),
    reference: `ref-${act.reference}`,
    expiry,
  });
  const transactionId = transactionIdOf(answered);
  if (transactionId !== 0n && !orders.includes(transactionId)) orders.push(transactionId);
  return answered;
};

test("no history makes or loses money, and every order ends in one state", async () => {
  const property = fc.asyncProperty(aHistory, fc.scheduler(), skews, async (history, scheduler, skewsMs) => {
    let isRacing = false;
    const bank = await openBank(accounts, {
      timeZone: ZONE,
      replace: (twin) => {
        const racing = interleaved(scheduler)(twin);
        return {
          ...twin,
          read: (keys) => (isRacing ? racing : twin).read(keys),
          commit: (writes, token) => (isRacing ? racing : twin).commit(writes, token),
        };
      },
    });
    let looks = 0;
    bank.world.clock.skewMs = () => (isRacing ? (skewsMs[++looks % skewsMs.length] ?? 0) : 0);
    const begun: bigint[] = [];
    for (const { acts, pauseMs } of history) {
      isRacing = true;
      const answers = acts.map((act) => perform(bank, act, begun));
      await scheduler.waitFor(Promise.all(answers));
      isRacing = false;
      for (const answered of await Promise.all(answers)) expect([200, 500, undefined]).toContain(answered?.status);
      await examine(bank);
      bank.world.clock.advance(pauseMs);
    }
    bank.world.clock.advance(25 * HOUR_MS);
    await expireDue(bank.world.ports, plentyOfTime);
    await examine(bank);
    const states = itemsOf(bank, "withdrawal").map(({ state }) => state);
    expect(states.filter((state) => !["settled", "reversed", "cancelled", "expired"].includes(String(state)))).toEqual(
      [],
    );
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);
