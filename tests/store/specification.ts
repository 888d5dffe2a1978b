/** What a store does, in one specification: the twin, the embedded engine and, on request, DynamoDB Local are bound by it. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import {
  above,
  absent,
  anyOf,
  atLeast,
  atMost,
  below,
  type Condition,
  equals,
  holds,
  oneOf,
  present,
} from "#store/condition";
import type { Item, Key } from "#store/item";
import { check, erase, type Page, put, type Range, type Store, update, type Write } from "#store/write";

const key = (name: string, sk = "part"): Key => ({ pk: `t#thing#${name}`, sk });

let tokens = 0;
const token = (): string => `specification-${process.pid}-${++tokens}`;

const onlyFields = (item: Item | undefined): Item | undefined => {
  if (item === undefined) return undefined;
  const { by: _, ...fields } = item;
  return fields;
};

const everyPage = async (store: Store, range: Range): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let page: Page | undefined;
  do {
    page = await store.list({ ...range, ...(page?.next !== undefined && { cursor: page.next }) });
    expect(page.items.length).toBeLessThanOrEqual(range.limit);
    items.push(...page.items);
  } while (page.next !== undefined);
  return items;
};

/** Binds a store; `open` gives an empty one. */
export const bindStore = (name: string, open: () => Promise<Store>): void => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  const commit = (...writes: readonly Write[]) => store.commit(writes, token());
  const found = async (at: Key) => onlyFields((await store.read([at]))[0]);

  describe(`${name}: what is put`, () => {
    test("is read as it was: texts, truths, and integers of 38 digits", async () => {
      const item = { text: "ü 🧾", truth: false, large: 10n ** 37n + 1n, small: -(10n ** 37n), zero: 0n };
      expect(await commit(put(key("a"), item, [[absent(), "taken"]]))).toEqual({ done: true });
      expect(await found(key("a"))).toEqual({ ...item, ...key("a") });
    });

    test("is read among others in the order asked, absent ones as undefined", async () => {
      await commit(put(key("a"), { n: 1n }, []), put(key("b"), { n: 2n }, []));
      const items = await store.read([key("b"), key("none"), key("a")]);
      expect(items.map((item) => item?.n)).toEqual([2n, undefined, 1n]);
    });

    test("replaces all of what was there", async () => {
      await commit(put(key("a"), { old: 1n }, []));
      await commit(put(key("a"), { fresh: 2n }, []));
      expect(await found(key("a"))).toEqual({ fresh: 2n, ...key("a") });
    });
  });

  describe(`${name}: what is updated`, () => {
    test("is set, added to and removed at once, names being any text", async () => {
      await commit(put(key("a"), { "used:day:2026-11-20": 5n, gone: "x" }, []));
      const change = { set: { "a-b": "c" }, add: { "used:day:2026-11-20": -2n, fresh: 7n }, remove: ["gone", "never"] };
      const outcome = await commit(update(key("a"), change));
      const after = { "used:day:2026-11-20": 3n, "a-b": "c", fresh: 7n, ...key("a") };
      expect(outcome).toMatchObject({ done: true, after });
      expect(await found(key("a"))).toEqual(after);
    });

    test("and is missing is a fault, unless the update may create it", async () => {
      expect(await commit(update(key("a"), { add: { n: 1n } }))).toMatchObject({ done: false, otherwise: "fault" });
      expect(await found(key("a"))).toBeUndefined();
      expect(await commit(update(key("a"), { add: { n: 1n }, orCreate: true }))).toMatchObject({ done: true });
      expect(await found(key("a"))).toEqual({ n: 1n, ...key("a") });
    });

    test("and missing says what its own rule says", async () => {
      const outcome = await commit(update(key("a"), { set: { n: 1n } }, [[present(), "UNKNOWN"]]));
      expect(outcome).toMatchObject({ done: false, otherwise: "UNKNOWN", found: undefined });
    });

    test("in two writes of a commit is updated once, by both", async () => {
      await commit(put(key("a"), { n: 1n, m: 1n }, []));
      const outcome = await commit(
        update(key("a"), { add: { n: 2n }, set: { one: "x" } }, [[equals("m", 1n), "no"]]),
        update(key("a"), { add: { n: 3n }, remove: ["m"] }, [[atLeast("n", 1n), "no"]]),
        check(key("a"), [[present("m"), "no"]]),
      );
      expect(outcome).toMatchObject({ done: true });
      expect(await found(key("a"))).toEqual({ n: 6n, one: "x", ...key("a") });
    });
  });

  describe(`${name}: a commit`, () => {
    test("is all or nothing, and says which rule failed on what", async () => {
      await commit(put(key("a"), { n: 1n }, []), put(key("b"), { n: 1n }, []));
      const outcome = await commit(
        update(key("a"), { add: { n: 1n } }),
        update(key("b"), { add: { n: 1n } }, [
          [atLeast("n", 0n), "NOT_THIS"],
          [atLeast("n", 2n), "SHORT"],
          [atLeast("n", 3n), "LATER"],
        ]),
        put(key("c"), {}, [[absent(), "taken"]]),
      );
      expect(outcome).toMatchObject({ done: false, otherwise: "SHORT", write: { key: key("b") }, found: { n: 1n } });
      expect([(await found(key("a")))?.n, await found(key("c"))]).toEqual([1n, undefined]);
    });

    test("says stale before anything else, then the first in order", async () => {
      await commit(put(key("a"), { n: 1n }, []), put(key("b"), { n: 1n }, []));
      const short = update(key("a"), { add: { n: -2n } }, [[atLeast("n", 2n), "SHORT"]]);
      const unknown = update(key("c"), { add: { n: 1n } }, [[present(), "UNKNOWN"]]);
      const stale = update(key("b"), { add: { n: 1n } }, [
        [atLeast("n", 2n), "LATE"],
        [equals("n", 2n), "stale"],
      ]);
      expect(await commit(short, unknown)).toMatchObject({ otherwise: "SHORT" });
      expect(await commit(unknown, short)).toMatchObject({ otherwise: "UNKNOWN" });
      expect(await commit(short, stale)).toMatchObject({ otherwise: "stale" });
    });

    test("that only checks changes nothing", async () => {
      await commit(put(key("a"), { n: 1n }, []));
      expect(await commit(check(key("a"), [[equals("n", 1n), "no"]]))).toEqual({ done: true });
      expect(await commit(check(key("a"), [[equals("n", 2n), "no"]]))).toMatchObject({ otherwise: "no" });
      expect(await commit(check(key("none"), [[absent(), "no"]]))).toEqual({ done: true });
    });

    test("erases, once", async () => {
      await commit(put(key("a"), { n: 1n }, []));
      expect(await commit(erase(key("a"), [[present(), "gone"]]))).toEqual({ done: true });
      expect(await commit(erase(key("a"), [[present(), "gone"]]))).toMatchObject({ otherwise: "gone" });
    });

    test.each([1, 2])("of %i writes, repeated with its token, has no second effect", async (many) => {
      await commit(put(key("a"), { n: 1n }, []), put(key("b"), { n: 1n }, []));
      const writes = [key("a"), key("b")]
        .slice(0, many)
        .map((at) => update(at, { add: { n: 1n } }, [[atMost("n", 1n), "no"]]));
      const same = token();
      expect((await store.commit(writes, same)).done).toBe(true);
      expect((await store.commit(writes, same)).done).toBe(true);
      expect((await found(key("a")))?.n).toBe(2n);
    });

    test.each([
      ["two puts of one item", put(key("a"), {}, []), put(key("a"), {}, [])],
      ["an update and an erasure of one item", update(key("a"), { set: { n: 1n } }), erase(key("a"), [])],
      ["a field that is set and removed", update(key("a"), { set: { n: 1n }, remove: ["n"] }), check(key("b"), [])],
      ["a field that is set and added to", update(key("a"), { set: { n: 1n } }), update(key("a"), { add: { n: 1n } })],
      [
        "a field that is added to and removed",
        update(key("a"), { add: { n: 1n } }),
        update(key("a"), { remove: ["n"] }),
      ],
      ["two settings of one field", update(key("a"), { set: { n: 1n } }), update(key("a"), { set: { n: 2n } })],
    ])("with %s is a bug", async (_, one, other) => {
      await expect(commit(one, other)).rejects.toThrow();
    });

    test("of a hundred writes is done", async () => {
      const writes = Array.from({ length: 100 }, (_, n) => put(key(`n${n}`), { n: BigInt(n) }, [[absent(), "taken"]]));
      expect(await commit(...writes)).toEqual({ done: true });
      const items = await store.read(writes.map((write) => write.key));
      expect(items.map((item) => item?.n)).toEqual(writes.map((_, n) => BigInt(n)));
    });
  });

  describe(`${name}: of many at once`, () => {
    test("one wins where the rule lets one win", async () => {
      await commit(put(key("a"), { state: "open" }, []));
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, () =>
          commit(update(key("a"), { set: { state: "done" } }, [[equals("state", "open"), "late"]])),
        ),
      );
      expect(outcomes.filter(({ done }) => done).length).toBe(1);
    });

    test("none goes below zero, and no money is lost", async () => {
      await commit(put(key("a"), { n: 10n }, []), put(key("b"), { n: 0n }, []));
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, () =>
          commit(
            update(key("a"), { add: { n: -3n } }, [[atLeast("n", 3n), "SHORT"]]),
            update(key("b"), { add: { n: 3n } }),
          ),
        ),
      );
      const done = outcomes.filter((outcome) => outcome.done).length;
      expect(done).toBe(3);
      expect((await store.read([key("a"), key("b")])).map((item) => item?.n)).toEqual([1n, 9n]);
    });
  });

  describe(`${name}: a condition`, () => {
    const fieldValue = fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.constantFrom("x", "y"), fc.boolean());
    const integer = fc.bigInt({ min: -3n, max: 3n });
    const field = fc.constantFrom("a", "b:c");
    const simple: fc.Arbitrary<Condition> = fc.oneof(
      fc.constantFrom(absent(), present()),
      field.map((name) => absent(name)),
      field.map((name) => present(name)),
      fc.tuple(field, fieldValue).map(([name, value]) => equals(name, value)),
      fc
        .tuple(field, fc.array(fieldValue, { minLength: 1, maxLength: 3 }))
        .map(([name, values]) => oneOf(name, values)),
      fc
        .tuple(fc.constantFrom(atLeast, atMost, above, below), field, integer)
        .map(([bound, name, value]) => bound(name, value)),
    );
    const condition = fc.oneof(
      simple,
      fc.array(simple, { minLength: 1, maxLength: 3 }).map((conditions) => anyOf(...conditions)),
    );
    const item = fc.option(fc.record({ a: fieldValue, "b:c": fieldValue }, { requiredKeys: [] }), { nil: undefined });

    test("holds in the table exactly where it holds in the evaluator", async () => {
      let nth = 0;
      const property = fc.asyncProperty(item, condition, fc.boolean(), async (fields, rule, alone) => {
        const at = key(`c${++nth}`);
        if (fields !== undefined) await commit(put(at, fields as Item, []));
        const other = alone ? [] : [put(key(`d${nth}`), {}, [])];
        const outcome = await commit(update(at, { set: { changed: true }, orCreate: true }, [[rule, "no"]]), ...other);
        expect(outcome.done).toBe(holds(rule, fields as Item | undefined));
        if (!outcome.done) expect(outcome).toMatchObject({ otherwise: "no" });
      });
      await fc.assert(property, { numRuns: 150 });
    });
  });

  describe(`${name}: a list`, () => {
    const parts = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"];
    const fill = async () => {
      for (const sk of parts) await commit(put(key("list", sk), { n: BigInt(parts.indexOf(sk)) }, []));
      await commit(put(key("list2", "2026-03"), { n: 9n }, []));
    };
    const range = { of: "table", in: key("list").pk } as const;
    const sortKeys = async (asked: Range) => (await everyPage(store, asked)).map(({ sk }) => sk);

    test.each([1, 2, 5, 100])("pages a partition by %i, whole items in the order of their sort key", async (limit) => {
      await fill();
      const items = await everyPage(store, { ...range, limit });
      expect(items.map(onlyFields)).toEqual(parts.map((sk, n) => ({ n: BigInt(n), ...key("list", sk) })));
    });

    test("goes backwards, from here and to there", async () => {
      await fill();
      expect(await sortKeys({ ...range, limit: 2, newestFirst: true })).toEqual([...parts].reverse());
      expect(await sortKeys({ ...range, limit: 2, from: "2026-02", to: "2026-04" })).toEqual(parts.slice(1, 4));
      expect(await sortKeys({ ...range, limit: 2, from: "2026-04" })).toEqual(parts.slice(3));
      expect(await sortKeys({ ...range, limit: 2, to: "2026-02", newestFirst: true })).toEqual(["2026-02", "2026-01"]);
      expect(await sortKeys({ ...range, in: "t#thing#none", limit: 2 })).toEqual([]);
    });

    test.each(["due", "list"] as const)(
      "of the index %s gives keys of what is in it, and forgets what has left it",
      async (of) => {
        const at = of === "due" ? "dueAt" : "listAt";
        for (const n of [3, 1, 2]) await commit(put(key(`i${n}`), { [of]: "p", [at]: `0${n}`, more: "x" }, []));
        await commit(put(key("i4"), { [of]: "other", [at]: "04" }, []), put(key("i5"), { more: "y" }, []));
        const entry = (n: number) => ({ ...key(`i${n}`), [of]: "p", [at]: `0${n}` });
        expect(await everyPage(store, { of, in: "p", limit: 2 })).toEqual([entry(1), entry(2), entry(3)]);
        expect(await everyPage(store, { of, in: "p", limit: 2, to: "02" })).toEqual([entry(1), entry(2)]);
        await commit(update(key("i1"), { remove: [of, at] }), erase(key("i3"), []));
        expect(await everyPage(store, { of, in: "p", limit: 2 })).toEqual([entry(2)]);
      },
    );

    test("of an index pages through entries of the same instant", async () => {
      for (const n of [1, 2, 3, 4, 5]) await commit(put(key(`i${n}`), { due: "p", dueAt: "same" }, []));
      const items = await everyPage(store, { of: "due", in: "p", limit: 2 });
      expect(new Set(items.map(({ pk }) => pk)).size).toBe(5);
      expect(items.length).toBe(5);
    });
  });
};
