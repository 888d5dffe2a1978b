/** What reading several items gives. */
import { describe, expect, test } from "vitest";
import { put } from "#store/write";
import { type Given, key, onlyFields } from "./given.ts";

/** Binds what a store reads. */
export const bindReads = (name: string, { store, commit }: Given): void => {
  describe.each(["read", "readEach"] as const)(`${name}: %s`, (read) => {
    test("gives items in the order asked, nothing where there is none", async () => {
      for (const n of [1n, 2n, 3n]) await commit(put(key(`r${n}`), { n }, []));
      const asked = [key("r3"), key("none"), key("r1", "other part"), key("r1")];
      const found = await store()[read](asked);
      expect(found.map((item) => item && onlyFields(item))).toEqual([
        { n: 3n, ...key("r3") },
        undefined,
        undefined,
        { n: 1n, ...key("r1") },
      ]);
      expect(await store()[read]([key("none")])).toEqual([undefined]);
    });

    test("gives a hundred", async () => {
      const keys = Array.from({ length: 100 }, (_, n) => key(`h${n}`));
      for (const at of keys) await commit(put(at, { name: at.pk }, []));
      expect((await store()[read](keys.toReversed())).map((item) => item?.name)).toEqual(
        keys.map(({ pk }) => pk).toReversed(),
      );
    });
  });
};
