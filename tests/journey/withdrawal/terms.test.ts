/** sonect.md 8, rows 31-37: what a start may ask for: amount, currency, expiry, limits, balance. */
import { describe, expect, test } from "vitest";
import { openBank, transactionIdOf, USER } from "../../support/bank.ts";
import { I1, I2, I3, I5, I7, I8, said } from "./replies.ts";

describe("a start", () => {
  test("sonect #31: above the balance is refused", async () => {
    const bank = await openBank();
    expect(said(await bank.start({ value: "100.01" }))).toBe(`200 ${I7}`);
    expect(await bank.money(USER)).toEqual([10_000n, 0n]);
  });

  test("sonect #32: above what is left of a day is refused until some of it is given back", async () => {
    const bank = await openBank([{ userId: USER, balance: "1000", limits: { day: "100" } }]);
    const held = await bank.start({ value: "80" });
    expect(said(await bank.start({ value: "30" }))).toBe(`200 ${I5}`);
    expect(said(await bank.cancel({ transactionId: transactionIdOf(held) }))).toBe(`200 ${I2}`);
    const third = await bank.start({ value: "30", reference: "third" });
    expect(said(third)).toBe(`200 ${I1(transactionIdOf(third))}`);
  });

  test("sonect #33: over limit and balance hears of the limit", async () => {
    const bank = await openBank([{ userId: USER, balance: "10", limits: { transaction: "20" } }]);
    expect(said(await bank.start({ value: "30" }))).toBe(`200 ${I5}`);
  });

  test.each([
    "0",
    "-1",
    "1e2",
    '"50"',
    "50.001",
    "-0",
    "0.00",
    "50.000",
    "null",
    "true",
    "{}",
    "90071992547409.92",
    "9007199254740993",
  ])("sonect #34: %s CHF is invalid", async (value) => {
    const bank = await openBank();
    expect(said(await bank.start({ value }))).toBe(`400 ${I8}`);
    expect(await bank.money(USER)).toEqual([10_000n, 0n]);
  });

  test("sonect #35: 0.29 CHF holds 29 minor units, and another currency is refused", async () => {
    const bank = await openBank();
    const held = await bank.start({ value: "0.29" });
    expect(said(held)).toBe(`200 ${I1(transactionIdOf(held))}`);
    expect(await bank.money(USER)).toEqual([9_971n, 29n]);
    expect(said(await bank.start({ value: "1", currency: "EUR" }))).toBe(`200 ${I3}`);
  });

  test.each([
    ["2026-11-25T08:00:00Z", `200 ${I3}`],
    ["2026-11-26T08:00:01Z", `200 ${I3}`],
    ["2024-13-01T00:00:00Z", `400 ${I8}`],
    ["2026-11-25T09:00:00+00:00", `400 ${I8}`],
    ["2026-11-25T09:00:00.0000Z", `400 ${I8}`],
  ])("sonect #36: an expiry of %s is refused at 08:00", async (expiry, expected) => {
    expect(said(await (await openBank()).start({ expiry }))).toBe(expected);
  });

  test("sonect #36: an expiry in just 24 hours is good", async () => {
    const answered = await (await openBank()).start({ expiry: "2026-11-26T08:00:00Z" });
    expect(said(answered)).toBe(`200 ${I1(transactionIdOf(answered))}`);
  });

  test("sonect #37: of ten at once for 30 from 100, three are held", async () => {
    const bank = await openBank();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => bank.start({ value: "30", reference: `op-${n}` })),
    );
    const held = answers.filter(({ body }) => body.includes("TransactionId"));
    const short = answers.filter(({ body }) => body === I7);
    expect([held.length, short.length]).toEqual([3, 7]);
    expect(await bank.money(USER)).toEqual([1_000n, 9_000n]);
  });
});
