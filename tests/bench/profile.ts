/** `profile`: where the time of a start and of a sweep goes, by function; measured only where it is named. */
import type { HandlerTimes, HandlerWish } from "./apart/handler.ts";
import type { HotFunction } from "./apart/profiler.ts";
import type { SweepRates, SweepWish } from "./apart/sweep.ts";
import { runApart } from "./apart.ts";
import type { Findings, Scale, Table } from "./report.ts";

/** Functions shown. */
const SHOWN = 25;

/** Whose code a function is: a folder of ours, a package, Node or V8 itself. */
const ownerOf = ({ at }: HotFunction): string => {
  if (at === "") return "V8";
  if (at.startsWith("node:")) return "Node";
  const segments = at.split("/");
  return segments.slice(0, at.startsWith("@") || /^(lib|tests)\//.test(at) ? 2 : 1).join("/");
};

const tableOf = (title: string, profile: readonly HotFunction[], count: number): readonly Table[] => {
  const totalMs = profile.reduce((sum, { selfMs }) => sum + selfMs, 0);
  const figuresOf = (ms: number) => ({ us: (ms * 1_000) / count, share: (100 * ms) / totalMs });
  const columns = [
    { name: "us", head: "µs each", digits: 1 },
    { name: "share", head: "%", digits: 1 },
  ];
  const byOwner = [...Map.groupBy(profile, ownerOf)]
    .map(([owner, functions]) => ({ owner, ...figuresOf(functions.reduce((sum, { selfMs }) => sum + selfMs, 0)) }))
    .sort((a, b) => b.us - a.us);
  return [
    {
      title: `${title}: whose time`,
      columns: [...columns, { name: "owner", head: "" }],
      rows: byOwner.filter(({ share }) => share >= 1),
    },
    {
      title: `${title}: the hottest functions themselves`,
      columns: [...columns, { name: "name", head: "" }, { name: "at", head: "" }],
      rows: profile.slice(0, SHOWN).map(({ name, at, selfMs }) => ({ name, at, ...figuresOf(selfMs) })),
    },
  ];
};

/** Profiles a start and a sweep, each in a process of its own. */
export const measureProfile = async ({ isQuick }: Scale): Promise<Findings> => {
  const start: HandlerWish = {
    contestant: "start",
    warm: 10_000,
    measuredMs: isQuick ? 1_500 : 5_000,
    isProfiled: true,
  };
  const sweep: SweepWish = { orders: isQuick ? 3_000 : 10_000, isProfiled: true };
  const started = await runApart<HandlerTimes>(new URL("./apart/handler.ts", import.meta.url), start);
  const swept = await runApart<SweepRates>(new URL("./apart/sweep.ts", import.meta.url), sweep);
  return {
    tables: [
      ...tableOf("startOrder", started.profile ?? [], started.count),
      ...tableOf("sweep, an order", swept.profile ?? [], sweep.orders),
    ],
    budgets: [],
  };
};
