/** What the real store makes of a table that conflicts, throttles, or does not answer. */
import { describe, expect, test } from "vitest";
import { Outage, Refused } from "#kernel/refusal";
import { absent, atMost, present } from "#store/condition";
import type { Key } from "#store/item";
import { put, update } from "#store/write";
import type { FaultKind } from "../../local/dynamodb/faults.ts";
import { openEngineStore } from "../support/engine.ts";

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
