/** Measures one sweep over many overdue orders on the memory twin, and beside it the same reads and commits straight on another twin. */
import type { Key } from "#store/item";
import type { Store, Write } from "#store/write";
import { expireDue } from "#sweep/expireDue";
import { type Bank, openBank, USER } from "../../support/bank.ts";
import { openPortsOf } from "./contestants.ts";
import { type HotFunction, profiled } from "./profiler.ts";

/** What is asked of this process. */
export interface SweepWish {
  readonly orders: number;
  readonly isProfiled?: boolean;
}

/** What it tells. */
export interface SweepRates {
  readonly sweptPerS: number;
  /** The same calls without anything around them. */
  readonly barePerS: number;
  readonly profile?: readonly HotFunction[];
}

/** A call that the sweep made. */
type Call = { readonly keys: readonly Key[] } | { readonly writes: readonly Write[]; readonly token: string };

const plentyOfTime = { remainingMs: () => 3_600_000 };

const openOverdueBank = async (orders: number, replace: (twin: Store) => Store = (twin) => twin): Promise<Bank> => {
  const bank = await openBank([{ userId: USER, balance: "1000000000" }], { replace });
  const expiry = new Date(bank.world.clock.nowMs + 1).toISOString();
  for (let nth = 0; nth < orders; nth++) await bank.start({ value: "1", reference: `overdue ${nth}`, expiry });
  bank.world.clock.advance(2);
  return bank;
};

const { orders, isProfiled = false }: SweepWish = JSON.parse(process.argv[2] ?? "{}");

const perSecond = (startedAt: number): number => orders / ((performance.now() - startedAt) / 1_000);

const calls: Call[] = [];
const recorded = await openOverdueBank(orders, (twin) => ({
  ...twin,
  read: (keys) => {
    calls.push({ keys });
    return twin.read(keys);
  },
  commit: (writes, token) => {
    calls.push({ writes, token });
    return twin.commit(writes, token);
  },
}));
calls.length = 0;
// Warms up, and tells what a sweep calls.
await expireDue(openPortsOf(recorded), plentyOfTime);

const bare = await openOverdueBank(orders);
const startedAt = performance.now();
for (const call of calls) {
  if ("keys" in call) await bare.world.twin.read(call.keys);
  else await bare.world.twin.commit(call.writes, call.token);
}
const barePerS = perSecond(startedAt);

const swept = await openOverdueBank(orders);
const ports = openPortsOf(swept);
const sweep = async (): Promise<number> => {
  const startedAt = performance.now();
  const { expired } = await expireDue(ports, plentyOfTime);
  if (expired !== orders) throw new Error(`a sweep of ${orders} overdue orders expired ${expired}`);
  return perSecond(startedAt);
};
const { result: sweptPerS, profile } = isProfiled
  ? await profiled(sweep)
  : { result: await sweep(), profile: undefined };
process.send?.({ sweptPerS, barePerS, ...(profile && { profile }) } satisfies SweepRates);
