/** The limiter: what it lets pass, what it tells whom it does not, and what that costs the table. */
import { describe, expect, it } from "vitest";
import { permitsAt, secondsUntilPermit } from "#edge/bucket";
import type { Asked, Caller } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import { limit } from "#edge/middleware/limit";
import { Fault } from "#kernel/refusal";
import type { Store } from "#store/write";
import { NOW_MS, openTestPorts } from "../../support/ports.ts";
import { context, eventWith, everyAnswer, greet } from "./given.ts";
import { openInstance, paced, partner } from "./limiter.ts";

/** A world that counts the writes to its table. */
const openCounted = () => {
  const counted = { writes: 0 };
  const world = openTestPorts((twin) => ({
    ...twin,
    commit: (writes, token) => {
      counted.writes += 1;
      return twin.commit(writes, token);
    },
  }));
  return { world, counted };
};

const times = async (many: number, act: () => Promise<number>): Promise<readonly number[]> => {
  const heard: number[] = [];
  for (let nth = 0; nth < many; nth++) heard.push(await act());
  return heard;
};

describe("a bucket", () => {
  const cases: readonly (readonly [nextAtMs: number, permits: number, seconds: number | undefined])[] = [
    [0, 5, undefined],
    [10_000, 5, undefined],
    [10_001, 4, undefined],
    [10_200, 4, undefined],
    [10_201, 3, undefined],
    [10_800, 1, undefined],
    [10_801, 0, 1],
    [11_000, 0, 1],
    [11_800, -4, 1],
    [11_801, -5, 2],
  ];
  it.each(cases)("that is used up until %i holds %i permits at 10000", (nextAtMs, permits, seconds) => {
    const pace = { everyMs: 200, burst: 5 };
    expect(permitsAt(pace, nextAtMs, 10_000)).toBe(permits);
    if (seconds !== undefined) expect(secondsUntilPermit(pace, nextAtMs, 10_000)).toBe(seconds);
  });
});

describe("the limiter", () => {
  it("lets the burst pass, tells the next how long to wait, and serves whoever has waited", async () => {
    const world = openTestPorts();
    const ask = openInstance(world, paced(3_000, 4));
    expect(await times(6, ask)).toEqual([0, 0, 0, 0, 3, 3]);
    world.clock.advance(1_500);
    expect(await ask()).toBe(2);
    world.clock.advance(1_500);
    expect(await times(2, ask)).toEqual([0, 3]);
    world.clock.advance(12_000);
    expect(await times(5, ask)).toEqual([0, 0, 0, 0, 3]);
  });

  it("is full for a clock that has gone back: no instant so far ahead is one of its own", async () => {
    const world = openTestPorts();
    await openInstance(world, paced(3_000, 5))();
    world.clock.advance(-3_600_000);
    expect(await times(6, openInstance(world, paced(3_000, 5)))).toEqual([0, 0, 0, 0, 0, 3]);
  });

  it("keeps a number, and who asked as a digest only", async () => {
    const world = openTestPorts();
    await openInstance(world, partner)("192.0.2.7");
    expect(world.twin.items()).toEqual([
      {
        pk: expect.stringMatching(/^desk#rate#[\w-]{43}$/),
        sk: "rate",
        nextAtMs: BigInt(NOW_MS + 20),
        ttl: BigInt(NOW_MS / 1_000 + 86_400),
      },
    ]);
  });

  it("has a bucket for each caller, which endpoints share that say the same of it", async () => {
    const world = openTestPorts();
    const [here, there] = [openInstance(world, paced(3_000, 1)), openInstance(world, paced(3_000, 1))];
    const elsewhere = openInstance(world, { ...paced(3_000, 1), per: "session" });
    const heard = [await here("ann"), await there("ann"), await there("bea"), await elsewhere("ann")];
    expect(heard).toEqual([0, 3, 0, 0]);
  });

  it("lets everybody pass where nothing is limited, and asks nobody", async () => {
    const { world, counted } = openCounted();
    await limit(undefined, "greeting/greet").before?.({ internal: { ports: world.ports } } as never);
    expect(counted.writes).toBe(0);
  });

  it("takes no permit that may lapse where less than one comes in a second", async () => {
    const world = openTestPorts();
    const ask = openInstance(world, paced(1_001, 20));
    expect(await times(3, ask)).toEqual([0, 0, 0]);
    world.clock.advance(1_000);
    expect((await times(20, ask)).filter((seconds) => seconds === 0)).toHaveLength(17);
  });

  it("lets lapse what was taken ahead and not used within a second, wherever it lies", async () => {
    const world = openTestPorts();
    const instances = Array.from({ length: 8 }, () => openInstance(world, partner));
    // Each of them has three left of what it took.
    for (const ask of instances) await times(5, ask);
    world.clock.advance(2_000);
    const heard: number[] = [];
    for (let round = 0; round < 60; round++) for (const ask of instances) heard.push(await ask());
    expect(heard.filter((seconds) => seconds === 0)).toHaveLength(250);
  });

  it("holds the burst, though all ask at once", async () => {
    const ask = openInstance(openTestPorts(), paced(3_000, 5));
    const heard = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(heard.filter((seconds) => seconds === 0)).toHaveLength(5);
  });
});

it("an endpoint's limit is looked at once it is known who asks, and before the body", async () => {
  const { world, counted } = openCounted();
  const row = { ...greet, limit: { ...paced(3_000, 1), by: (_: Asked, { tenant }: Caller) => tenant } };
  const ask = endpoint(
    row,
    async () => ({ greeting: "Hello", times: 1n }),
    () => world.ports,
  );
  const another = { "content-type": "application/json", "x-token": "another" };
  const heard = [
    await ask(eventWith({ headers: another }), context),
    await ask(eventWith({ body: "{" }), context),
    await ask(eventWith({ body: "{" }), context),
  ];
  expect(heard.map(({ statusCode }) => statusCode)).toEqual([401, 400, 429]);
  expect(heard[2]).toEqual({
    statusCode: 429,
    headers: { "content-type": "application/json", ...everyAnswer, "Retry-After": "3" },
    body: '{"no":"RATE_LIMITED"}',
  });
  expect(counted.writes).toBe(1);
});

describe("what it costs the table", () => {
  it("one write for a caller who asks now and then", async () => {
    const { world, counted } = openCounted();
    const ask = openInstance(world, partner);
    await times(10, async () => {
      world.clock.advance(5_000);
      return ask();
    });
    expect(counted.writes).toBe(10);
  });

  it("two at the most for an instance that does not know how busy the caller is", async () => {
    const { world, counted } = openCounted();
    await times(3, openInstance(world, partner));
    counted.writes = 0;
    expect(await openInstance(world, partner)()).toBe(0);
    expect(counted.writes).toBe(2);
  });

  it.each([
    [25, 1.2],
    [40, 2.2],
  ])("of %i calls a second, none of which is refused: %d writes at the most", async (calls, writes) => {
    const { world, counted } = openCounted();
    const ask = openInstance(world, partner);
    const heard = await times(calls * 60, async () => {
      world.clock.advance(1_000 / calls);
      return ask();
    });
    expect(heard.filter((seconds) => seconds > 0)).toEqual([]);
    expect(counted.writes).toBeLessThan(writes * 60);
  });

  it("of a caller who heeds nothing: one for each call that is served, and one a second and instance", async () => {
    const { world, counted } = openCounted();
    const instances = Array.from({ length: 10 }, () => openInstance(world, partner));
    const seconds = 5;
    for (let ms = 0; ms < seconds * 1_000; ms += 10) {
      world.clock.advance(10);
      for (const ask of instances) await ask();
    }
    const served = partner.burst + (seconds * 1_000) / partner.everyMs;
    expect(counted.writes).toBeLessThanOrEqual(served + seconds * instances.length);
  });

  it("none for a refusal that is repeated within the time it told", async () => {
    const { world, counted } = openCounted();
    const ask = openInstance(world, paced(3_000, 1));
    expect(await times(2, ask)).toEqual([0, 3]);
    counted.writes = 0;
    world.clock.advance(2_999);
    expect(await times(100, ask)).toEqual(Array.from({ length: 100 }, () => 1));
    expect(counted.writes).toBe(0);
  });

  it("memory for a thousand callers, no more", async () => {
    const { world, counted } = openCounted();
    const ask = openInstance(world, paced(3_000, 1));
    for (let nth = 0; nth < 1_001; nth++) await ask(`caller ${nth}`);
    counted.writes = 0;
    // The last is known to have none left; of the first, the table has to tell.
    expect([await ask("caller 1000"), counted.writes]).toEqual([3, 0]);
    expect([await ask("caller 0"), counted.writes]).toEqual([3, 1]);
  });
});

describe("a limiter that fails lets pass", () => {
  const failures: readonly (readonly [string, Store["commit"]])[] = [
    ["a throttled table", async () => ({ done: false, otherwise: "throttled" })],
    ["a conflict", async () => ({ done: false, otherwise: "conflict" })],
    [
      "an outage",
      async () => {
        throw new Fault("the table does not answer");
      },
    ],
  ];
  it.each(failures)("%s: counted, and asked again after a second", async (_, commit) => {
    let asked = 0;
    const world = openTestPorts((twin) => ({
      ...twin,
      commit: (writes, token) => {
        asked += 1;
        return commit(writes, token);
      },
    }));
    const ask = openInstance(world, paced(3_000, 1));
    expect(await times(100, ask)).toEqual(Array.from({ length: 100 }, () => 0));
    expect([asked, world.telemetry.counts]).toEqual([
      1,
      [{ metric: "Unlimited", value: 1, endpoint: "greeting/greet" }],
    ]);
    world.clock.advance(1_000);
    expect(await ask()).toBe(0);
    expect(asked).toBe(2);
  });

  it("a bucket that others move at each try", async () => {
    const world = openTestPorts((twin) => ({
      ...twin,
      commit: async ([write], _token) => ({ done: false, otherwise: "stale", write: write as never, found: undefined }),
    }));
    expect(await openInstance(world, paced(3_000, 1))()).toBe(0);
    expect(world.telemetry.counts).toEqual([{ metric: "Unlimited", value: 1, endpoint: "greeting/greet" }]);
  });
});
