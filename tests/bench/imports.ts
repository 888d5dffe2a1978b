/** `import`: how large a function is and how long it takes to be ready, against a bare handler and the same handler built the usual way. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../local/build.ts";
import { everyBundle, kbOf } from "../support/bundles.ts";
import { measureFirstAnswers } from "./answers.ts";
import { ratioOf, spreadOf, takeTurns } from "./measure.ts";
import { type Findings, type Scale, spreadColumns, type Table } from "./report.ts";
import { buildUsual } from "./usual.ts";

/** The project's own budget, of the usual import time. */
const MOST_OF_USUAL = 0.6;

const ourStart = join(import.meta.dirname, "../../dist/withdrawal/startOrder.cjs");

/** Importing tells its own time, and nothing of how long Node took to start. */
const importer = `
  const startedAt = performance.now();
  require(process.argv[1]);
  process.stdout.write(String(performance.now() - startedAt));
  process.exit(0);
`;

const importMs = (path: string) => async (): Promise<number> => {
  const env = { PATH: process.env.PATH, AWS_REGION: "local", TABLE: "bench", IDEMPOTENCY_TABLE: "bench-idempotency" };
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", importer, path], { env, encoding: "utf8" });
  const ms = Number(stdout);
  if (stdout === "" || Number.isNaN(ms)) throw new Error(`${path} cannot be imported: ${stderr}`);
  return ms;
};

const sizesOf = (usualKb: number, minifiedKb: number): Table => {
  const ours = everyBundle().map(({ name, kb }) => ({ name, kb }));
  return {
    title: "Bundles",
    columns: [
      { name: "name", head: "" },
      { name: "kb", head: "kB", digits: 1 },
      { name: "ratio", head: "x usual", digits: 2 },
    ],
    rows: [
      ...ours,
      { name: "usual startOrder", kb: usualKb },
      { name: "usual startOrder, minified", kb: minifiedKb },
    ].map((row) => ({ ...row, ratio: row.kb / usualKb })),
  };
};

const BARE = "bare handler";
const OURS = "startOrder";
const USUAL = "usual startOrder";

/** Bundles, import times and first answers; `npm ci` of the usual one comes before. */
export const measureImports = async ({ isQuick }: Scale): Promise<Findings> => {
  const { usual, minified } = await buildUsual();
  await build();
  const folder = mkdtempSync(join(tmpdir(), "tillgate-bench-"));
  const bare = join(folder, "bare.cjs");
  writeFileSync(bare, "exports.handler = async () => ({ statusCode: 200 });\n");
  const turns = await takeTurns(isQuick ? 5 : 15, {
    [BARE]: importMs(bare),
    [OURS]: importMs(ourStart),
    [USUAL]: importMs(usual),
    "usual startOrder, minified": importMs(minified),
  });
  rmSync(folder, { recursive: true });
  const samplesOf = (name: string): readonly number[] => turns[name as keyof typeof turns];
  const sizes = sizesOf(kbOf(usual), kbOf(minified));
  const bundles = everyBundle();
  const over = bundles.filter(({ kb, mostKb }) => kb > mostKb).map(({ name }) => name);
  const ofStart = bundles.find(({ name }) => name === "withdrawal/startOrder");
  const ofUsual = ratioOf(samplesOf(OURS), samplesOf(USUAL));
  return {
    tables: [
      sizes,
      {
        title: "Import, each in a process of its own",
        columns: [
          { name: "name", head: "" },
          ...spreadColumns("ms", 1),
          { name: "bare", head: "x bare", digits: 1 },
          { name: "usual", head: "x usual", digits: 2 },
        ],
        rows: Object.keys(turns).map((name) => ({
          name,
          ...spreadOf(samplesOf(name)),
          bare: ratioOf(samplesOf(name), samplesOf(BARE)),
          usual: ratioOf(samplesOf(name), samplesOf(USUAL)),
        })),
      },
      await measureFirstAnswers({ ours: ourStart, usual }, isQuick),
    ],
    budgets: [
      {
        what: "kB of startOrder",
        value: ofStart?.kb ?? Number.NaN,
        is: "at most",
        limit: ofStart?.mostKb ?? 0,
        unit: " kB",
      },
      {
        what: `bundles over their kB (${over.join(", ") || "none"})`,
        value: over.length,
        is: "at most",
        limit: 0,
        unit: "",
      },
      {
        what: "import of startOrder, of the usual one's",
        value: ofUsual,
        is: "at most",
        limit: MOST_OF_USUAL,
        unit: "x",
      },
    ],
  };
};
