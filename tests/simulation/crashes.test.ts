/**
 * Every crash point of every endpoint, not a sample: a Lambda dies before or after each of its calls of the store, or the
 * answer is lost. Then the client repeats at once, or another call comes first, or the clock and its sweep do.
 */
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import type { Store } from "#store/write";
import { expireDue } from "#sweep/expireDue";
import { type Bank, openBank, transactionIdOf, USER } from "../support/bank.ts";
import type { Answered } from "../support/desk.ts";
import { examine, itemsOf } from "../support/examination.ts";
import type { Twin } from "../support/twin.ts";

/** When the Lambda dies: at which of its calls, and whether the call was still performed. */
interface Death {
  readonly call: number;
  readonly when: "before" | "after";
}

/** A store that a death can be planned for; `calls` counts since then. */
const mortal = () => {
  const plan: { death?: Death | undefined; calls: number } = { calls: 0 };
  const dying =
    <Args extends readonly unknown[], Result>(perform: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      plan.calls += 1;
      const isFatal = plan.death?.call === plan.calls;
      if (isFatal && plan.death?.when === "before") throw new Error("the Lambda died");
      const result = await perform(...args);
      if (isFatal) throw new Error("the Lambda died");
      return result;
    };
  const replace = (twin: Twin): Store => ({
    read: dying(twin.read),
    commit: dying(twin.commit),
    list: dying(twin.list),
  });
  return { plan, replace };
};

type Act = (bank: Bank, transactionId: bigint) => Promise<Answered>;
type Setting = (bank: Bank, transactionId: bigint) => Promise<unknown>;

const EXPIRY = "2026-11-25T09:00:00Z";
const started = { reference: "the order", value: "60", expiry: EXPIRY };
const start: Act = (bank) => bank.start(started);
const settle: Act = (bank, transactionId) => bank.settle({ transactionId });
const cancel: Act = (bank, transactionId) => bank.cancel({ transactionId });
const another: Act = (bank) => bank.start({ reference: "another", value: "60", expiry: EXPIRY });

const sweepAfterExpiry: Setting = async (bank) => {
  bank.world.clock.advance(HOUR_MS);
  await expireDue(bank.world.ports, { remainingMs: () => 60_000 });
};

interface Endpoint {
  readonly name: string;
  /** What comes before, in peace. */
  readonly given: Setting;
  readonly asked: Act;
  /** The call of somebody else that may come first. */
  readonly rival: Act;
}

const nothing: Setting = async () => undefined;

const endpoints: readonly Endpoint[] = [
  { name: "startOrder", given: nothing, asked: start, rival: another },
  { name: "settleOrder", given: nothing, asked: settle, rival: cancel },
  { name: "cancelOrder of a held order", given: nothing, asked: cancel, rival: settle },
  { name: "cancelOrder of a settled order", given: settle, asked: cancel, rival: settle },
];

const next: Readonly<Record<string, (endpoint: Endpoint) => Setting>> = {
  "the client repeats": () => nothing,
  "another call comes first": ({ rival }) => rival,
  "the sweep comes first": () => sweepAfterExpiry,
};

/** Opens a bank with 100.00 where a death can be planned; all but a start has its order already. */
const given = async ({ name, given: before }: Endpoint) => {
  const { plan, replace } = mortal();
  const bank = await openBank([{ userId: USER, balance: "100", limits: { day: "500" } }], { replace });
  const transactionId = name === "startOrder" ? 0n : transactionIdOf(await start(bank, 0n));
  await before(bank, transactionId);
  // The next Lambda is a fresh one: nothing of what it needs is remembered.
  bank.world.clock.advance(2_000);
  plan.calls = 0;
  return { bank, plan, transactionId };
};

/** How often the endpoint calls the store when nobody dies. */
const callsOf = async (endpoint: Endpoint): Promise<number> => {
  const { bank, plan, transactionId } = await given(endpoint);
  const { status } = await endpoint.asked(bank, transactionId);
  expect(status).toBe(200);
  return plan.calls;
};

const openStates = ["held"];

describe.each(endpoints)("$name", (endpoint) => {
  test.each(Object.keys(next))("dies anywhere, then %s: one outcome, and the books are even", async (what) => {
    const calls = await callsOf(endpoint);
    expect(calls).toBeGreaterThanOrEqual(4);
    const deaths = Array.from({ length: calls }, (_, n) => n + 1).flatMap((call): Death[] => [
      { call, when: "before" },
      { call, when: "after" },
    ]);
    for (const death of [...deaths, undefined]) {
      const { bank, plan, transactionId } = await given(endpoint);
      plan.death = death;
      const first = await endpoint.asked(bank, transactionId);
      expect(first.status).toBe(death === undefined ? 200 : 500);
      plan.death = undefined;
      await examine(bank);

      await next[what]?.(endpoint)(bank, transactionId);
      await examine(bank);
      const repeated = await endpoint.asked(bank, transactionId);
      const again = await endpoint.asked(bank, transactionId);
      expect([repeated.status, again.status]).toEqual([200, 200]);
      // What was answered once is the answer for ever.
      expect(again.body).toBe(repeated.body);
      await examine(bank);

      bank.world.clock.advance(25 * HOUR_MS);
      await expireDue(bank.world.ports, { remainingMs: () => 60_000 });
      await examine(bank);
      const mine = itemsOf(bank, "order").filter(({ reference }) => reference === "the order");
      expect(mine.length).toBe(
        repeated.body.includes("Generic error") || repeated.body.includes("Insufficient") ? 0 : 1,
      );
      expect(mine.filter(({ state }) => openStates.includes(String(state)))).toEqual([]);
    }
  });
});

test("a death that nobody repeats leaves nothing open", async () => {
  for (const endpoint of endpoints) {
    const calls = await callsOf(endpoint);
    for (let call = 1; call <= calls; call++) {
      const { bank, plan, transactionId } = await given(endpoint);
      plan.death = { call, when: "after" };
      await endpoint.asked(bank, transactionId);
      plan.death = undefined;
      await sweepAfterExpiry(bank, transactionId);
      await examine(bank);
      expect(itemsOf(bank, "order").filter(({ state }) => state === "held")).toEqual([]);
    }
  }
});
