/** Refusals as tables: one home for each code, and no contract speaks of one that is none. */
import { expect, test } from "vitest";
import { edgeRefusals } from "#kernel/refusal";
import { bookkeepingRefusals, ledgerRefusals } from "#ledger/refusals";
import { partyRefusals } from "#party/refusals";
import { withdrawalRefusals } from "#withdrawal/refusals";
import { everyContract } from "../support/desk.ts";
import { sourcesOf } from "./sources.ts";

const tables = { edgeRefusals, partyRefusals, ledgerRefusals, bookkeepingRefusals, withdrawalRefusals };
const codes = Object.values(tables).flatMap((table) => Object.keys(table));

test("every table of refusals is looked at here", () => {
  const exported = sourcesOf("lib").flatMap(({ text }) =>
    [...text.matchAll(/export const (\w+) = defineRefusals\(/g)].map(([, name]) => name),
  );
  expect(exported.sort()).toEqual(Object.keys(tables).sort());
});

test("each code has one home and is written as one", () => {
  expect(codes.filter((code, n) => codes.indexOf(code) !== n)).toEqual([]);
  expect(codes.filter((code) => !/^[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([]);
});

test("contracts declare known codes, in their order of precedence", async () => {
  for (const { name, mayRefuse } of await everyContract()) {
    expect([name, mayRefuse.filter((code) => !codes.includes(code))]).toEqual([name, []]);
    expect([name, new Set(mayRefuse).size]).toEqual([name, mayRefuse.length]);
  }
});

test("each code is uttered somewhere", () => {
  const uttered = sourcesOf("lib", "local").filter(
    ({ path }) => !path.endsWith("refusals.ts") && !/words\.ts$|contract\.ts$/.test(path),
  );
  const own = codes.filter((code) => !(code in edgeRefusals));
  const unheard = own.filter((code) => !uttered.some(({ text }) => text.includes(`"${code}"`)));
  expect(unheard).toEqual([]);
});
