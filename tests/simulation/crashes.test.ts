/**
 * Every crash point of every endpoint, not a sample: a Lambda dies before or after each of its calls of the store, or the
 * answer is lost. Then the client repeats at once, or another call comes first, or the clock and its sweep do.
 */
import { describe, expect, test } from "vitest";
import { DAY_MS, SECOND_MS } from "#kernel/time";
import type { Key } from "#store/item";
import { kindOf } from "#store/table";
import type { Store } from "#store/write";
import { everyContract } from "../support/desk.ts";
import { runJob } from "../support/handlers.ts";
import type { Twin } from "../support/twin.ts";
import { crashes } from "./crashes/all.ts";
import type { Crash, Endangered } from "./crashes/crash.ts";

/** When the Lambda dies: at which of its calls, and whether the call was still performed. */
interface Death {
  readonly call: number;
  readonly when: "before" | "after";
}

/** What is kept beside a call, its limits, who may read its answer and whom it wakes, which is served whatever becomes of these. */
const isBeside = (key: Key | undefined): boolean =>
  key !== undefined && ["rate", "origin", "approvalPush", "approvalLimits"].includes(kindOf(key));

/** A store that a death can be planned for; `calls` counts since then. */
const mortal = () => {
  const plan: { death?: Death | undefined; calls: number } = { calls: 0 };
  const dying =
    <Args extends readonly unknown[], Result>(
      perform: (...args: Args) => Promise<Result>,
      keyOf: (...args: Args) => Key | undefined,
    ) =>
    async (...args: Args): Promise<Result> => {
      if (isBeside(keyOf(...args))) return perform(...args);
      plan.calls += 1;
      const isFatal = plan.death?.call === plan.calls;
      if (isFatal && plan.death?.when === "before") throw new Error("the Lambda died");
      const result = await perform(...args);
      if (isFatal) throw new Error("the Lambda died");
      return result;
    };
  const replace = (twin: Twin): Store => ({
    read: dying(twin.read, ([key]) => key),
    readEach: dying(twin.readEach, ([key]) => key),
    commit: dying(twin.commit, ([write]) => write?.key),
    list: dying(twin.list, () => undefined),
  });
  return { plan, replace };
};

/** Time passes, and the sweep follows. */
const pass = async ({ world }: Endangered, ms: number): Promise<void> => {
  world.clock.advance(ms);
  await runJob("sweep/expireDue", world.ports);
};

const next: Readonly<Record<string, (endangered: Endangered) => Promise<unknown>>> = {
  "the client repeats": async () => undefined,
  "another call comes first": ({ rival }) => rival(),
  "the sweep comes first": (endangered) => pass(endangered, endangered.overdueInMs),
};

/** Makes the call in a world of its own, and tells how that ended. */
const ask = async (crash: Crash, death: Death | undefined) => {
  const { plan, replace } = mortal();
  const endangered = await crash.open(replace);
  // The next Lambda is a fresh one: nothing of what it needs is remembered.
  endangered.world.clock.advance(2 * SECOND_MS);
  Object.assign(plan, { calls: 0, death });
  const answered = await endangered.ask();
  plan.death = undefined;
  return { endangered, answered, calls: plan.calls };
};

/** Every way to die in a call, and last of all to survive it. */
const deathsOf = async (crash: Crash): Promise<readonly (Death | undefined)[]> => {
  const { answered, calls } = await ask(crash, undefined);
  expect(isServerError(answered)).toBe(false);
  const deaths = Array.from({ length: calls }, (_, n): readonly Death[] => [
    { call: n + 1, when: "before" },
    { call: n + 1, when: "after" },
  ]);
  return [...deaths.flat(), undefined];
};

const isServerError = ({ status }: { readonly status: number }): boolean => status >= 500;

describe.each(crashes)("$endpoint, $act", (crash) => {
  test.each(Object.entries(next))(
    "dies anywhere, then %s: one outcome, and the books are even",
    async (_, comeFirst) => {
      for (const death of await deathsOf(crash)) {
        const { endangered, answered } = await ask(crash, death);
        expect(isServerError(answered)).toBe(death !== undefined);
        await endangered.examine();
        await comeFirst(endangered);
        await endangered.examine();
        const repeated = await endangered.ask();
        const again = await endangered.ask();
        expect([repeated, again].map(isServerError)).toEqual([false, false]);
        if (crash.again) crash.again(repeated, again);
        // What was answered once is the answer for ever.
        else expect([again.status, again.body]).toEqual([repeated.status, repeated.body]);
        await endangered.examine();
        await pass(endangered, endangered.overdueInMs + DAY_MS);
        await endangered.examine();
        endangered.conclude(repeated);
      }
    },
  );

  test("dies anywhere and is never repeated: nothing stays open", async () => {
    for (const death of await deathsOf(crash)) {
      const { endangered } = await ask(crash, death);
      await pass(endangered, endangered.overdueInMs);
      await endangered.examine();
      endangered.conclude();
    }
  });
});

/** Whom a start wakes is looked up when it is done, and a death there is none of the start's: a reading that is not died at. */
const spared: Readonly<Record<string, number>> = { "approval/startTransaction": 1 };

test("every contract that commits has its crashes here, and each dies at all that it does", async () => {
  const committing = (await everyContract()).filter(({ io }) => io.commits > 0);
  const named = new Set(crashes.map(({ endpoint }) => endpoint));
  expect([...named].toSorted()).toEqual(committing.map(({ name }) => name).toSorted());
  for (const crash of crashes) {
    const { calls } = await ask(crash, undefined);
    const io = committing.find(({ name }) => name === crash.endpoint)?.io;
    const dying = (io?.reads ?? 0) + (io?.commits ?? 0) - (spared[crash.endpoint] ?? 0);
    expect(calls).toBeGreaterThanOrEqual(dying);
  }
});
