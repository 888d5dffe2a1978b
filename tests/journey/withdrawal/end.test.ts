/** sonect.md 8, rows 38-44: how a withdrawal ends. */
import { describe, expect, test } from "vitest";
import { expireDue } from "#sweep/expireDue";
import { openBank, transactionIdOf, USER } from "../../support/bank.ts";
import { I1, I2, I4, I6, said } from "./replies.ts";

const plentyOfTime = { remainingMs: () => 60_000 };

describe("an end", () => {
  const opened = async () => {
    const bank = await openBank();
    const started = await bank.start({ reference: "op-1", expiry: "2026-11-25T09:00:00Z" });
    return { ...bank, transactionId: transactionIdOf(started) };
  };
  const entries = (
    bank: { world: { twin: { items: () => readonly { pk?: unknown; reason?: unknown }[] } } },
    reason: string,
  ) => bank.world.twin.items().filter((item) => item.reason === reason).length;

  test("sonect #38: settled twice posts once", async () => {
    const { settle, transactionId, ...bank } = await opened();
    expect(said(await settle({ transactionId }))).toBe(`200 ${I2}`);
    expect(said(await settle({ transactionId }))).toBe(`200 replayed ${I2}`);
    expect(entries(bank, "settlement")).toBe(2);
    expect(await bank.money(USER)).toEqual([5_000n, 0n]);
  });

  test.each(["settle", "cancel"] as const)(
    "sonect #39: %s of another's, an unknown or an otherwise referenced order says the same",
    async (verb) => {
      const { transactionId, ...bank } = await opened();
      const answers = await Promise.all([
        bank[verb]({ transactionId, userId: 1002 }),
        bank[verb]({ transactionId: 42 }),
        bank[verb]({ transactionId, reference: "op-2" }),
      ]);
      expect(answers.map(said)).toEqual([`200 ${I4}`, `200 ${I4}`, `200 ${I4}`]);
      expect(await bank.money(USER)).toEqual([5_000n, 5_000n]);
    },
  );

  test("sonect #39: an order without a reference takes the settlement's, and no other after that", async () => {
    const bank = await openBank();
    const transactionId = transactionIdOf(await bank.start());
    expect(said(await bank.settle({ transactionId, reference: "op-9" }))).toBe(`200 ${I2}`);
    expect(said(await bank.settle({ transactionId, reference: "op-8" }))).toBe(`200 ${I4}`);
    expect(said(await bank.settle({ transactionId, reference: "op-9" }))).toBe(`200 replayed ${I2}`);
  });

  test("sonect #40: after its expiry is refused unswept, and swept twice gives back once", async () => {
    const { settle, cancel, transactionId, ...bank } = await opened();
    bank.world.clock.advance(3_600_000);
    expect(said(await settle({ transactionId }))).toBe(`200 ${I6}`);
    expect(said(await cancel({ transactionId }))).toBe(`200 ${I6}`);
    expect(await bank.money(USER)).toEqual([5_000n, 5_000n]);
    const sweeps = [await expireDue(bank.world.ports, plentyOfTime), await expireDue(bank.world.ports, plentyOfTime)];
    expect(sweeps.map(({ expired }) => expired)).toEqual([1, 0]);
    expect(await bank.money(USER)).toEqual([10_000n, 0n]);
    expect(said(await settle({ transactionId }))).toBe(`200 ${I6}`);
  });

  test("sonect #41: cancelled twice, then settled", async () => {
    const { settle, cancel, transactionId, money } = await opened();
    expect(said(await cancel({ transactionId }))).toBe(`200 ${I2}`);
    expect(said(await cancel({ transactionId }))).toBe(`200 replayed ${I2}`);
    expect(said(await settle({ transactionId }))).toBe(`200 ${I6}`);
    expect(await money(USER)).toEqual([10_000n, 0n]);
  });

  test("sonect #42: a settled order is reversed by a posting of its own, once", async () => {
    const { settle, cancel, transactionId, ...bank } = await opened();
    await settle({ transactionId });
    expect(said(await cancel({ transactionId }))).toBe(`200 ${I2}`);
    expect(said(await cancel({ transactionId }))).toBe(`200 replayed ${I2}`);
    expect(said(await settle({ transactionId }))).toBe(`200 ${I6}`);
    expect([entries(bank, "settlement"), entries(bank, "reversal")]).toEqual([2, 2]);
    expect(await bank.money(USER)).toEqual([10_000n, 0n]);
  });

  test("sonect #43: settled and cancelled at once ends once, and the books agree", async () => {
    const { settle, cancel, transactionId, ...bank } = await opened();
    const [settled, cancelled] = await Promise.all([settle({ transactionId }), cancel({ transactionId })]);
    expect([`200 ${I2}`, `200 ${I6}`]).toContain(said(settled));
    expect(said(cancelled)).toBe(`200 ${I2}`);
    expect(await bank.money(USER)).toEqual([10_000n, 0n]);
    expect((await bank.books()).map(({ sum, disagreeing }) => [sum, disagreeing])).toEqual([[0n, []]]);
  });

  test("sonect #44: of an account that skips says so and posts nothing", async () => {
    const bank = await openBank([{ userId: USER, balance: "0", mode: "skip", limits: { transaction: "1" } }]);
    const started = await bank.start();
    const transactionId = transactionIdOf(started);
    expect(said(started)).toBe(`200 ${I1(transactionId, true)}`);
    const skipped = '{"Message":"OK","ResultCode":0,"Skip":true}';
    expect(said(await bank.settle({ transactionId }))).toBe(`200 ${skipped}`);
    expect(said(await bank.settle({ transactionId }))).toBe(`200 replayed ${skipped}`);
    expect(said(await bank.cancel({ transactionId }))).toBe(`200 ${skipped}`);
    expect(entries(bank, "settlement") + entries(bank, "reversal")).toBe(0);
    expect(await bank.money(USER)).toEqual([0n, 0n]);
  });
});
