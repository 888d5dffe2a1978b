/** Measures one contestant in this process: warms up, then asks one request after the other. */
import { percentile } from "../measure.ts";
import { contestants, context } from "./contestants.ts";
import { type HotFunction, profiled } from "./profiler.ts";

/** What is asked of this process. */
export interface HandlerWish {
  readonly contestant: string;
  /** Requests before the clock runs: the compiler goes on improving for thousands. */
  readonly warm: number;
  readonly measuredMs: number;
  readonly isProfiled?: boolean;
}

/** What it tells; times in microseconds, without the table's except where they say so. */
export interface HandlerTimes {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p50WithTable: number;
  readonly perCpuSecond: number;
  readonly profile?: readonly HotFunction[];
}

/** Requests that are made ready before the clock runs. */
const BATCH = 250;

const { contestant, warm, measuredMs, isProfiled = false }: HandlerWish = JSON.parse(process.argv[2] ?? "{}");
const open = contestants[contestant];
if (open === undefined) throw new Error(`no contestant ${contestant}`);
const { handler, events, tableUs } = await open();
let asked = 0;

// What is logged is made, but goes nowhere: writing it out is I/O.
process.stdout.write = () => true;

interface Asked {
  readonly times: readonly number[];
  readonly timesWithTable: readonly number[];
  readonly cpu: number;
}

/** Asks one request after the other for so long, and so many at the least; yields the time of each, and the processor's for all. */
const askFor = async (ms: number, least: number): Promise<Asked> => {
  const times: number[] = [];
  const timesWithTable: number[] = [];
  let cpu = 0;
  for (let spent = 0; spent < ms * 1_000 || times.length < least; ) {
    const requests = await events(BATCH);
    const before = process.cpuUsage();
    for (const event of requests) {
      const own = context(++asked);
      const tableBefore = tableUs();
      const startedAt = performance.now();
      const { statusCode, body } = await handler(event, own);
      const took = (performance.now() - startedAt) * 1_000;
      if (statusCode !== 200) throw new Error(`${contestant} was answered with ${statusCode}: ${body}`);
      times.push(took - (tableUs() - tableBefore));
      timesWithTable.push(took);
      spent += took;
    }
    const { user, system } = process.cpuUsage(before);
    cpu += user + system;
  }
  return { times, timesWithTable, cpu };
};

await askFor(0, warm);
const { result, profile } = isProfiled
  ? await profiled(() => askFor(measuredMs, BATCH))
  : { result: await askFor(measuredMs, BATCH), profile: undefined };
const { times, timesWithTable, cpu } = result;
process.send?.({
  count: times.length,
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
  p50WithTable: percentile(timesWithTable, 0.5),
  perCpuSecond: times.length / (cpu / 1_000_000),
  ...(profile && { profile }),
} satisfies HandlerTimes);
