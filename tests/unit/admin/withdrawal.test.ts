/** A withdrawal order as an operator sees it. */
import { expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time";
import { openBank, transactionIdOf } from "../../support/bank.ts";
import { adminOf } from "./given.ts";

const open = async () => {
  const bank = await openBank();
  const transactionId = transactionIdOf(await bank.start({ reference: "op-1", store: "Kiosk", value: "12.50" }));
  const { run } = adminOf(bank.world);
  const show = (...more: readonly string[]) => run("withdrawal", "show", "bank", ...more);
  return { bank, transactionId, show };
};

test("an order is shown with when it came into each state, and why", async () => {
  const { bank, transactionId, show } = await open();
  bank.world.clock.advance(MINUTE_MS);
  await bank.settle({ transactionId });
  bank.world.clock.advance(MINUTE_MS);
  const body = `{"TransactionId":${transactionId},"UserId":1001,"DateOperation":"2026-11-25T08:01:30Z","Reason":"wrong amount"}`;
  await bank.call("POST /api/sonect/cancelwithdrawal", body);
  expect(await show(String(transactionId))).toEqual({
    code: 0,
    err: "",
    out: `Withdrawal ${transactionId} of bank

state      reversed
user       1001
amount     12.50 CHF
reference  op-1
store      Kiosk
reason     wrong amount
started    2026-11-25 08:00:00Z
settled    2026-11-25 08:01:00Z
reversed   2026-11-25 08:02:00Z
expires    2026-11-25 09:00:00Z
partner's  2026-11-25 08:01:30Z, of what it last asked
`,
  });
  expect(JSON.parse((await show(String(transactionId), "--json")).out)).toEqual({
    tenant: "bank",
    transactionId: Number(transactionId),
    state: "reversed",
    userId: 1001,
    amount: "12.50",
    currency: "CHF",
    skip: false,
    reference: "op-1",
    store: "Kiosk",
    reason: "wrong amount",
    startedAt: "2026-11-25T08:00:00.000Z",
    settledAt: "2026-11-25T08:01:00.000Z",
    reversedAt: "2026-11-25T08:02:00.000Z",
    expiresAt: "2026-11-25T09:00:00.000Z",
    partnerAt: "2026-11-25T08:01:30.000Z",
  });
});

test("an order that is overdue is expired before the sweep has been there", async () => {
  const { bank, transactionId, show } = await open();
  bank.world.clock.advance(HOUR_MS);
  expect((await show(String(transactionId))).out).toContain(
    "state      expired (the sweep has yet to give its hold back)\n",
  );
});

test("no order by a number ends with 1", async () => {
  const { show } = await open();
  expect(await show("7")).toMatchObject({ code: 1, out: "" });
});
