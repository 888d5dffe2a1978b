/** What a list gives, page by page. */
import { describe, expect, test } from "vitest";
import { erase, put, type Range, update } from "#store/write";
import { everyPage, type Given, key, onlyFields } from "./given.ts";

/** Binds what a store lists. */
export const bindLists = (name: string, { store, commit }: Given): void => {
  describe(`${name}: a list`, () => {
    const parts = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"];
    const fill = async () => {
      for (const sk of parts) await commit(put(key("list", sk), { n: BigInt(parts.indexOf(sk)) }, []));
      await commit(put(key("list2", "2026-03"), { n: 9n }, []));
    };
    const range = { of: "table", in: key("list").pk } as const;
    const sortKeys = async (asked: Range) => (await everyPage(store(), asked)).map(({ sk }) => sk);

    test.each([1, 2, 5, 100])("pages a partition by %i, whole items in the order of their sort key", async (limit) => {
      await fill();
      const items = await everyPage(store(), { ...range, limit });
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
        expect(await everyPage(store(), { of, in: "p", limit: 2 })).toEqual([entry(1), entry(2), entry(3)]);
        expect(await everyPage(store(), { of, in: "p", limit: 2, to: "02" })).toEqual([entry(1), entry(2)]);
        await commit(update(key("i1"), { remove: [of, at] }), erase(key("i3"), []));
        expect(await everyPage(store(), { of, in: "p", limit: 2 })).toEqual([entry(2)]);
      },
    );

    test("of an index pages through entries of the same instant", async () => {
      for (const n of [1, 2, 3, 4, 5]) await commit(put(key(`i${n}`), { due: "p", dueAt: "same" }, []));
      const items = await everyPage(store(), { of: "due", in: "p", limit: 2 });
      expect(new Set(items.map(({ pk }) => pk)).size).toBe(5);
      expect(items.length).toBe(5);
    });
  });
};
