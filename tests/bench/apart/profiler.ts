/** V8's sampling profiler around an act: where its time went, by function. */
import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";

const SAMPLED_EVERY_US = 100;

/** A function and the milliseconds spent in itself, not in what it called. */
export interface HotFunction {
  readonly name: string;
  /** Where it stands: `lib/kernel/json.ts`, a package's file under its name, `node:…`; empty for V8's own work. */
  readonly at: string;
  readonly selfMs: number;
}

const root = new URL("../../../", import.meta.url).href;

const placeOf = (url: string): string => url.replace(root, "").replace(/^.*node_modules\//, "");

const hotOf = ({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): readonly HotFunction[] => {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const hot = new Map<string, HotFunction>();
  for (const [nth, id] of samples.entries()) {
    const { functionName = "", url = "", lineNumber = 0 } = frames.get(id) ?? {};
    const key = `${functionName} ${url} ${lineNumber}`;
    const selfMs = (hot.get(key)?.selfMs ?? 0) + (timeDeltas[nth] ?? 0) / 1_000;
    hot.set(key, { name: functionName || "(anonymous)", at: placeOf(url), selfMs });
  }
  return [...hot.values()]
    .filter(({ name, at }) => name !== "(idle)" && at !== "node:inspector")
    .sort((a, b) => b.selfMs - a.selfMs);
};

/** Does something under the profiler; yields what it yields, and its functions, the hottest first. */
export const profiled = async <Result>(
  act: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly profile: readonly HotFunction[] }> => {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: SAMPLED_EVERY_US });
  await session.post("Profiler.start");
  const result = await act();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return { result, profile: hotOf(profile) };
};
