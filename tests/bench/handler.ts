/** `handler`: how long one request takes in a function that does everything but talk to its table. */
import type { HandlerTimes, HandlerWish } from "./apart/handler.ts";
import { runApart } from "./apart.ts";
import { median, ratioOf, spreadOf, takeTurns } from "./measure.ts";
import type { Findings, Scale } from "./report.ts";

/** The most that half of the starts may take, by the project's own budget. */
const MOST_P50_US = 150;

const BARE = "bare middy handler";
const START = "startOrder, a new one";

const rivals = {
  [BARE]: "bare",
  [START]: "start",
  "startOrder, a repeated one": "replay",
  "startOrder, refused": "refusal",
  settleOrder: "settle",
  cancelOrder: "cancel",
} as const;

/** Who is measured where time is short too. */
const QUICK: readonly string[] = [BARE, START];

/** Requests before the clock runs: where others keep the processors busy, the compiler is not done with a start's path before that. */
const warmOf = (name: string): number => (name === START ? 20_000 : 8_000);

const measure = (wish: HandlerWish) => (): Promise<HandlerTimes> =>
  runApart<HandlerTimes>(new URL("./apart/handler.ts", import.meta.url), wish);

/** Every endpoint's handler on the memory twin, in a process of its own, against a bare middy handler. */
export const measureHandlers = async ({ isQuick }: Scale): Promise<Findings> => {
  const chosen = Object.entries(rivals).filter(([name]) => !isQuick || QUICK.includes(name));
  const measuredMs = isQuick ? 300 : 1_000;
  const turns = await takeTurns(
    3,
    Object.fromEntries(
      chosen.map(([name, contestant]) => [name, measure({ contestant, warm: warmOf(name), measuredMs })]),
    ),
  );
  const bare = turns[BARE] ?? [];
  const rows = Object.entries(turns).map(([name, times]) => {
    const p50s = times.map(({ p50 }) => p50);
    const perCore = times.map(({ perCpuSecond }) => perCpuSecond);
    return {
      name,
      ...spreadOf(p50s),
      ratio: ratioOf(
        p50s,
        bare.map(({ p50 }) => p50),
      ),
      p99: median(times.map(({ p99 }) => p99)),
      withTable: median(times.map(({ p50WithTable }) => p50WithTable)),
      perCore: median(perCore),
      coreRatio: ratioOf(
        perCore,
        bare.map(({ perCpuSecond }) => perCpuSecond),
      ),
    };
  });
  const start = rows.find(({ name }) => name === START);
  return {
    tables: [
      {
        title: "Handlers without I/O: neither the table nor the pipe of the log",
        columns: [
          { name: "name", head: "" },
          { name: "min", head: "min p50 µs", digits: 1 },
          { name: "median", head: "median", digits: 1 },
          { name: "max", head: "max", digits: 1 },
          { name: "ratio", head: "x bare", digits: 1 },
          { name: "p99", head: "p99", digits: 0 },
          { name: "withTable", head: "+ twin", digits: 0 },
          { name: "perCore", head: "/s, core", digits: 0 },
          { name: "coreRatio", head: "x bare", digits: 3 },
        ],
        rows,
        notes: [
          "+ twin: p50 with the table's part, a map in memory here. /s, core: requests per second of processor time.",
        ],
      },
    ],
    budgets: [
      {
        what: "startOrder p50 without I/O, the best turn",
        value: start?.min ?? Number.NaN,
        is: "at most",
        limit: MOST_P50_US,
        unit: " µs",
      },
    ],
  };
};
