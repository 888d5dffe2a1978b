/** What docs/operations.md tells an operator: nothing that is not so, and nothing left out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { everyContract } from "../support/desk.ts";
import { readService } from "../support/serverless.ts";
import { openAdmin } from "../unit/admin/given.ts";
import { root } from "./sources.ts";

const page = readFileSync(join(root, "docs/operations.md"), "utf8");
const ports = readFileSync(join(root, "lib/ports.ts"), "utf8");

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, one = ""]) => one);

/** The names in the first column of a section's tables. */
const rowsOf = (section: string): readonly string[] => {
  const text = page.split(/^## /m).find((each) => each.startsWith(`${section}\n`)) ?? "";
  return found(text, /^\| (`[^|]+`) \|/gm).flatMap((cell) => found(cell, /`([^`]+)`/g));
};

describe("the page", () => {
  const calls = [...new Set(found(page, /npm run admin -- ((?:"[^"]*"|[^`#\n"])+)/g).map((call) => call.trim()))];

  test.each(calls)("calls the admin as it is called: %s", async (call) => {
    const words = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    const { run, targets } = openAdmin();
    const { code, err } = await run(...words);
    expect([code === 2 ? err : "", targets]).toEqual(["", [{ stage: "prod" }]]);
  });

  test("explains every field that a log line can have", () => {
    const fields = found(/interface LogFields \{([\s\S]*?)\n\}/.exec(ports)?.[1] ?? "", /readonly (\w+)\?:/g);
    expect(rowsOf("Logs").filter((name) => /^\w+$/.test(name))).toEqual(fields);
  });

  test("explains every metric", () => {
    expect(rowsOf("Metrics")).toEqual(found(/export type Metric =([\s\S]*?);/.exec(ports)?.[1] ?? "", /"(\w+)"/g));
  });

  test("explains every parameter that a stage may be given", () => {
    const files = ["serverless.yml", "functions/alarms.yml", "lib/store/alarms.yml"];
    const names = files.flatMap((path) => found(readFileSync(join(root, path), "utf8"), /\$\{param:(\w+)/g));
    expect(rowsOf("Deploy")).toEqual([...new Set(names), "<function>-concurrency"]);
  });

  test("leads to pages and sections that there are", () => {
    const links = found(page, /\]\(([^)#]+)\)/g);
    expect(links.filter((link) => readFileSync(join(root, "docs", link), "utf8") === "")).toEqual([]);
  });

  test("stops every function that writes, before a table is restored", async () => {
    const writers = (await everyContract()).filter(({ io, auth }) => io.commits + (auth?.io?.commits ?? 0) > 0);
    const jobs = Object.entries(readService("prod").functions)
      .filter(([, { events }]) => events.some(({ schedule }) => schedule !== undefined))
      .map(([name]) => name);
    const step = /^1\. Stop the writers:[\s\S]*?^2\. /m.exec(page)?.[0] ?? "";
    const stopped = found(step, /`(\w+-\w+)`/g).filter((name) => !name.startsWith("sweep-absent"));
    expect(stopped.toSorted()).toEqual([...writers.map(({ name }) => name.replace("/", "-")), ...jobs].sort());
  });

  test("names functions that there are", () => {
    const functions = Object.keys(readService("prod").functions);
    const slices = [...new Set(functions.map((name) => name.split("-")[0]))].join("|");
    const named = [
      ...found(page, /tillgate-prod-(\w+(?:-\w+)?)\b/g).filter((name) => name !== "at"),
      ...found(page, new RegExp(`\`((?:${slices})-[a-z]+[A-Z]\\w*)`, "g")),
    ];
    expect(named).toEqual(expect.arrayContaining(["sweep-expireDue", "withdrawal-startOrder"]));
    expect(named.filter((name) => !functions.includes(name))).toEqual([]);
  });
});
