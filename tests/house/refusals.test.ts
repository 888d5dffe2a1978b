/** Refusals as tables: one home for each code, and nobody speaks of one that is none. */
import { expect, test } from "vitest";
import { edgeRefusals, Refused, refuse } from "#kernel/refusal";
import { failureOf } from "../../local/admin/failure.ts";
import { readSources } from "../../local/docs/sources.ts";
import { everyContract } from "../support/desk.ts";
import { sourcesOf } from "./sources.ts";

const { refusals } = await readSources();
const codes = refusals.flatMap(({ table }) => Object.keys(table));

test("every table of refusals is found", () => {
  const defined = sourcesOf("lib").flatMap(({ text }) => [...text.matchAll(/ = defineRefusals\(/g)]);
  expect(refusals).toHaveLength(defined.length);
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

test("what is uttered is a code: by name, and as the no of a write's rule", () => {
  const found = (pattern: RegExp, ...folders: readonly string[]): readonly string[] =>
    sourcesOf(...folders).flatMap(({ text }) => [...text.matchAll(pattern)].map(([, word = ""]) => word));
  const said = found(/\b(?:deny|refuse)\(\s*"([^"]*)"/g, "lib", "local");
  const ruled = found(/\),\s*"([^"]+)",?\s*\]/g, "lib");
  expect(said).toContain("ACCOUNT_UNKNOWN");
  expect(ruled).toEqual(expect.arrayContaining(["stale", "fault", "FUNDS_SHORT"]));
  const known = [...codes, "stale", "fault"];
  expect([...said, ...ruled].filter((word) => !known.includes(word))).toEqual([]);
});

test("the admin has words for each code that it utters", () => {
  const admin = sourcesOf("local/admin").filter(({ path }) => !path.endsWith("/failure.ts"));
  const uttered = codes.filter((code) => admin.some(({ text }) => text.includes(`"${code}"`)));
  expect(uttered).toContain("WITHDRAWAL_UNKNOWN");
  expect(uttered.filter((code) => failureOf(new Refused(refuse(code))).message === code)).toEqual([]);
});
