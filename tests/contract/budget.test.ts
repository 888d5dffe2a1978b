/** What each endpoint costs and may say: round trips to the table, and every refusal that its contract declares, heard. */
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { type Bank, openBank, transactionIdOf, USER } from "../support/bank.ts";
import { everyContract } from "../support/desk.ts";

/** A bank whose round trips are counted. */
const counted = async () => {
  const calls = { reads: 0, commits: 0 };
  const accounts = [
    { userId: USER, balance: "100", limits: { transaction: "90" } },
    { userId: 1002, balance: "100", state: "blocked" as const },
    { userId: 1003, balance: "0", mode: "skip" as const },
  ];
  const bank = await openBank(accounts, {
    replace: (twin) => ({
      ...twin,
      read: (keys) => {
        calls.reads += 1;
        return twin.read(keys);
      },
      commit: (writes, token) => {
        calls.commits += 1;
        return twin.commit(writes, token);
      },
    }),
  });
  const expiry = "2026-11-25T09:00:00Z";
  const order = transactionIdOf(await bank.start({ value: "10", reference: "first", expiry }));
  const cost = async (act: (bank: Bank, order: bigint) => Promise<unknown>) => {
    calls.reads = 0;
    calls.commits = 0;
    await act(bank, order);
    const refusal = bank.world.telemetry.logs.at(-1)?.fields.refusal;
    return { reads: calls.reads, commits: calls.commits, ...(refusal !== undefined && { refusal }) };
  };
  return { bank, order, cost, expiry };
};

type Act = (bank: Bank, order: bigint) => Promise<unknown>;
type Row = readonly [endpoint: string, act: string, before: Act, asked: Act, cost: object];

const nothing: Act = async () => undefined;
const past: Act = async (bank) => {
  bank.world.clock.advance(HOUR_MS);
  // Settings are to be warm again.
  await bank.start({ userId: 4711 });
};
const first = { value: "10", reference: "first", expiry: "2026-11-25T09:00:00Z" };

const done = { reads: 1, commits: 1 };
const replayed = { reads: 1, commits: 0 };
const refused = (refusal: string) => ({ reads: 1, commits: 0, refusal });
const unread = (refusal: string) => ({ reads: 0, commits: 0, refusal });

const rows: readonly Row[] = [
  ["withdrawal/startOrder", "a new one", nothing, (bank) => bank.start(), done],
  ["withdrawal/startOrder", "one that skips", nothing, (bank) => bank.start({ userId: 1003 }), done],
  ["withdrawal/startOrder", "a repeated one", nothing, (bank) => bank.start(first), replayed],
  ["withdrawal/startOrder", "an unreadable one", nothing, (bank) => bank.start({ value: "x" }), unread("MALFORMED")],
  [
    "withdrawal/startOrder",
    "a stranger's account",
    nothing,
    (bank) => bank.start({ userId: 4711 }),
    refused("ACCOUNT_UNKNOWN"),
  ],
  [
    "withdrawal/startOrder",
    "a fraction too fine",
    nothing,
    (bank) => bank.start({ value: "1.001" }),
    refused("AMOUNT_INVALID"),
  ],
  [
    "withdrawal/startOrder",
    "another currency",
    nothing,
    (bank) => bank.start({ currency: "EUR" }),
    refused("CURRENCY_MISMATCH"),
  ],
  [
    "withdrawal/startOrder",
    "a reference used",
    nothing,
    (bank) => bank.start({ ...first, value: "11" }),
    refused("KEY_REUSED"),
  ],
  [
    "withdrawal/startOrder",
    "a blocked account",
    nothing,
    (bank) => bank.start({ userId: 1002 }),
    refused("ACCOUNT_BLOCKED"),
  ],
  [
    "withdrawal/startOrder",
    "an expiry past",
    nothing,
    (bank) => bank.start({ expiry: "2026-11-25T08:00:00Z" }),
    refused("EXPIRY_INVALID"),
  ],
  [
    "withdrawal/startOrder",
    "above a limit",
    nothing,
    (bank) => bank.start({ value: "90.01" }),
    refused("LIMIT_EXCEEDED"),
  ],
  [
    "withdrawal/startOrder",
    "above the balance",
    (bank) => bank.start({ value: "50" }),
    (bank) => bank.start({ value: "41" }),
    refused("FUNDS_SHORT"),
  ],
  ["withdrawal/settleOrder", "an open one", nothing, (bank, transactionId) => bank.settle({ transactionId }), done],
  [
    "withdrawal/settleOrder",
    "a repeated one",
    (bank, transactionId) => bank.settle({ transactionId }),
    (bank, transactionId) => bank.settle({ transactionId }),
    replayed,
  ],
  [
    "withdrawal/settleOrder",
    "an unreadable one",
    nothing,
    (bank) => bank.settle({ transactionId: 0 }),
    unread("MALFORMED"),
  ],
  [
    "withdrawal/settleOrder",
    "no order",
    nothing,
    (bank) => bank.settle({ transactionId: 7 }),
    refused("ORDER_UNKNOWN"),
  ],
  [
    "withdrawal/settleOrder",
    "another reference",
    nothing,
    (bank, transactionId) => bank.settle({ transactionId, reference: "other" }),
    refused("REFERENCE_MISMATCH"),
  ],
  [
    "withdrawal/settleOrder",
    "one overdue",
    past,
    (bank, transactionId) => bank.settle({ transactionId }),
    refused("ORDER_FINAL"),
  ],
  ["withdrawal/cancelOrder", "an open one", nothing, (bank, transactionId) => bank.cancel({ transactionId }), done],
  [
    "withdrawal/cancelOrder",
    "a settled one",
    (bank, transactionId) => bank.settle({ transactionId }),
    (bank, transactionId) => bank.cancel({ transactionId }),
    done,
  ],
  [
    "withdrawal/cancelOrder",
    "a repeated one",
    (bank, transactionId) => bank.cancel({ transactionId }),
    (bank, transactionId) => bank.cancel({ transactionId }),
    replayed,
  ],
  [
    "withdrawal/cancelOrder",
    "an unreadable one",
    nothing,
    (bank) => bank.cancel({ transactionId: -1 }),
    unread("MALFORMED"),
  ],
  [
    "withdrawal/cancelOrder",
    "no order",
    nothing,
    (bank) => bank.cancel({ transactionId: 7 }),
    refused("ORDER_UNKNOWN"),
  ],
  [
    "withdrawal/cancelOrder",
    "another reference",
    nothing,
    (bank, transactionId) => bank.cancel({ transactionId, reference: "other" }),
    refused("REFERENCE_MISMATCH"),
  ],
  [
    "withdrawal/cancelOrder",
    "one overdue",
    past,
    (bank, transactionId) => bank.cancel({ transactionId }),
    refused("ORDER_FINAL"),
  ],
];

describe("round trips", () => {
  test.each(rows)("%s of %s", async (_endpoint, _act, before, asked, expected) => {
    const { bank, order, cost } = await counted();
    await before(bank, order);
    expect(await cost(asked)).toEqual(expected);
  });

  test("stay within what the contracts state", async () => {
    for (const { name, io } of (await everyContract()).filter((contract) => contract.name.startsWith("withdrawal/"))) {
      const costs = rows.filter(([endpoint]) => endpoint === name).map((row) => row[4] as typeof io);
      const most = (what: keyof typeof io) => Math.max(...costs.map((cost) => cost[what]));
      expect([name, most("reads"), most("commits")]).toEqual([name, io.reads, io.commits]);
    }
  });

  test("every refusal that a contract declares is heard, and no other", async () => {
    for (const { name, mayRefuse } of (await everyContract()).filter((contract) =>
      contract.name.startsWith("withdrawal/"),
    )) {
      const heard = rows.flatMap(([endpoint, , , , cost]) =>
        endpoint === name && "refusal" in cost ? [String(cost.refusal)] : [],
      );
      expect([name, heard.filter((code) => code !== "MALFORMED").sort()]).toEqual([name, [...mayRefuse].sort()]);
    }
  });
});
