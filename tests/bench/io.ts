/** `io`: what every act of every endpoint costs in round trips and capacity units, counted on the real store. */
import { kindOf } from "#store/table";
import type { Store } from "#store/write";
import { scenarios } from "../support/scenarios/all.ts";
import { play, type Scenario } from "../support/scenarios/scenario.ts";
import type { Column, Findings } from "./report.ts";
import { type BenchTable, openBenchTable, type Usage, usageOf } from "./table.ts";

/** The table without the limiter, which is apart (DESIGN 4): its buckets stay in memory, as if somebody else's were. */
const limiterApart = (store: Store, memory: Store): Store => ({
  ...store,
  commit: (writes, token) => (writes.every(({ key }) => kindOf(key) === "rate") ? memory : store).commit(writes, token),
});

/** What playing a scenario on a table cost, counted in the engine, and the refusal that it ended in. */
export const usageOn = async (
  table: BenchTable,
  scenario: Scenario,
): Promise<Usage & { readonly refusal: string | undefined }> => {
  const { calls } = table.engine;
  const { refusal } = await play(scenario, {
    open: (twin) => limiterApart(table.store, twin),
    fill: (twin) => table.place(twin.items()),
    begin: () => {
      calls.length = 0;
    },
  });
  const usage = usageOf(calls);
  await table.clear();
  return { ...usage, refusal };
};

const columns: readonly Column[] = [
  { name: "act", head: "of" },
  { name: "refusal", head: "refused with" },
  { name: "roundTrips", head: "round trips", digits: 0 },
  { name: "readUnits", head: "read units", digits: 0 },
  { name: "writeUnits", head: "write units", digits: 0 },
  { name: "ratio", head: "x budget", digits: 2 },
];

/** Round trips and units of every scenario, and the most that each may cost. */
export const measureIo = async (): Promise<Findings> => {
  const table = await openBenchTable();
  const costs = [];
  for (const scenario of scenarios) {
    const {
      endpoint,
      act,
      cost: { reads, commits },
    } = scenario;
    const usage = await usageOn(table, scenario);
    const budget = reads + commits;
    const isOver = usage.roundTrips > budget;
    const ratio = budget === 0 ? undefined : usage.roundTrips / budget;
    costs.push({ endpoint, isOver, row: { act, ...usage, ratio } });
  }
  await table.close();
  const endpoints = Map.groupBy(costs, ({ endpoint }) => endpoint);
  return {
    tables: [...endpoints].map(([endpoint, ofEndpoint]) => ({
      title: `${endpoint}: DynamoDB round trips and capacity units, settings warm`,
      columns,
      rows: ofEndpoint.map(({ row }) => row),
    })),
    budgets: [
      {
        what: "acts over their budget of round trips",
        value: costs.filter(({ isOver }) => isOver).length,
        is: "at most",
        limit: 0,
        unit: "",
      },
    ],
  };
};
