/** `npm run bench`: measures the desk, each figure beside its baseline of the same run; fails where a budget is missed (docs/bench.md). */
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type Budget, budgetLines, type Findings, isMet, type Measure, tableLines } from "../tests/bench/report.ts";
import { sections } from "../tests/bench/sections.ts";

const names = Object.keys(sections);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const stopWith = (why: string): never => {
  process.stderr.write(`${why}\nUsage: npm run bench [-- [--quick] [--json] [${names.join("] [")}]]\n`);
  process.exit(2);
};

const readArguments = () => {
  try {
    const options = { quick: { type: "boolean", default: false }, json: { type: "boolean", default: false } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const unknown = positionals.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`There is no section ${unknown}.`);
    return { ...values, wanted: positionals };
  } catch (error) {
    return stopWith(error instanceof Error ? error.message : String(error));
  }
};

const { quick: isQuick, json: isJson, wanted } = readArguments();
const chosen = Object.entries(sections).filter(([name, { isOptional }]) =>
  wanted.length === 0 ? !isOptional : wanted.includes(name),
);

const machine = {
  node: process.version,
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? "unknown",
  load: loadavg()[0] ?? 0,
};
if (!isJson) {
  const { node, cores, processor, load } = machine;
  say(`Node ${node}, ${cores} cores (${processor}), load ${load.toFixed(1)}${isQuick ? ", quick" : ""}`);
  if (load > 1) say("Others are busy on this machine: believe the ratios before the times.");
  say("");
}

type Found = (Findings | { readonly failed: string }) & { readonly seconds: number };

const secondsSince = (startedAtMs: number): number => Math.round((performance.now() - startedAtMs) / 1_000);

const examine = async (measure: Measure): Promise<Found> => {
  const startedAtMs = performance.now();
  const findings = await measure({ isQuick }).catch((error: unknown) => ({
    failed: error instanceof Error ? error.message : String(error),
  }));
  return { ...findings, seconds: secondsSince(startedAtMs) };
};

// What is under way is left, and tables are removed from the disk.
process.once("SIGINT", () => process.exit(130));

const startedAtMs = performance.now();
const found: Record<string, Found> = {};
const budgets: Budget[] = [];
const failures: string[] = [];
for (const [name, { measure }] of chosen) {
  const findings = await examine(measure);
  found[name] = findings;
  if ("failed" in findings) failures.push(`✗ ${name} could not be measured: ${findings.failed}`);
  else {
    budgets.push(...findings.budgets);
    if (!isJson) findings.tables.flatMap(tableLines).forEach(say);
  }
}

const seconds = secondsSince(startedAtMs);
if (isJson) say(JSON.stringify({ machine, isQuick, seconds, sections: found }, undefined, 2));
else {
  const each = Object.entries(found).map(([name, section]) => `${name} ${section.seconds}`);
  for (const line of [...budgetLines(budgets), ...failures, `Measured in ${seconds} s: ${each.join(", ")}.`]) say(line);
}
process.exitCode = budgets.every(isMet) && failures.length === 0 ? 0 : 1;
