/** The table's grammar: every kind has a maker of its keys in lib/store/keys/, and nothing else makes one. */
import { expect, test } from "vitest";
import { kinds } from "#store/kinds";
import { sourcesOf } from "./sources.ts";

const keys = sourcesOf("lib/store/keys");

test("every kind has its keys made in one place", () => {
  const made = keys.flatMap(({ text }) => [
    ...new Set([...text.matchAll(/\bpartition\([^,]+, "(\w+)"/g)].map(([, kind]) => kind)),
  ]);
  expect(made.toSorted()).toEqual(Object.keys(kinds).toSorted());
});

test("nothing else makes keys", () => {
  // What was read or listed has a key; a cursor goes on behind one.
  const passedOn = ["lib/store/item.ts", "lib/store/query.ts"];
  const elsewhere = sourcesOf("lib", "functions", "local/admin").filter(
    ({ path }) => !path.startsWith("lib/store/keys/") && !passedOn.includes(path),
  );
  const making = /(?<!readonly )\bpk:|import [^;]*\bpartition\b[^;]* from "#store\/table"/;
  expect(elsewhere.filter(({ text }) => making.test(text)).map(({ path }) => path)).toEqual([]);
});
