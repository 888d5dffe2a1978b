/** The store's parts that need no table: what reasons mean together, what a judgement does with its end, and what is remembered. */
import { describe, expect, test } from "vitest";
import { Fault, Refused, refuse } from "#kernel/refusal";
import { decide, deny, say } from "#store/decide";
import { withdrawalKey, withdrawalStartKey } from "#store/keys/withdrawal";
import { kinds } from "#store/kinds";
import { reasonOf, reasonOfCancellation } from "#store/reason";
import { openRecall } from "#store/recall";
import { kindOf, ownerOf } from "#store/table";
import { check, type Outcome, put, type Store } from "#store/write";
import { openTestPorts } from "../support/ports.ts";

describe("the reasons of a cancelled transaction", () => {
  const codes = [
    "None",
    "ConditionalCheckFailed",
    "TransactionConflict",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "ValidationError",
    "ItemCollectionSizeLimitExceeded",
    "AnythingNew",
  ];
  const expected = (set: ReadonlySet<string>): string => {
    if (["ValidationError", "ItemCollectionSizeLimitExceeded", "AnythingNew"].some((code) => set.has(code)))
      return "fault";
    if (set.has("ThrottlingError") || set.has("ProvisionedThroughputExceeded")) return "throttled";
    if (set.has("TransactionConflict")) return "conflict";
    return set.has("ConditionalCheckFailed") ? "conditions" : "fault";
  };

  test("mean the same in any order, for every set of them", () => {
    for (let bits = 1; bits < 2 ** codes.length; bits++) {
      const set = codes.filter((_, n) => bits & (1 << n));
      const reasons = set.map((Code) => ({ Code }));
      const meanings = [reasons, reasons.toReversed()].map((each) => reasonOfCancellation(each).is);
      expect([set, meanings]).toEqual([set, Array(2).fill(expected(new Set(set)))]);
    }
  });

  test("give the items of what failed, and hold the others apart from missing ones", () => {
    const item = { n: { N: "1" } };
    const reasons = [
      { Code: "None" },
      { Code: "ConditionalCheckFailed", Item: item },
      { Code: "ConditionalCheckFailed" },
    ];
    expect(reasonOfCancellation(reasons)).toEqual({ is: "conditions", items: ["held", item, undefined] });
  });

  test.each([
    ["TransactionCanceledException", "fault"],
    ["ConditionalCheckFailedException", "conditions"],
    ["TransactionConflictException", "conflict"],
    ["TransactionInProgressException", "unknown"],
    ["ProvisionedThroughputExceededException", "throttled"],
    ["ThrottlingException", "throttled"],
    ["RequestLimitExceeded", "throttled"],
    ["ValidationException", "fault"],
    ["AccessDeniedException", "fault"],
    ["IdempotentParameterMismatchException", "fault"],
    ["InternalServerError", "unknown"],
    ["TimeoutError", "unknown"],
    ["Error", "unknown"],
  ])("a %s is %s", (name, is) => {
    expect(reasonOf(Object.assign(new Error("x"), { name })).is).toBe(is);
  });
});

describe("a judgement", () => {
  const write = put({ pk: "t#thing#a", sk: "part" }, {}, []);
  const withOutcomes = (outcomes: readonly Outcome[]) => {
    const tokens: string[] = [];
    const left = [...outcomes];
    const scripted = (twin: Store): Store => ({
      ...twin,
      commit: async (_, token) => {
        tokens.push(token);
        return left.shift() ?? { done: true };
      },
    });
    return { ports: openTestPorts(scripted).ports, tokens };
  };
  const failed = (otherwise: string): Outcome => ({ done: false, otherwise, write, found: undefined });

  test("that was made on what has changed is made again, with a token of its own", async () => {
    const { ports, tokens } = withOutcomes([failed("stale"), { done: false, otherwise: "conflict" }]);
    let judged = 0;
    expect(await decide(ports, [], () => ({ say: ++judged, writes: [write] }))).toBe(3);
    expect(new Set(tokens).size).toBe(3);
  });

  test("that never holds is busy after five times more", async () => {
    const { ports, tokens } = withOutcomes(Array<Outcome>(6).fill(failed("stale")));
    await expect(decide(ports, [], () => ({ say: 1, writes: [write] }))).rejects.toMatchObject({
      refusal: { code: "BUSY" },
    });
    expect(tokens.length).toBe(6);
  });

  test.each([
    ["throttled", "BUSY"],
    ["FUNDS_SHORT", "FUNDS_SHORT"],
  ])("whose commit ends in %s refuses with %s", async (otherwise, code) => {
    const { ports } = withOutcomes([failed(otherwise)]);
    await expect(decide(ports, [], () => ({ say: 1, writes: [write] }))).rejects.toMatchObject({ refusal: { code } });
  });

  test("whose commit breaks a rule that always holds is a fault", async () => {
    const { ports } = withOutcomes([failed("fault")]);
    await expect(decide(ports, [], () => ({ say: 1, writes: [write] }))).rejects.toThrow(Fault);
  });

  test("without writes commits nothing, whether it answers or refuses", async () => {
    const { ports, tokens } = withOutcomes([]);
    expect(await decide(ports, [], () => say("yes"))).toBe("yes");
    await expect(decide(ports, [], () => deny("NO", { why: "because" }))).rejects.toMatchObject({
      refusal: { code: "NO", facts: { why: "because" } },
    });
    expect(tokens).toEqual([]);
  });

  test("may refuse and yet write", async () => {
    const { ports, tokens } = withOutcomes([]);
    await expect(decide(ports, [], () => ({ say: refuse("NO"), writes: [check(write.key, [])] }))).rejects.toThrow(
      Refused,
    );
    expect(tokens.length).toBe(1);
  });
});

describe("what is recalled", () => {
  const counted = () => {
    let reads = 0;
    const world = openTestPorts((twin) => ({
      ...twin,
      read: (keys) => {
        reads += 1;
        return twin.read(keys);
      },
    }));
    return { ...world, recall: openRecall(world.ports.store, world.ports.clock, 1_000), reads: () => reads };
  };
  const key = { pk: "t#thing#a", sk: "part" };

  test("is read once for as long as it is remembered, however many ask", async () => {
    const { recall, twin, reads, clock } = counted();
    await twin.commit([put(key, { n: 1n }, [])], "one");
    const asked = await Promise.all([recall(key), recall(key)]);
    await twin.commit([put(key, { n: 2n }, [])], "two");
    clock.advance(999);
    expect([...asked, await recall(key)].map((item) => item?.n)).toEqual([1n, 1n, 1n]);
    expect(reads()).toBe(1);
    clock.advance(1);
    expect((await recall(key))?.n).toBe(2n);
  });

  test("is not remembered where there was nothing, or where reading failed", async () => {
    const { recall, twin, reads } = counted();
    expect(await recall(key)).toBeUndefined();
    await twin.commit([put(key, { n: 1n }, [])], "one");
    expect((await recall(key))?.n).toBe(1n);
    expect(reads()).toBe(2);
  });

  test("is remembered where there was nothing, too, if it may be absent", async () => {
    const { recall, twin, reads, clock } = counted();
    expect([await recall(key, true), await recall(key, true), reads()]).toEqual([undefined, undefined, 1]);
    await twin.commit([put(key, { n: 1n }, [])], "one");
    clock.advance(1_000);
    expect((await recall(key, true))?.n).toBe(1n);
  });

  test("is bounded: the oldest is forgotten", async () => {
    const { recall, twin, reads } = counted();
    const name = (n: number) => ({ pk: `t#thing#${n}`, sk: "part" });
    for (let n = 0; n <= 1_000; n++) {
      await twin.commit([put(name(n), {}, [])], `put ${n}`);
      await recall(name(n));
    }
    await recall(name(1_000));
    expect(reads()).toBe(1_001);
    await recall(name(0));
    expect(reads()).toBe(1_002);
  });
});

describe("a key", () => {
  test("tells its owner and its kind", () => {
    expect([ownerOf(withdrawalKey("bank", 7n)), kindOf(withdrawalKey("bank", 7n))]).toEqual(["bank", "withdrawal"]);
    expect(Object.keys(kinds)).toContain(kindOf(withdrawalKey("bank", 7n)));
  });

  test.each(["", "a#b"])("has no segment %j", (segment) => {
    expect(() => withdrawalStartKey("bank", segment)).toThrow(RangeError);
    expect(() => withdrawalStartKey(segment, "digest")).toThrow(RangeError);
  });
});
