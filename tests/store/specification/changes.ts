/** What one write makes of one item. */
import { describe, expect, test } from "vitest";
import { absent, atLeast, equals, present } from "#store/condition";
import { check, put, update } from "#store/write";
import { type Given, key } from "./given.ts";

/** Binds what a store makes of puts and updates. */
export const bindChanges = (name: string, { store, commit, found }: Given): void => {
  describe(`${name}: what is put`, () => {
    test("is read as it was: texts, truths, and integers of 38 digits", async () => {
      const item = { text: "ü 🧾", truth: false, large: 10n ** 37n + 1n, small: -(10n ** 37n), zero: 0n };
      expect(await commit(put(key("a"), item, [[absent(), "taken"]]))).toEqual({ done: true });
      expect(await found(key("a"))).toEqual({ ...item, ...key("a") });
    });

    test("is read among others in the order asked, absent ones as undefined", async () => {
      await commit(put(key("a"), { n: 1n }, []), put(key("b"), { n: 2n }, []));
      const items = await store().read([key("b"), key("none"), key("a")]);
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
};
