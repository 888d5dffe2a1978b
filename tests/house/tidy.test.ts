/** The style that a machine can check; each message names what to do instead. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, sourcesOf } from "./sources.ts";

interface Ban {
  readonly word: RegExp;
  readonly instead: string;
  readonly except?: RegExp;
}

const bans: readonly Ban[] = [
  { word: /process\.env/, instead: "a port; lib/live.ts reads the environment", except: /^lib\/live\.ts$/ },
  { word: /Date\.now|new Date\(\)/, instead: "ports.clock()", except: /^lib\/(live|telemetry)\.ts$/ },
  { word: /Math\.random/, instead: "ports.ids, or node:crypto" },
  { word: /parseFloat|\bNumber\.parseFloat|toFixed\(/, instead: "bigint minor units, lib/kernel/money.ts" },
  { word: /console\./, instead: "ports.telemetry" },
  { word: /\bas any\b|: any\b|<any>/, instead: "a type, or unknown" },
  { word: /^\s*(export )?(const )?enum /m, instead: "a table `as const`" },
  { word: /^export default/m, instead: "a named export" },
  { word: /import \{ z \} from "zod"/, instead: 'import * as z from "zod": the named import bundles every locale' },
  { word: /z\.number\(/, instead: "integer() or decimal() of lib/kernel/json.ts" },
  { word: /\b(TODO|FIXME|XXX|HACK)\b/, instead: "doing it, or an issue" },
  { word: /ScanCommand/, instead: "a collection or an index" },
  { word: /\bsetTimeout\b/, instead: "ports.pause", except: /^lib\/(live|outgoing)\.ts$/ },
];

const lib = sourcesOf("lib", "functions");
const everything = sourcesOf("lib", "functions", "local", "web", "tests");
const lengthOf = (text: string): number => text.split("\n").length - 1;

describe("the house is tidy", () => {
  test.each(bans)("$word stands nowhere: use $instead", ({ word, except }) => {
    expect(lib.filter(({ path, text }) => word.test(text) && !except?.test(path)).map(({ path }) => path)).toEqual([]);
  });

  test("a function's file has 15 lines at the most", () => {
    expect(
      sourcesOf("functions")
        .filter(({ text }) => lengthOf(text) > 15)
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test("no file has more than 300 lines", () => {
    // Sheets, pages and programs without types too.
    const others = globSync(["{web,local,tests,functions}/**/*.{css,html,mjs}"], {
      cwd: root,
      exclude: ["**/node_modules/**"],
    });
    const every = [...everything, ...others.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))];
    expect(every.filter(({ text }) => lengthOf(text) > 300).map(({ path }) => path)).toEqual([]);
  });

  test("what lib/ exports says what it is", () => {
    const bare = sourcesOf("lib").flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /(?<before>[^\n]*)\n(?:\/\/ biome-ignore[^\n]*\n)?export (?:const|interface|type|class|function) (?<name>\w+)/g,
        ),
      ]
        .filter(({ groups }) => !/\*\/\s*$/.test(groups?.before ?? ""))
        .map(({ groups }) => `${path}: ${groups?.name}`),
    );
    expect(bare).toEqual([]);
  });

  test("a folder of lib/ is a noun that one would say aloud", () => {
    const vague = /\/(utils?|helpers?|common|shared|misc|services?|managers?)(\/|\.ts$)/i;
    expect(everything.filter(({ path }) => vague.test(path)).map(({ path }) => path)).toEqual([]);
  });

  test("no test is skipped or runs alone", () => {
    const skipped = /\b(?:test|describe|it)\.(?:skip|only|todo)\b/;
    expect(
      sourcesOf("tests")
        .filter(({ text }) => skipped.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test("everything runs on the Node that Lambda runs", () => {
    expect(process.versions.node.split(".")[0]).toBe("24");
  });
});
