/** Everything that an endpoint may be asked, done or refused, once each: what the budgets are tested by and the bench measures. */
import { HOUR_MS } from "#kernel/time";
import type { Store } from "#store/write";
import { type Bank, type EndWish, openBank, type StartWish, transactionIdOf, USER } from "./bank.ts";
import type { Twin } from "./twin.ts";

/** What an act cost, settings warm, and the refusal that it ended in. */
export interface Cost {
  readonly reads: number;
  readonly commits: number;
  readonly refusal?: string;
}

/** Something that is done at a bank where one order is open. */
export type Act = (bank: Bank, order: bigint) => Promise<unknown>;

/** An endpoint, what it is asked, what has to be before, and what it costs. */
export type Scenario = readonly [endpoint: string, act: string, before: Act, asked: Act, cost: Cost];

const accounts = [
  { userId: USER, balance: "100", limits: { transaction: "90" } },
  { userId: 1002, balance: "100", state: "blocked" as const },
  { userId: 1003, balance: "0", mode: "skip" as const },
];

const nothing: Act = async () => undefined;
const start =
  (wish?: StartWish): Act =>
  (bank) =>
    bank.start(wish);
const settle =
  (wish: Partial<EndWish> = {}): Act =>
  (bank, transactionId) =>
    bank.settle({ transactionId, ...wish });
const cancel =
  (wish: Partial<EndWish> = {}): Act =>
  (bank, transactionId) =>
    bank.cancel({ transactionId, ...wish });
const past: Act = async (bank) => {
  bank.world.clock.advance(HOUR_MS);
  // Settings are to be warm again.
  await bank.start({ userId: 4711 });
};
const first = { value: "10", reference: "first", expiry: "2026-11-25T09:00:00Z" };
const late = { expiry: "2026-11-25T08:00:00Z" };
const other = { reference: "other" };

const done = { reads: 1, commits: 1 };
const replayed = { reads: 1, commits: 0 };
const refused = (refusal: string) => ({ reads: 1, commits: 0, refusal });
const unread = (refusal: string) => ({ reads: 0, commits: 0, refusal });

/** Every row of every contract, by endpoint: done, replayed, and each refusal. */
export const scenarios: readonly Scenario[] = [
  ["withdrawal/startOrder", "a new one", nothing, start(), done],
  ["withdrawal/startOrder", "one that skips", nothing, start({ userId: 1003 }), done],
  ["withdrawal/startOrder", "a repeated one", nothing, start(first), replayed],
  ["withdrawal/startOrder", "an unreadable one", nothing, start({ value: "x" }), unread("MALFORMED")],
  ["withdrawal/startOrder", "a stranger's account", nothing, start({ userId: 4711 }), refused("ACCOUNT_UNKNOWN")],
  ["withdrawal/startOrder", "a fraction too fine", nothing, start({ value: "1.001" }), refused("AMOUNT_INVALID")],
  ["withdrawal/startOrder", "another currency", nothing, start({ currency: "EUR" }), refused("CURRENCY_MISMATCH")],
  ["withdrawal/startOrder", "a reference used", nothing, start({ ...first, value: "11" }), refused("KEY_REUSED")],
  ["withdrawal/startOrder", "a blocked account", nothing, start({ userId: 1002 }), refused("ACCOUNT_BLOCKED")],
  ["withdrawal/startOrder", "an expiry past", nothing, start(late), refused("EXPIRY_INVALID")],
  ["withdrawal/startOrder", "above a limit", nothing, start({ value: "90.01" }), refused("LIMIT_EXCEEDED")],
  [
    "withdrawal/startOrder",
    "above the balance",
    start({ value: "50" }),
    start({ value: "41" }),
    refused("FUNDS_SHORT"),
  ],
  ["withdrawal/settleOrder", "an open one", nothing, settle(), done],
  ["withdrawal/settleOrder", "a repeated one", settle(), settle(), replayed],
  ["withdrawal/settleOrder", "an unreadable one", nothing, settle({ transactionId: 0 }), unread("MALFORMED")],
  ["withdrawal/settleOrder", "no order", nothing, settle({ transactionId: 7 }), refused("ORDER_UNKNOWN")],
  ["withdrawal/settleOrder", "another reference", nothing, settle(other), refused("REFERENCE_MISMATCH")],
  ["withdrawal/settleOrder", "one overdue", past, settle(), refused("ORDER_FINAL")],
  ["withdrawal/cancelOrder", "an open one", nothing, cancel(), done],
  ["withdrawal/cancelOrder", "a settled one", settle(), cancel(), done],
  ["withdrawal/cancelOrder", "a repeated one", cancel(), cancel(), replayed],
  ["withdrawal/cancelOrder", "an unreadable one", nothing, cancel({ transactionId: -1 }), unread("MALFORMED")],
  ["withdrawal/cancelOrder", "no order", nothing, cancel({ transactionId: 7 }), refused("ORDER_UNKNOWN")],
  ["withdrawal/cancelOrder", "another reference", nothing, cancel(other), refused("REFERENCE_MISMATCH")],
  ["withdrawal/cancelOrder", "one overdue", past, cancel(), refused("ORDER_FINAL")],
];

/** What a scenario is played on: a store for the bank, which `twin` was filled for; `begin` is called before what is measured. */
export interface Stage {
  readonly open: (twin: Twin) => Store;
  readonly fill?: (twin: Twin) => Promise<void>;
  readonly begin?: () => void;
}

/** Plays a scenario and tells what it cost; on the twin unless another stage is given. */
export const play = async ([, , before, asked]: Scenario, stage: Stage = { open: (twin) => twin }): Promise<Cost> => {
  const calls = { reads: 0, commits: 0 };
  const bank = await openBank(accounts, {
    replace: (twin) => {
      const store = stage.open(twin);
      return {
        ...store,
        read: (keys) => {
          calls.reads += 1;
          return store.read(keys);
        },
        commit: (writes, token) => {
          calls.commits += 1;
          return store.commit(writes, token);
        },
      };
    },
  });
  await stage.fill?.(bank.world.twin);
  const order = transactionIdOf(await bank.start(first));
  await before(bank, order);
  Object.assign(calls, { reads: 0, commits: 0 });
  stage.begin?.();
  await asked(bank, order);
  const refusal = bank.world.telemetry.logs.at(-1)?.fields.refusal;
  return { ...calls, ...(refusal !== undefined && { refusal }) };
};
