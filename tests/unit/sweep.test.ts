import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { expireDue, sweepDue } from "#sweep/expireDue";
import { openBank, transactionIdOf, USER } from "../support/bank.ts";

const plentyOfTime = { remainingMs: () => 60_000 };
const balance = "100000";

const overdue = async (orders: number) => {
  const bank = await openBank([{ userId: USER, balance }]);
  for (let n = 0; n < orders; n++) await bank.start({ value: "1", reference: `op-${n}` });
  bank.world.clock.advance(HOUR_MS + 5_000);
  return bank;
};

describe("the sweep", () => {
  test("expires whatever is due, over pages and shards, and tells how late the oldest was", async () => {
    const bank = await overdue(130);
    expect(await bank.money(USER)).toEqual([9_987_000n, 13_000n]);
    const swept = await expireDue(bank.world.ports, plentyOfTime);
    expect(swept).toEqual({ expired: 130, skipped: 0, failed: 0, oldestOverdueMs: 5_000, finished: true });
    expect(await bank.money(USER)).toEqual([10_000_000n, 0n]);
  });

  test("run twice at once gives each hold back once", async () => {
    const bank = await overdue(40);
    const sweeps = await Promise.all([
      expireDue(bank.world.ports, plentyOfTime),
      expireDue(bank.world.ports, plentyOfTime),
    ]);
    expect(sweeps.reduce((sum, { expired }) => sum + expired, 0)).toBe(40);
    expect(sweeps.map(({ failed }) => failed)).toEqual([0, 0]);
    expect(await bank.money(USER)).toEqual([10_000_000n, 0n]);
  });

  test("leaves alone what is not due yet", async () => {
    const bank = await openBank();
    await bank.start();
    bank.world.clock.advance(HOUR_MS - 1);
    expect(await expireDue(bank.world.ports, plentyOfTime)).toMatchObject({
      expired: 0,
      skipped: 0,
      oldestOverdueMs: 0,
    });
    bank.world.clock.advance(1);
    expect(await expireDue(bank.world.ports, plentyOfTime)).toMatchObject({ expired: 1 });
  });

  test("stops before its time is over, and the next one carries on", async () => {
    const bank = await overdue(60);
    let asked = 0;
    const short = await expireDue(bank.world.ports, { remainingMs: () => (++asked > 6 ? 1_000 : 60_000) });
    expect(short.finished).toBe(false);
    expect(short.expired).toBeLessThan(60);
    const rest = await expireDue(bank.world.ports, plentyOfTime);
    expect(short.expired + rest.expired).toBe(60);
  });

  test("goes on past one that cannot be moved, and tells of it", async () => {
    const bank = await overdue(3);
    const broken = bank.world.twin.items().find(({ pk }) => String(pk).startsWith("bank#withdrawal#"));
    const world = bank.world;
    const ports = {
      ...world.ports,
      store: {
        ...world.ports.store,
        read: (keys: Parameters<typeof world.twin.read>[0]) =>
          keys[0]?.pk === broken?.pk ? Promise.reject(new Error("down")) : world.twin.read(keys),
      },
    };
    await sweepDue(ports, plentyOfTime);
    expect(world.telemetry.counts.map(({ metric, value }) => [metric, value]).slice(-3)).toEqual([
      ["SweepExpired", 2],
      ["SweepFailed", 1],
      ["SweepOldestOverdueMs", 5_000],
    ]);
    expect(world.telemetry.logs.at(-2)).toMatchObject({
      level: "error",
      fields: { subject: String(broken?.pk).split("#")[2], fault: expect.stringMatching(/^Error: down\n/) },
    });
    expect(await expireDue(world.ports, plentyOfTime)).toMatchObject({ expired: 1, failed: 0 });
  });

  test("comes too late for an order that has been settled meanwhile", async () => {
    const bank = await openBank();
    const transactionId = transactionIdOf(await bank.start());
    const key = { pk: `bank#withdrawal#${transactionId}`, sk: "order" };
    await bank.settle({ transactionId });
    bank.world.clock.advance(2 * HOUR_MS);
    // The index may still name it: it is only eventually consistent.
    const ports = {
      ...bank.world.ports,
      store: {
        ...bank.world.twin,
        list: async (range: { in: string }) => ({
          items: range.in === "due#00" ? [{ ...key, dueAt: "2026-11-25T09:00:00.000Z" }] : [],
        }),
      },
    };
    expect(await expireDue(ports, plentyOfTime)).toMatchObject({ expired: 0, skipped: 1, failed: 0 });
    expect(await bank.money(USER)).toEqual([5_000n, 0n]);
  });
});
