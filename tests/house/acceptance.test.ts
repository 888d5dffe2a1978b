/** Every acceptance row of a specification, as far as its slices exist, is a test that bears its number. */
import { expect, test } from "vitest";
import { sourcesOf } from "./sources.ts";

const from = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** The rows of each specification whose slices exist. */
const promised: Readonly<Record<string, readonly number[]>> = { sonect: from(26, 44) };

test.each(Object.entries(promised))("every row of %s that is promised has a test", (specification, rows) => {
  const titles = sourcesOf("tests")
    .filter(({ path }) => path.endsWith(".test.ts") && !path.includes("house/"))
    .flatMap(({ text }) =>
      [...text.matchAll(new RegExp(`${specification} #(\\d+)`, "g"))].map(([, row]) => Number(row)),
    );
  expect(rows.filter((row) => !titles.includes(row))).toEqual([]);
});
