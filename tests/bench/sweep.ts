/** `sweep`: how many overdue orders a second the sweep expires. */
import type { SweepRates, SweepWish } from "./apart/sweep.ts";
import { runApart } from "./apart.ts";
import { ratioOf, spreadOf } from "./measure.ts";
import { type Findings, type Scale, spreadColumns } from "./report.ts";

/** The least that a second must expire on the twin, by the project's own budget. */
const LEAST_PER_S = 2_000;

/** A full sweep on the memory twin, against the same calls straight on a twin. */
export const measureSweep = async ({ isQuick }: Scale): Promise<Findings> => {
  const wish: SweepWish = { orders: isQuick ? 1_500 : 5_000 };
  const runs: SweepRates[] = [];
  for (let turn = 0; turn < (isQuick ? 2 : 3); turn++)
    runs.push(await runApart<SweepRates>(new URL("./apart/sweep.ts", import.meta.url), wish));
  const swept = runs.map(({ sweptPerS }) => sweptPerS);
  const bare = runs.map(({ barePerS }) => barePerS);
  return {
    tables: [
      {
        title: `Sweep of ${wish.orders} overdue orders on the memory twin`,
        columns: [
          { name: "name", head: "" },
          ...spreadColumns("per s", 0),
          { name: "ratio", head: "x bare", digits: 2 },
        ],
        rows: [
          { name: "the same reads and commits, bare", ...spreadOf(bare), ratio: 1 },
          { name: "sweep", ...spreadOf(swept), ratio: ratioOf(swept, bare) },
        ],
      },
    ],
    budgets: [
      {
        what: "overdue orders expired, the best turn",
        value: spreadOf(swept).max,
        is: "at least",
        limit: LEAST_PER_S,
        unit: "/s",
      },
    ],
  };
};
