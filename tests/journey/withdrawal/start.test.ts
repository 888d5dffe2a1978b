/** sonect.md 8, rows 26-30: who may start a withdrawal, and what a repeated start is. */
import { describe, expect, test } from "vitest";
import { expireDue } from "#sweep/expireDue";
import { openBank, TOKEN, transactionIdOf, USER } from "../../support/bank.ts";
import { I1, I3, I7, I9, said } from "./replies.ts";

const plentyOfTime = { remainingMs: () => 60_000 };

describe("a start", () => {
  test.each([
    ["no token", {}],
    ["an empty token", { "x-auth-token": "" }],
    ["an unknown token", { "x-auth-token": "nobody-has-this-token" }],
    ["two that differ", { "x-auth-token": TOKEN, authorization: "Bearer another" }],
    ["a right one and an unreadable authorization", { "x-auth-token": TOKEN, authorization: "Basic eDp5" }],
  ])("sonect #26: %s is unauthorized", async (_, headers) => {
    const bank = await openBank();
    const answered = await bank.call("POST /api/sonect/startwithdrawal", "{}", headers);
    expect(said(answered)).toBe(`401 ${I9}`);
    expect(answered.headers["www-authenticate"]).toBe("Bearer");
  });

  test("sonect #27: with a bearer only holds the amount", async () => {
    const bank = await openBank();
    const body =
      '{"userId":1001,"amount":{"value":50},"dateOfTransaction":"2026-11-25T08:00:00Z","expiryTimeOfTheOrder":"2026-11-25T09:00:00.0Z"}';
    const answered = await bank.call("POST /api/sonect/startwithdrawal", body, { authorization: `Bearer ${TOKEN}` });
    expect(said(answered)).toBe(`200 ${I1(transactionIdOf(answered))}`);
    expect(await bank.money(USER)).toEqual([5000n, 5000n]);
  });

  test.each([
    ["by its reference", "op-1"],
    ["by its content", undefined],
  ])("sonect #28: repeated %s, spelt otherwise, gets the first answer", async (_, reference) => {
    const bank = await openBank();
    const wish = { ...(reference && { reference }), expiry: "2026-11-25T09:00:00Z" };
    const first = await bank.start({ ...wish, value: "50" });
    const again = await bank.start({ ...wish, value: "50.00", currency: "CHF", expiry: "2026-11-25T09:00:00.000Z" });
    expect(said(again)).toBe(`200 replayed ${first.body}`);
    expect(await bank.money(USER)).toEqual([5000n, 5000n]);
  });

  test.each(["settle", "cancel", "expire"] as const)(
    "sonect #28: is replayed in any state of its order: after %s",
    async (end) => {
      const bank = await openBank();
      const wish = { reference: "op-1", expiry: "2026-11-25T09:00:00Z" };
      const first = await bank.start(wish);
      if (end === "expire") {
        bank.world.clock.advance(3_600_000);
        await expireDue(bank.world.ports, plentyOfTime);
      } else await bank[end]({ transactionId: transactionIdOf(first) });
      expect(said(await bank.start(wish))).toBe(`200 replayed ${first.body}`);
    },
  );

  test.each([
    ["amount", { value: "60" }],
    ["expiry", { expiry: "2026-11-25T09:30:00Z" }],
    ["date", { date: "2026-11-25T08:00:01Z" }],
    ["shop", { store: "Another" }],
    ["user", { userId: 1002 }],
  ])("sonect #29: under the same reference with another %s books nothing", async (_, other) => {
    const bank = await openBank([
      { userId: USER, balance: "100" },
      { userId: 1002, balance: "100" },
    ]);
    await bank.start({ reference: "op-1", expiry: "2026-11-25T09:00:00Z" });
    expect(said(await bank.start({ reference: "op-1", expiry: "2026-11-25T09:00:00Z", ...other }))).toBe(`200 ${I3}`);
    expect([await bank.money(USER), await bank.money(1002)]).toEqual([
      [5000n, 5000n],
      [10_000n, 0n],
    ]);
  });

  test("sonect #29: a refused start does not use up its key", async () => {
    const bank = await openBank();
    expect(said(await bank.start({ reference: "op-1", value: "100.01" }))).toBe(`200 ${I7}`);
    const second = await bank.start({ reference: "op-1", value: "50" });
    expect(said(second)).toBe(`200 ${I1(transactionIdOf(second))}`);
  });

  test("sonect #30: without a reference is one order while it says the same, and another for another shop", async () => {
    const bank = await openBank();
    const first = await bank.start({ store: "Kiosk" });
    expect(said(await bank.start({ store: "Kiosk" }))).toBe(`200 replayed ${first.body}`);
    const other = await bank.start({ store: "Bakery" });
    expect(transactionIdOf(other)).not.toBe(transactionIdOf(first));
    expect(await bank.money(USER)).toEqual([0n, 10_000n]);
  });

  test("is refused for an unknown account and a blocked one, and forgets nothing of a replay", async () => {
    const bank = await openBank([{ userId: USER, balance: "100" }]);
    expect(said(await bank.start({ userId: 4711 }))).toBe(`200 ${I3}`);
    const first = await bank.start({ reference: "op-1", expiry: "2026-11-25T09:00:00Z" });
    await bank.change(USER, { state: "blocked" });
    expect(said(await bank.start({ reference: "op-2" }))).toBe(`200 ${I3}`);
    expect(said(await bank.start({ reference: "op-1", expiry: "2026-11-25T09:00:00Z" }))).toBe(
      `200 replayed ${first.body}`,
    );
  });
});
