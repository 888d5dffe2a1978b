/** What the limiter keeps to, whatever comes, when, and to which instance. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTestPorts } from "../../support/ports.ts";
import { openInstance, partner, type Row } from "./limiter.ts";

/** When calls were let pass, of calls that come so long after one another to so many instances. */
const playArrivals = async (
  row: Row,
  instances: number,
  arrivals: readonly { readonly afterMs: number; readonly at: number }[],
): Promise<readonly number[]> => {
  const world = openTestPorts();
  const asks = Array.from({ length: instances }, () => openInstance(world, row));
  const servedAtMs: number[] = [];
  for (const { afterMs, at } of arrivals) {
    world.clock.advance(afterMs);
    if ((await asks[at % instances]?.()) === 0) servedAtMs.push(world.clock.nowMs);
  }
  return servedAtMs;
};

const anyPace = fc.record({
  everyMs: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1_500 })),
  burst: fc.integer({ min: 1, max: 60 }),
});
const anyGap = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 600 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5_000 }) },
);
const anyArrivals = fc.array(fc.record({ afterMs: anyGap, at: fc.nat(3) }), { maxLength: 300 });

describe("of whatever comes, however many instances there are", () => {
  it("no more passes since the first than the burst and what has come in", async () => {
    await fc.assert(
      fc.asyncProperty(anyPace, fc.integer({ min: 1, max: 4 }), anyArrivals, async (pace, instances, arrivals) => {
        const served = await playArrivals({ ...partner, ...pace }, instances, arrivals);
        const [first = 0] = served;
        const most = (ms: number) => pace.burst + Math.floor((ms - first) / pace.everyMs);
        expect(served.filter((ms, nth) => nth + 1 > most(ms))).toEqual([]);
      }),
    );
  });

  it("no more passes in any stretch than the burst and what comes in during it and a second (or during it alone, where permits come slowly)", async () => {
    await fc.assert(
      fc.asyncProperty(anyPace, fc.integer({ min: 1, max: 4 }), anyArrivals, async (pace, instances, arrivals) => {
        const served = await playArrivals({ ...partner, ...pace }, instances, arrivals);
        // Where less than two permits come in a second, none is taken ahead.
        const slackMs = pace.everyMs > 500 ? 0 : 1_000;
        for (const [from, fromMs] of served.entries()) {
          const most = (ms: number) => pace.burst + Math.floor((ms - fromMs + slackMs) / pace.everyMs);
          const rest = served.slice(from);
          expect(rest.filter((ms, nth) => nth + 1 > most(ms))).toEqual([]);
        }
      }),
    );
  });

  it("whoever asks no more often than permits come in is never refused", async () => {
    // Hardly a pause: what lapses unused in one instance must not be missing in another.
    const steady = fc.oneof({ weight: 99, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: anyGap });
    const calls = fc.array(fc.record({ gap: steady, at: fc.nat(3) }), { size: "max", maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(anyPace, fc.integer({ min: 1, max: 4 }), calls, async (pace, instances, asked) => {
        const arrivals = asked.map(({ gap, at }) => ({ afterMs: pace.everyMs + gap, at }));
        expect(await playArrivals({ ...partner, ...pace }, instances, arrivals)).toHaveLength(arrivals.length);
      }),
    );
  });
});

it("four calls where five permits come in are served, by however many instances and in whatever order", async () => {
  // A gap is 25 ms on average, and a permit comes in every 20 ms.
  const call = fc.record({ afterMs: fc.integer({ min: 0, max: 50 }), at: fc.nat(9) });
  const calls = fc.array(call, { size: "max", minLength: 3_000, maxLength: 3_000 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10 }), calls, async (instances, arrivals) => {
      expect(await playArrivals(partner, instances, arrivals)).toHaveLength(arrivals.length);
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

describe("of an only instance", () => {
  it("whoever heeds a refusal is served, and waits no longer than a bucket's next permit, in whole seconds", async () => {
    await fc.assert(
      fc.asyncProperty(anyPace, fc.array(anyGap, { maxLength: 200 }), async (pace, gaps) => {
        const world = openTestPorts();
        const ask = openInstance(world, { ...partner, ...pace });
        for (const gap of gaps) {
          world.clock.advance(gap);
          const seconds = await ask();
          expect(seconds).toBeLessThanOrEqual(Math.max(1, Math.ceil(pace.everyMs / 1_000)));
          world.clock.advance(seconds * 1_000);
          expect(await (seconds === 0 ? 0 : ask())).toBe(0);
        }
      }),
    );
  });
});
