/** Everything that the withdrawal slice may be asked, done or refused, once each, at a bank where one order is open. */
import { HOUR_MS } from "#kernel/time";
import { type Bank, type EndWish, openBank, type StartWish, transactionIdOf, USER } from "../bank.ts";
import { runJob } from "../handlers.ts";
import { type Act, type Row, type Setting, scenariosIn } from "./scenario.ts";

type Asked = Act<Bank, bigint>;

const accounts = [
  { userId: USER, balance: "100", limits: { transaction: "90" } },
  { userId: 1002, balance: "100", state: "blocked" as const },
  { userId: 1003, balance: "0", mode: "skip" as const },
];
const first = { value: "10", reference: "first", expiry: "2026-11-25T09:00:00Z" };
const late = { expiry: "2026-11-25T08:00:00Z" };
const other = { reference: "other" };

const setting: Setting<Bank, bigint> = {
  open: (replace) => openBank(accounts, { replace }),
  begin: async (bank) => transactionIdOf(await bank.start(first)),
};

const start =
  (wish?: StartWish): Asked =>
  (bank) =>
    bank.start(wish);
const settle =
  (wish: Partial<EndWish> = {}): Asked =>
  (bank, transactionId) =>
    bank.settle({ transactionId, ...wish });
const cancel =
  (wish: Partial<EndWish> = {}): Asked =>
  (bank, transactionId) =>
    bank.cancel({ transactionId, ...wish });
const byNobody =
  (verb: "start" | "settle" | "cancel"): Asked =>
  (bank) =>
    bank.call(`POST /api/sonect/${verb}withdrawal`, "{}", {});
const byAStranger =
  (verb: "start" | "settle" | "cancel"): Asked =>
  (bank) =>
    bank.call(`POST /api/sonect/${verb}withdrawal`, "{}", { "x-auth-token": "nobody-has-this-token" });
const past: Asked = async (bank) => {
  bank.world.clock.advance(HOUR_MS);
  // Settings are to be warm again.
  await bank.start({ userId: 4711 });
};

const done = { reads: 1, commits: 1 };
const replayed = { reads: 1, commits: 0 };
const refused = (refusal: string) => ({ reads: 1, commits: 0, refusal });
const unread = (refusal: string) => ({ reads: 0, commits: 0, refusal });

const starts: readonly Omit<Row<Bank, bigint>, "endpoint">[] = [
  { act: "a new one", asked: start(), cost: done },
  { act: "one that skips", asked: start({ userId: 1003 }), cost: done },
  { act: "a repeated one", asked: start(first), cost: replayed },
  { act: "nobody's", asked: byNobody("start"), cost: unread("UNAUTHENTICATED") },
  { act: "a stranger's", asked: byAStranger("start"), cost: refused("UNAUTHENTICATED") },
  { act: "an unreadable one", asked: start({ value: "x" }), cost: unread("MALFORMED") },
  { act: "a stranger's account", asked: start({ userId: 4711 }), cost: refused("ACCOUNT_UNKNOWN") },
  { act: "a fraction too fine", asked: start({ value: "1.001" }), cost: refused("AMOUNT_INVALID") },
  { act: "another currency", asked: start({ currency: "EUR" }), cost: refused("CURRENCY_MISMATCH") },
  { act: "a reference used", asked: start({ ...first, value: "11" }), cost: refused("KEY_REUSED") },
  { act: "a blocked account", asked: start({ userId: 1002 }), cost: refused("ACCOUNT_BLOCKED") },
  { act: "an expiry past", asked: start(late), cost: refused("EXPIRY_INVALID") },
  { act: "above a limit", asked: start({ value: "90.01" }), cost: refused("LIMIT_EXCEEDED") },
  {
    act: "above the balance",
    before: start({ value: "50" }),
    asked: start({ value: "41" }),
    cost: refused("FUNDS_SHORT"),
  },
];

const settlements: typeof starts = [
  { act: "an open one", asked: settle(), cost: done },
  { act: "a repeated one", before: settle(), asked: settle(), cost: replayed },
  { act: "nobody's", asked: byNobody("settle"), cost: unread("UNAUTHENTICATED") },
  { act: "a stranger's", asked: byAStranger("settle"), cost: refused("UNAUTHENTICATED") },
  { act: "an unreadable one", asked: settle({ transactionId: 0 }), cost: unread("MALFORMED") },
  { act: "no order", asked: settle({ transactionId: 7 }), cost: refused("WITHDRAWAL_UNKNOWN") },
  { act: "another reference", asked: settle(other), cost: refused("REFERENCE_MISMATCH") },
  { act: "one overdue", before: past, asked: settle(), cost: refused("WITHDRAWAL_FINAL") },
];

const cancellations: typeof starts = [
  { act: "an open one", asked: cancel(), cost: done },
  { act: "a settled one", before: settle(), asked: cancel(), cost: done },
  { act: "a repeated one", before: cancel(), asked: cancel(), cost: replayed },
  { act: "nobody's", asked: byNobody("cancel"), cost: unread("UNAUTHENTICATED") },
  { act: "a stranger's", asked: byAStranger("cancel"), cost: refused("UNAUTHENTICATED") },
  { act: "an unreadable one", asked: cancel({ transactionId: -1 }), cost: unread("MALFORMED") },
  { act: "no order", asked: cancel({ transactionId: 7 }), cost: refused("WITHDRAWAL_UNKNOWN") },
  { act: "another reference", asked: cancel(other), cost: refused("REFERENCE_MISMATCH") },
  { act: "one overdue", before: past, asked: cancel(), cost: refused("WITHDRAWAL_FINAL") },
];

/** What the slice's endpoints may be asked. */
export const withdrawalScenarios = scenariosIn(setting, [
  ...starts.map((row) => ({ endpoint: "withdrawal/startOrder", ...row })),
  ...settlements.map((row) => ({ endpoint: "withdrawal/settleOrder", ...row })),
  ...cancellations.map((row) => ({ endpoint: "withdrawal/cancelOrder", ...row })),
]);

const expire: Asked = ({ world }) => runJob("sweep/expireDue", world.ports);

/** What the clock does to the slice's items: a sweep lists 16 shards. */
export const withdrawalJobs = scenariosIn(setting, [
  {
    endpoint: "sweep/expireDue",
    act: "an overdue withdrawal",
    before: past,
    asked: expire,
    cost: { reads: 17, commits: 1 },
  },
  {
    endpoint: "sweep/expireDue",
    act: "overdue withdrawals, one of which skips",
    before: async (bank, transactionId) => {
      await bank.start({ userId: 1003 });
      await past(bank, transactionId);
    },
    asked: expire,
    cost: { reads: 18, commits: 2 },
  },
]);
