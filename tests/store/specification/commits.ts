/** What a commit is: all or nothing, once, and one of many at once. */
import { describe, expect, test } from "vitest";
import { absent, atLeast, atMost, equals, present } from "#store/condition";
import { check, erase, put, update } from "#store/write";
import { type Given, key, token } from "./given.ts";

/** Binds what a store makes of commits. */
export const bindCommits = (name: string, { store, commit, found }: Given): void => {
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
      expect((await store().commit(writes, same)).done).toBe(true);
      expect((await store().commit(writes, same)).done).toBe(true);
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
      const items = await store().read(writes.map((write) => write.key));
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
      expect((await store().read([key("a"), key("b")])).map((item) => item?.n)).toEqual([1n, 9n]);
    });
  });
};
