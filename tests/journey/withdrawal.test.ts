/** sonect.md section 8, rows 26-44, on the twin: through the real chains, as a bank's integrator would call. */
import { describe, expect, test } from "vitest";
import { expireDue } from "#sweep/expireDue";
import { openBank, TOKEN, transactionIdOf, USER } from "../support/bank.ts";
import type { Answered } from "../support/desk.ts";

const I2 = '{"Message":"OK","ResultCode":0,"Skip":false}';
const I3 = '{"Message":"Generic error","ResultCode":1,"Skip":false}';
const I4 = '{"Message":"Order not found","ResultCode":1,"Skip":false}';
const I5 = '{"Message":"Cash limit exceeded","ResultCode":4,"Skip":false}';
const I6 = '{"Message":"Transaction is already in final state","ResultCode":21,"Skip":false}';
const I7 = '{"Message":"Insufficient balance","ResultCode":1222,"Skip":false}';
const I8 = '{"Message":"Invalid request","ResultCode":1,"Skip":false}';
const I9 = '{"Message":"Unauthorized","ResultCode":1,"Skip":false}';

const said = ({ status, body, headers }: Answered): string =>
  `${status}${headers["idempotency-replayed"] === "true" ? " replayed" : ""} ${body}`;

const I1 = (id: bigint, skip = false) => `{"Message":"OK","ResultCode":0,"Skip":${skip},"TransactionId":${id}}`;

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
