/** `handler`: how long one request takes in a function that does everything but talk to its table. */
import type { HandlerTimes, HandlerWish } from "./apart/handler.ts";
import { runApart } from "./apart.ts";
import { median, ratioOf, spreadOf, takeTurns } from "./measure.ts";
import type { Findings, Scale } from "./report.ts";

/** The most that half of the starts may take, by the project's own budget; held against the calmest batch: others on the machine only ever add. */
const MOST_P50_US = 150;

const BARE = "bare middy handler";
const START = "startOrder, a new one";
const SETTLE = "settleOrder";

const rivals = {
  [BARE]: "bare",
  [START]: "start",
  "startOrder, a repeated one": "replay",
  "startOrder, refused": "refusal",
  [SETTLE]: "settle",
  cancelOrder: "cancel",
} as const;

/** Who is measured where time is short: few, but warm, or the budget would be held against a cold compiler. */
const QUICK: readonly string[] = [BARE, START, SETTLE];

const measure = (wish: HandlerWish) => (): Promise<HandlerTimes> =>
  runApart<HandlerTimes>(new URL("./apart/handler.ts", import.meta.url), wish);

/** Every endpoint's handler on the memory twin, in a process of its own, against a bare middy handler. */
export const measureHandlers = async ({ isQuick }: Scale): Promise<Findings> => {
  const chosen = Object.entries(rivals).filter(([name]) => !isQuick || QUICK.includes(name));
  const size = isQuick ? { warm: 4_000, measuredMs: 300 } : { warm: 8_000, measuredMs: 1_000 };
  const turns = await takeTurns(
    isQuick ? 2 : 3,
    Object.fromEntries(chosen.map(([name, contestant]) => [name, measure({ contestant, ...size })])),
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
      calm: Math.min(...times.map(({ calmP50 }) => calmP50)),
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
          { name: "calm", head: "calm p50 µs", digits: 1 },
          { name: "min", head: "min p50", digits: 1 },
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
          "calm: of the 250 requests in a row that were least disturbed. min, median, max: of a turn's requests, over the turns.",
          "+ twin: p50 with the table's part, a map in memory here. /s, core: requests per second of processor time.",
        ],
      },
    ],
    budgets: [
      {
        what: "startOrder p50 without I/O, the calmest 250",
        value: start?.calm ?? Number.NaN,
        is: "at most",
        limit: MOST_P50_US,
        unit: " µs",
      },
    ],
  };
};
