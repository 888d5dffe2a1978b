/** Every acceptance row of a specification is a test that bears its number, as soon as a contract that it belongs to exists. */
import { describe, expect, test } from "vitest";
import { everyContract } from "../support/desk.ts";
import { sourcesOf } from "./sources.ts";

/** Of each specification, the last row that belongs to the contracts of these names; the rows begin after those before. */
const specifications: Readonly<Record<string, readonly (readonly [lastRow: number, contracts: RegExp])[]>> = {
  sonect: [
    [25, /^partner\//],
    [44, /^withdrawal\/(start|settle|cancel)Order$/],
    // The life cycle of a withdrawal (sonect.md 5 and 6): whatever else that slice may offer.
    [51, /^withdrawal\/(?!(start|settle|cancel)Order$)/],
  ],
  sbc: [[34, /^sale\//]],
  swip: [[37, /^pos\//]],
  approvals: [[27, /^approval\//]],
};

const from = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

const contracts = (await everyContract()).map(({ name }) => name);
const chapters = Object.entries(specifications).flatMap(([specification, parts]) =>
  parts.map(([last, names], at) => ({ specification, rows: from((parts[at - 1]?.[0] ?? 0) + 1, last), names })),
);

/** `<specification> #<row>` of every title of a test. */
const titles = new Set(
  sourcesOf("tests")
    .filter(({ path }) => path.endsWith(".test.ts") && !path.includes("house/"))
    .flatMap(({ text }) => [...text.matchAll(/["'`](\w+ #\d+): /g)].map(([, title = ""]) => title)),
);
const titleOf = (specification: string, row: number): string => `${specification} #${row}`;

describe("acceptance", () => {
  const due = chapters.filter(({ names }) => contracts.some((name) => names.test(name)));

  test.each(due)("every row of $specification for $names has a test", ({ specification, rows }) => {
    expect(rows.filter((row) => !titles.has(titleOf(specification, row)))).toEqual([]);
  });

  test("no test names a row that its specification does not have", () => {
    const known = chapters.flatMap(({ specification, rows }) => rows.map((row) => titleOf(specification, row)));
    expect([...titles].filter((title) => !known.includes(title))).toEqual([]);
  });

  test("every contract but the desk's own belongs to rows of a specification", () => {
    const strangers = contracts.filter((name) => !chapters.some(({ names }) => names.test(name)));
    expect(strangers.filter((name) => !name.startsWith("desk/"))).toEqual([]);
  });
});
