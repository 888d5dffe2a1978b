/** `flat`: whether what an act costs depends on how full the table is. */
import { HOUR_MS } from "#kernel/time";
import { expireDue } from "#sweep/expireDue";
import { type Bank, openBank, transactionIdOf, USER } from "../support/bank.ts";
import { scenarios } from "../support/scenarios/all.ts";
import { fillingOf } from "./filling.ts";
import { usageOn } from "./io.ts";
import { percentile, ratioOf, takeTurns, timed } from "./measure.ts";
import type { Findings, Scale } from "./report.ts";
import { type BenchTable, openBenchTable, usageOf } from "./table.ts";

const SIZES = [1_000, 100_000, 1_000_000];
const QUICK_SIZES = [1_000, 10_000];

/** Overdue orders that a sweep of each table finds. */
const OVERDUE = 20;

const plentyOfTime = { remainingMs: () => HOUR_MS };

const openRichBank = async (table: BenchTable): Promise<Bank> => {
  const bank = await openBank([{ userId: USER, balance: "1000000000" }], { replace: () => table.store });
  await table.place(bank.world.twin.items());
  return bank;
};

/** Orders started and settled one after the other, in milliseconds each. */
const timesOf = async (bank: Bank, count: number): Promise<{ readonly start: number; readonly settle: number }> => {
  const start: number[] = [];
  const settle: number[] = [];
  for (let n = 0; n < count; n++) {
    let transactionId = 0n;
    start.push(
      await timed(async () => {
        transactionId = transactionIdOf(await bank.start({ value: "1" }));
      }),
    );
    settle.push(await timed(() => bank.settle({ transactionId })));
    // One content may start once.
    bank.world.clock.advance(1);
  }
  return { start: percentile(start, 0.5), settle: percentile(settle, 0.5) };
};

const sweepUsage = async (table: BenchTable) => {
  const bank = await openRichBank(table);
  const expiry = new Date(bank.world.clock.nowMs + 1).toISOString();
  for (let n = 0; n < OVERDUE; n++) await bank.start({ value: "1", expiry, reference: `overdue ${n}` });
  bank.world.clock.advance(1);
  table.engine.calls.length = 0;
  const { expired } = await expireDue(bank.world.ports, plentyOfTime);
  if (expired !== OVERDUE) throw new Error(`a sweep of ${OVERDUE} overdue orders expired ${expired}`);
  const usage = usageOf(table.engine.calls);
  await table.clear();
  return usage;
};

const countsOf = async (table: BenchTable) => {
  const usages = new Map<string, string>();
  let roundTrips = 0;
  let units = 0;
  const count = (name: string, { refusal: _, ...usage }: Awaited<ReturnType<typeof usageOn>>): void => {
    usages.set(name, JSON.stringify(usage));
    roundTrips += usage.roundTrips;
    units += usage.readUnits + usage.writeUnits;
  };
  for (const scenario of scenarios) count(`${scenario.endpoint}, ${scenario.act}`, await usageOn(table, scenario));
  const sweep = await sweepUsage(table);
  count(`sweep of ${OVERDUE}`, { ...sweep, refusal: undefined });
  return { usages, roundTrips, units, sweepTrips: sweep.roundTrips };
};

const differencesOf = (these: ReadonlyMap<string, string>, those: ReadonlyMap<string, string>): readonly string[] =>
  [...these].filter(([name, usage]) => those.get(name) !== usage).map(([name]) => name);

/** Every scenario on tables of several sizes: the same counts, and times that do not grow with it. */
export const measureFlatness = async ({ isQuick }: Scale): Promise<Findings> => {
  const tables = [];
  for (const size of isQuick ? QUICK_SIZES : SIZES) tables.push({ size, table: await openBenchTable(fillingOf(size)) });
  const counts: Awaited<ReturnType<typeof countsOf>>[] = [];
  for (const { table } of tables) counts.push(await countsOf(table));
  const [smallest] = counts;
  const banks = await Promise.all(tables.map(({ table }) => openRichBank(table)));
  const rivals = banks.map((bank) => () => timesOf(bank, 20));
  const turns = await takeTurns(isQuick ? 5 : 20, Object.fromEntries(rivals.entries()));
  const timesAt = (nth: number, what: "start" | "settle") => (turns[nth] ?? []).map((times) => times[what]);
  const differing = counts.flatMap(({ usages }) => differencesOf(usages, smallest?.usages ?? new Map()));
  const rows = tables.map(({ table }, nth) => ({
    items: table.filled,
    trips: counts[nth]?.roundTrips,
    units: counts[nth]?.units,
    sweepTrips: counts[nth]?.sweepTrips,
    start: percentile(timesAt(nth, "start"), 0.5),
    startRatio: ratioOf(timesAt(nth, "start"), timesAt(0, "start")),
    settle: percentile(timesAt(nth, "settle"), 0.5),
    settleRatio: ratioOf(timesAt(nth, "settle"), timesAt(0, "settle")),
  }));
  for (const { table } of tables) await table.close();
  const unfilled = tables.filter(({ size, table }) => table.filled < size);
  return {
    tables: [
      {
        title: `The same with a full table: all ${scenarios.length} acts and a sweep of ${OVERDUE} overdue orders, ratios to the smallest`,
        columns: [
          { name: "items", head: "items", digits: 0 },
          { name: "trips", head: "round trips", digits: 0 },
          { name: "units", head: "units", digits: 1 },
          { name: "sweepTrips", head: "of the sweep", digits: 0 },
          { name: "start", head: "start ms", digits: 2 },
          { name: "startRatio", head: "ratio", digits: 2 },
          { name: "settle", head: "settle ms", digits: 2 },
          { name: "settleRatio", head: "ratio", digits: 2 },
        ],
        rows,
        notes: [
          "Counts of the engine on disk in this process; the times are its own and the SDK's.",
          ...unfilled.map(({ size, table }) => `A minute sufficed for ${table.filled} of ${size} items.`),
        ],
      },
    ],
    budgets: [
      {
        what: "acts that cost more or less in a fuller table",
        value: differing.length,
        is: "at most",
        limit: 0,
        unit: "",
      },
    ],
  };
};
