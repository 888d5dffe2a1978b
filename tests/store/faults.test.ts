/** What the real store makes of a table that conflicts, throttles, or does not answer. */
import { describe, expect, test } from "vitest";
import { Outage, Refused } from "#kernel/refusal";
import { absent, atMost, present } from "#store/condition";
import type { Key } from "#store/item";
import { put, update } from "#store/write";
import type { FaultKind } from "../../local/dynamodb/faults.ts";
import { createRequestHandler } from "../../local/dynamodb/requestHandler.ts";
import type { Handle } from "../../local/dynamodb/wire.ts";
import { openEngineStore, storeOn } from "../support/engine.ts";

const key = (name: string): Key => ({ pk: `t#thing#${name}`, sk: "part" });

const counters = async () => {
  const opened = await openEngineStore();
  await opened.store.commit([put(key("a"), { n: 0n }, []), put(key("b"), { n: 0n }, [])], "open");
  const raise = (name: string) => update(key(name), { add: { n: 1n } }, [[atMost("n", 0n), "TWICE"]]);
  const values = async () => (await opened.store.read([key("a"), key("b")])).map((item) => item?.n);
  return { ...opened, values, alone: [raise("a")], together: [raise("a"), raise("b")] };
};

const four = <T>(value: T): readonly T[] => [value, value, value, value];

const table: readonly (readonly [faults: readonly FaultKind[], outcome: string, effects: bigint])[] = [
  [["conflict"], "conflict", 0n],
  [["throttle"], "done", 1n],
  [["throughput"], "done", 1n],
  [["throttle", "conflict"], "conflict", 0n],
  [four("throttle"), "throttled", 0n],
  [["internalError"], "done", 1n],
  [["timeoutBefore"], "done", 1n],
  [["timeoutAfter"], "done", 1n],
  [["timeoutBefore", "timeoutAfter"], "done", 1n],
  [["timeoutBefore", "conflict", "throttle"], "done", 1n],
  [four("timeoutBefore"), "outage", 0n],
  [["timeoutBefore", "conflict", "conflict", "conflict"], "outage", 0n],
  [["timeoutBefore", "timeoutBefore", "timeoutBefore", "throttle"], "outage", 0n],
];

describe.each([
  ["one write", "UpdateItem", "alone"],
  ["a transaction", "TransactWriteItems", "together"],
] as const)("%s", (_, operation, writes) => {
  test.each(table)("that meets %j ends in %s with %d effects", async (kinds, expected, effects) => {
    const world = await counters();
    world.engine.faults.next(...kinds.map((kind) => ({ operation, kind })));
    const outcome = await world.store.commit(world[writes], "token").then(
      (ended) => (ended.done ? "done" : ended.otherwise),
      (error: unknown) => (error instanceof Outage ? "outage" : "another error"),
    );
    expect(outcome).toBe(expected);
    const [a, b] = await world.values();
    expect([a, b]).toEqual([effects, writes === "together" ? effects : 0n]);
    expect(world.engine.faults.pending()).toEqual([]);
  });
});

test("a put whose answer was lost is not refused by its own success", async () => {
  const { store, engine } = await openEngineStore();
  engine.faults.next({ operation: "PutItem", kind: "timeoutAfter" });
  expect(await store.commit([put(key("a"), { n: 1n }, [[absent(), "TAKEN"]])], "token")).toEqual({ done: true });
  expect(await store.commit([put(key("a"), { n: 1n }, [[absent(), "TAKEN"]])], "other")).toMatchObject({
    otherwise: "TAKEN",
  });
});

test("an update whose answer was lost tells what it has made, as it would have", async () => {
  const { store, engine, alone } = await counters();
  engine.faults.next({ operation: "UpdateItem", kind: "timeoutAfter" });
  expect(await store.commit(alone, "token")).toEqual({
    done: true,
    after: { ...key("a"), n: 1n, by: "token" },
  });
});

test("a conflict in a transaction leaves its conditions undecided", async () => {
  const { store, engine } = await openEngineStore();
  engine.faults.next({ operation: "TransactWriteItems", kind: "conflict", at: 1 });
  const writes = [update(key("none"), { add: { n: 1n } }, [[present(), "UNKNOWN"]]), put(key("a"), {}, [])];
  expect(await store.commit(writes, "one")).toEqual({ done: false, otherwise: "conflict" });
  expect(await store.commit(writes, "two")).toMatchObject({ done: false, otherwise: "UNKNOWN" });
});

describe("a reading", () => {
  test.each(["conflict", "throttle", "internalError", "timeoutBefore", "timeoutAfter"] as const)(
    "that meets %s is repeated",
    async (kind) => {
      const { store, engine, values } = await counters();
      engine.faults.next({ operation: "TransactGetItems", kind });
      expect(await values()).toEqual([0n, 0n]);
      const single = kind === "conflict" ? "throttle" : kind;
      engine.faults.next({ operation: "GetItem", kind: single }, { operation: "Query", kind: single });
      expect((await store.read([key("a")]))[0]?.n).toBe(0n);
      expect((await store.list({ of: "table", in: key("a").pk, limit: 5 })).items.length).toBe(1);
    },
  );

  test("that meets nothing but conflicts is busy, and nothing but silence an outage", async () => {
    const { store, engine } = await counters();
    engine.faults.next(...four("conflict" as const).map((kind) => ({ operation: "TransactGetItems", kind })));
    await expect(store.read([key("a"), key("b")])).rejects.toThrow(Refused);
    engine.faults.next(...four("timeoutBefore" as const).map((kind) => ({ operation: "GetItem", kind })));
    await expect(store.read([key("a")])).rejects.toThrow(Outage);
  });
});

/** A store whose table answers for four keys of a batch at a time; `note` is told of how many it was asked. */
const leavingSome = async (note: (keys: number) => void) => {
  const { engine, store } = await openEngineStore();
  const handle: Handle = async (target, body) => {
    if (!target.endsWith("BatchGetItem")) return engine.handle(target, body);
    const request = JSON.parse(body);
    const [[table, { Keys, ...how }]] = Object.entries<{ Keys: unknown[] }>(request.RequestItems) as [
      [string, { Keys: unknown[] }],
    ];
    note(Keys.length);
    const [now, later] = [Keys.slice(0, 4), Keys.slice(4)];
    const asked = JSON.stringify({ ...request, RequestItems: { [table]: { Keys: now, ...how } } });
    const answer = await engine.handle(target, asked);
    const left = later.length === 0 ? {} : { [table]: { Keys: later, ...how } };
    return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), UnprocessedKeys: left }) };
  };
  return { full: store, store: storeOn(createRequestHandler(handle)) };
};

describe("items read each by itself", () => {
  const eleven = Array.from({ length: 11 }, (_, n) => key(`each ${n}`));
  const filled = async () => {
    const opened = await openEngineStore();
    for (const at of eleven) await opened.store.commit([put(at, { name: at.pk }, [])], at.pk);
    return opened;
  };

  test("stay readable while transactions have them", async () => {
    const { store, engine } = await filled();
    engine.faults.next(...four("conflict" as const).map((kind) => ({ operation: "TransactGetItems", kind })));
    expect((await store.readEach(eleven)).map((item) => item?.name)).toEqual(eleven.map(({ pk }) => pk));
    await expect(store.read(eleven)).rejects.toMatchObject({ refusal: { code: "BUSY" } });
  });

  test.each([
    ["throttle", 3, "all"],
    ["throttle", 4, "BUSY"],
    ["timeoutAfter", 3, "all"],
  ] as const)("of a table that meets %s %i times are %s", async (kind, times, expected) => {
    const { store, engine } = await filled();
    engine.faults.next(...Array.from({ length: times }, () => ({ operation: "BatchGetItem", kind })));
    const ended = await store.readEach(eleven).then(
      (items) => (items.every((item, n) => item?.name === eleven[n]?.pk) ? "all" : "others"),
      (error: unknown) => (error instanceof Refused ? error.refusal.code : "another error"),
    );
    expect([ended, engine.faults.pending()]).toEqual([expected, []]);
  });

  test("are asked for again where the table has left some, and only those", async () => {
    const asked: number[] = [];
    const { full, store } = await leavingSome((keys) => asked.push(keys));
    for (const at of eleven) await full.commit([put(at, { name: at.pk }, [])], at.pk);
    expect((await store.readEach(eleven)).map((item) => item?.name)).toEqual(eleven.map(({ pk }) => pk));
    expect(asked).toEqual([11, 7, 3]);
  });
});
