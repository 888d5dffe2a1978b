import { describe, expect, test } from "vitest";
import { exceedsLimits, givingBack, pastWindows, usedNow } from "#ledger/limits";
import { openBank, USER } from "../support/bank.ts";

const at = (text: string) => Date.parse(text);
const ZURICH = "Europe/Zurich";

describe("limits", () => {
  test.each([
    ["the same instant", "2026-11-25T08:00:00Z", ["day", "week", "month", "year"]],
    ["the evening before, there", "2026-11-24T22:59:59Z", ["week", "month", "year"]],
    ["the same day there, though not in UTC", "2026-11-24T23:00:00Z", ["day", "week", "month", "year"]],
    ["the Sunday before", "2026-11-22T12:00:00Z", ["month", "year"]],
    ["the month before", "2026-10-31T12:00:00Z", ["year"]],
    ["the year before", "2025-12-31T12:00:00Z", []],
  ])("of %s are given back where their window is current", (_, countedAt, expected) => {
    const back = givingBack(5n, at(countedAt), at("2026-11-25T08:00:00Z"), ZURICH);
    expect(Object.keys(back).map((field) => field.split(":")[1])).toEqual(expected);
    expect(Object.values(back).every((amount) => amount === -5n)).toBe(true);
  });

  test("of past windows are dropped, of current ones told", () => {
    const used = {
      "used:day:2026-11-23": 1n,
      "used:day:2026-11-24": 1n,
      "used:day:2026-11-25": 2n,
      "used:week:2026-11-23": 3n,
      "used:month:2026-10": 4n,
      "used:year:2026": 5n,
    };
    expect(pastWindows(used, at("2026-11-25T08:00:00Z"), ZURICH)).toEqual([
      "used:day:2026-11-23",
      "used:month:2026-10",
    ]);
    expect(usedNow(used, at("2026-11-25T08:00:00Z"), ZURICH)).toEqual({ day: 2n, week: 3n, month: 0n, year: 5n });
  });

  test.each([
    ["10 a transaction", 10n, false, { transaction: 10n }],
    ["10 a transaction", 11n, true, { transaction: 10n }],
    ["12 a day", 10n, false, { day: 12n }],
    ["12 a day", 11n, true, { day: 12n }],
    ["5 a year", 1n, true, { year: 5n }],
    ["none", 10n ** 15n, false, {}],
  ])("of %s, with 2 a day and 5 a year used, are exceeded by %d more: %s", (_, amount, expected, limits) => {
    const used = { "used:day:2026-11-25": 2n, "used:year:2026": 5n };
    expect(exceedsLimits(limits, used, amount, at("2026-11-25T08:00:00Z"), ZURICH)).toBe(expected);
  });

  test("begin anew with a window, and the counters of those long past are gone", async () => {
    const bank = await openBank([{ userId: USER, balance: "1000", limits: { day: "100" } }]);
    await bank.start({ value: "100" });
    expect((await bank.start({ value: "1" })).body).toContain("Cash limit exceeded");
    bank.world.clock.advance(24 * 3_600_000);
    expect((await bank.start({ value: "100" })).body).toContain("TransactionId");
    bank.world.clock.advance(24 * 3_600_000);
    expect((await bank.start({ value: "100" })).body).toContain("TransactionId");
    const account = bank.world.twin.items().find(({ pk }) => pk === `bank#account#${USER}`);
    expect(
      Object.keys(account ?? {})
        .filter((field) => field.startsWith("used:"))
        .sort(),
    ).toEqual([
      "used:day:2026-11-26",
      "used:day:2026-11-27",
      "used:month:2026-11",
      "used:week:2026-11-23",
      "used:year:2026",
    ]);
  });

  test("that have been changed since they were read are judged again", async () => {
    let isChanged = true;
    const bank = await openBank([{ userId: USER, balance: "1000", limits: { day: "100" } }], {
      replace: (twin) => ({
        ...twin,
        commit: async (writes, token) => {
          if (!isChanged) {
            isChanged = true;
            await bank.change(USER, { limits: { day: 5_000n } });
          }
          return twin.commit(writes, token);
        },
      }),
    });
    isChanged = false;
    expect((await bank.start({ value: "80" })).body).toContain("Cash limit exceeded");
    expect(await bank.money(USER)).toEqual([100_000n, 0n]);
  });
});
