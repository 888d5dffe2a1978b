import { describe, expect, test } from "vitest";
import { type Currency, currencyOf } from "#kernel/currency";
import { minor } from "#kernel/money";
import { DAY_MS, HOUR_MS } from "#kernel/time";
import { readBooks } from "#ledger/books";
import { fund } from "#ledger/funding";
import { registerUnbounded } from "#ledger/unbounded";
import { closingsOf } from "#store/keys/ledger";
import { DESK } from "#store/table";
import { closeDays } from "#sweep/closeDays";
import { type Bank, itemsOf, openBank, transactionIdOf, USER } from "../support/bank.ts";

const plentyOfTime = { remainingMs: () => 600_000 };

const settleOne = async (bank: Bank, reference: string): Promise<void> => {
  const transactionId = transactionIdOf(await bank.start({ value: "10", reference }));
  await bank.settle({ transactionId });
};

const closings = (bank: Bank, account: string) =>
  itemsOf(bank, "closing")
    .filter(({ pk }) => String(pk).endsWith(`#${account}`))
    .map(({ sk, balance }) => [sk, balance])
    .sort();

/** A bank with a settlement on each of three days; it began on 2026-11-25. */
const threeDays = async (): Promise<Bank> => {
  const bank = await openBank([{ userId: USER, balance: "1000" }]);
  for (const day of [25, 26, 27]) {
    await settleOne(bank, `on the ${day}th`);
    bank.world.clock.advance(DAY_MS);
  }
  return bank;
};

describe("the days of an unbounded account", () => {
  test("are closed with what stood at their end, once their last hour is over", async () => {
    const bank = await threeDays();
    expect(await closeDays(bank.world.ports, plentyOfTime)).toEqual({ days: 8, failed: 0, finished: true });
    const settled = [
      ["2026-11-24", 0n],
      ["2026-11-25", 1_000n],
      ["2026-11-26", 2_000n],
      ["2026-11-27", 3_000n],
    ];
    expect(closings(bank, "settlement-CHF").slice(-4)).toEqual(settled);
    expect(closings(bank, "funding-CHF").at(-1)).toEqual(["2026-11-27", -100_000n]);
    expect(await closeDays(bank.world.ports, plentyOfTime)).toEqual({ days: 0, failed: 0, finished: true });
  });

  test("are closed of the desk's own accounts too", async () => {
    const bank = await openBank([]);
    const { ports, clock, twin } = bank.world;
    await registerUnbounded(ports, DESK, "EUR" as Currency, [{ unbounded: "merchant-SWTS-EUR" }]);
    clock.advance(3 * DAY_MS);
    expect(await closeDays(ports, plentyOfTime)).toEqual({ days: 4, failed: 0, finished: true });
    const page = await twin.list({ of: "table", in: closingsOf(DESK, "merchant-SWTS-EUR"), limit: 10 });
    expect(page.items.map(({ sk }) => sk)).toEqual(["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]);
  });

  test("stay open for an hour after midnight", async () => {
    const bank = await threeDays();
    bank.world.clock.nowMs = Date.parse("2026-11-28T00:59:59Z");
    await closeDays(bank.world.ports, plentyOfTime);
    expect(closings(bank, "settlement-CHF").at(-1)).toEqual(["2026-11-26", 2_000n]);
  });

  test("bound what a balance reads: the days since the latest closing", async () => {
    const partitions: string[] = [];
    const bank = await threeDays();
    const { twin, clock } = bank.world;
    await closeDays(bank.world.ports, plentyOfTime);
    await settleOne(bank, "today");
    const books = async () => {
      partitions.length = 0;
      const store = {
        ...twin,
        list: (range: Parameters<typeof twin.list>[0]) => {
          partitions.push(range.in);
          return twin.list(range);
        },
      };
      return readBooks(store, { tenant: "bank", nowMs: clock.nowMs, reconciled: false });
    };
    expect(await books()).toMatchObject([{ unbounded: { "settlement-CHF": 4_000n }, sum: 0n }]);
    const days = new Set(partitions.flatMap((partition) => /#(\d{4}-\d\d-\d\d)#\d\d$/.exec(partition)?.[1] ?? []));
    expect([...days].sort()).toEqual(["2026-11-28", "2026-11-29"]);
  });

  test("closed twice at once are closed once", async () => {
    const bank = await threeDays();
    const runs = await Promise.all([
      closeDays(bank.world.ports, plentyOfTime),
      closeDays(bank.world.ports, plentyOfTime),
    ]);
    const later = await closeDays(bank.world.ports, plentyOfTime);
    expect([...runs, later].reduce((sum, { days }) => sum + days, 0)).toBe(8);
    expect(await bank.books()).toMatchObject([{ sum: 0n, disagreeing: [] }]);
  });

  test("are left for the next run when the time is nearly over", async () => {
    const bank = await threeDays();
    let asked = 0;
    const short = await closeDays(bank.world.ports, { remainingMs: () => (++asked > 3 ? 1_000 : 600_000) });
    expect(short).toEqual({ days: 3, failed: 0, finished: false });
    expect(await closeDays(bank.world.ports, plentyOfTime)).toEqual({ days: 5, failed: 0, finished: true });
    expect(await bank.books()).toMatchObject([{ sum: 0n, disagreeing: [] }]);
  });

  test("are counted anew by a reconciliation, which finds what a closing gets wrong", async () => {
    const bank = await threeDays();
    await closeDays(bank.world.ports, plentyOfTime);
    const key = { pk: "bank#closing#settlement-CHF", sk: "2026-11-27" };
    await bank.world.twin.commit([{ kind: "put", key, item: { balance: 7n }, when: [] }], "forged");
    expect(await bank.books()).toMatchObject([
      { unbounded: { "settlement-CHF": 3_000n }, sum: 0n, disagreeing: ["settlement-CHF"] },
    ]);
  });

  test("take no money from a machine whose clock is days behind", async () => {
    const bank = await threeDays();
    await closeDays(bank.world.ports, plentyOfTime);
    const currency = currencyOf("CHF");
    if (currency === undefined) throw new Error("no francs");
    const funding = {
      tenant: "bank",
      account: String(USER),
      amount: { minor: minor(5n), currency },
      reference: "late",
      posting: "late",
    };
    const late = bank.world.clock.nowMs - DAY_MS;
    expect(await bank.world.twin.commit(fund({ ...funding, atMs: late }), "late")).toMatchObject({
      otherwise: "DAY_CLOSED",
    });
    expect(await bank.world.twin.commit(fund({ ...funding, atMs: late + DAY_MS - HOUR_MS }), "now")).toEqual({
      done: true,
    });
  });
});
