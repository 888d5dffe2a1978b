/**
 * The differential run: `--operations` random requests (100,000) from `--seed`, in lanes that are each an order of their
 * own, to the embedded engine and to the DynamoDB Local at TILLGATE_ORACLE_URL. Exits 1 on a difference that
 * docs/oracle.md does not explain.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { titles } from "./known/explain.ts";
import { type Comparison, type Finding, runLane, type Sides } from "./lane.ts";
import { openRandom } from "./random.ts";
import type { Request } from "./requests/request.ts";
import { shrink } from "./shrink.ts";
import { openEmbedded, openOracle } from "./sides.ts";

/** Lanes run side by side: DynamoDB Local answers several databases at once, but one only in order. */
const LANES = 4;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    operations: { type: "string", default: "100000" },
    seed: { type: "string", default: String(randomInt(2 ** 32)) },
  },
});
const operations = Number(values.operations);
const seed = Number(values.seed);
const url = process.env.TILLGATE_ORACLE_URL;
if (!Number.isInteger(operations) || operations < LANES || !Number.isInteger(seed) || url === undefined) {
  process.stderr.write(
    "Usage: TILLGATE_ORACLE_URL=… node tests/oracle/differential.ts [--operations 100000] [--seed 1]\n",
  );
  process.exit(2);
}

let databases = 0;
const openSides = async (): Promise<Sides> => ({
  engine: await openEmbedded(),
  oracle: await openOracle(url, `differential${process.pid}n${++databases}`),
});

const seen = new Map<string, number>();
const answers = new Map<string, number>();
const count = (counts: Map<string, number>, what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0);

const note = ({ engine, known }: Comparison): void => {
  count(answers, String(engine.body.__type ?? "done").replace(/^.*#/, ""));
  for (const title of known) count(seen, title);
  const done = total(answers);
  if (done % Math.ceil(operations / 5) === 0) say(`${done} operations`);
};

interface Lane {
  readonly nth: number;
  readonly requests: readonly Request[];
  readonly finding: Finding | undefined;
}

let isOver = false;
const run = async (nth: number): Promise<Lane> => {
  const sides = await openSides();
  const requests: Request[] = [];
  const length = Math.floor(operations / LANES) + (nth < operations % LANES ? 1 : 0);
  const random = openRandom(seed + nth * 0x9e3779b9);
  const finding = await runLane(sides, length, random, { requests, note, isOver: () => isOver });
  isOver ||= finding !== undefined;
  await sides.engine.close();
  return { nth, requests, finding };
};

const tell = async ({ nth, requests, finding }: Lane): Promise<void> => {
  if (!finding) return;
  say(`\nDifference in ${finding.pieces.join(" and ")}: seed ${seed}, lane ${nth}, operation ${requests.length}`);
  say(`${finding.request.operation} ${JSON.stringify(finding.request.input)}`);
  say(`engine: ${JSON.stringify(finding.engine)}`);
  say(`oracle: ${JSON.stringify(finding.oracle)}`);
  if (finding.request.operation === "Scan") return;
  say("\nThe fewest requests that lead to it:");
  for (const { operation, input } of await shrink(requests, finding, openSides)) {
    say(`${operation} ${JSON.stringify(input)}`);
  }
};

const tellCounts = (title: string, counts: Map<string, number>): void => {
  say(`\n${title}`);
  for (const [what, times] of [...counts].sort(([, one], [, other]) => other - one)) say(`  ${times} ${what}`);
};

say(`${operations} random operations in ${LANES} lanes, seed ${seed}`);
const startedAtMs = Date.now();
const lanes = await Promise.all(Array.from({ length: LANES }, (_, nth) => run(nth)));
for (const title of titles) seen.set(title, seen.get(title) ?? 0);
tellCounts("What the engine answered:", answers);
tellCounts("Known deviations of DynamoDB Local (docs/oracle.md):", seen);
for (const lane of lanes) await tell(lane);
const found = lanes.filter(({ finding }) => finding !== undefined).length;
const tookS = Math.round((Date.now() - startedAtMs) / 1_000);
say(
  `\n${total(answers)} operations in ${tookS} s, seed ${seed}: ${found === 0 ? "no unexplained difference" : "differences"}`,
);
process.exit(found === 0 ? 0 : 1);
