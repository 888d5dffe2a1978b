/** What other slices let a customer approve: a payment, by its amount and its payee (lib/approval/customerApproval.ts). */
import { expect, test } from "vitest";
import { askCustomer, type CustomerAsk, contentOfPayment, readAnswer } from "#approval/customerApproval";
import type { Currency } from "#kernel/currency";
import { minor } from "#kernel/money";
import { Refused, refuse } from "#kernel/refusal";
import { type Approvals, openApprovals } from "../../support/approval.ts";
import { ANN, cancel, check, decide, enrol, listedFor, pendingOf, start } from "../../support/enrolment.ts";
import { failed, said } from "../../support/envelope.ts";

const ask: CustomerAsk = {
  asker: "desk:cash-out",
  customer: ANN,
  payment: { amount: { minor: minor(5_000n), currency: "CHF" as Currency }, payee: "SONECT" },
  name: "CASHOUT",
  timeoutSeconds: 300,
  reference: "4711",
};

const answer = ({ world }: Approvals, token: string, asker = ask.asker) => readAnswer(world.ports, asker, token);

test("a customer is shown and signs the amount and the payee, and whoever has asked reads what was decided", async () => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals);
  const token = await askCustomer(approvals.world.ports, ask);
  expect(await answer(approvals, token)).toBe("waiting");
  const listed = await listedFor(approvals, phone, token);
  expect([listed.TransactionName, listed.TransactionContent]).toEqual([
    "CASHOUT",
    '{"Amount":"50.00","Currency":"CHF","Payee":"SONECT"}',
  ]);
  await decide(approvals, phone, listed);
  expect(await answer(approvals, token)).toBe("approved");
});

test("a repeated ask is the same approval, and one for another payment is refused", async () => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals);
  const { ports } = approvals.world;
  const token = await askCustomer(ports, ask);
  expect(await askCustomer(ports, ask)).toBe(token);
  const more = { ...ask.payment, amount: { ...ask.payment.amount, minor: minor(5_001n) } };
  await expect(askCustomer(ports, { ...ask, payment: more })).rejects.toEqual(new Refused(refuse("KEY_REUSED")));
  expect(await pendingOf(approvals, phone)).toHaveLength(1);
});

test("a customer without a device cannot be asked", async () => {
  const { world } = await openApprovals();
  await expect(askCustomer(world.ports, ask)).rejects.toEqual(new Refused(refuse("OWNER_UNKNOWN")));
});

test("what one asks no other can read: neither another asker nor a channel", async () => {
  const approvals = await openApprovals();
  await enrol(approvals);
  const token = await askCustomer(approvals.world.ports, ask);
  await expect(answer(approvals, token, "desk:other")).rejects.toEqual(new Refused(refuse("APPROVAL_UNKNOWN")));
  expect(said(await check(approvals, token))).toBe(failed("CheckTransactionApproval", "510"));
});

test("no channel ends what it has not asked, whatever it cancels", async () => {
  const approvals = await openApprovals();
  await enrol(approvals);
  const token = await askCustomer(approvals.world.ports, ask);
  expect(said(await cancel(approvals, token))).toBe(failed("CancelTransaction", "510 in Cancel"));
  await start(approvals, { CancelPendingTransactions: true });
  expect(await answer(approvals, token)).toBe("waiting");
});

test("what was signed for another amount or payee approves nothing", async () => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals);
  const token = await askCustomer(approvals.world.ports, ask);
  const listed = await listedFor(approvals, phone, token);
  for (const [shown, other] of [
    ["50.00", "500.00"],
    ["SONECT", "SOMEBODY"],
  ] as const) {
    const TransactionContent = listed.TransactionContent.replace(shown, other);
    expect((await decide(approvals, phone, { ...listed, TransactionContent })).status).toBe(401);
  }
  expect(await answer(approvals, token)).toBe("waiting");
});

test.each([
  ["reject", "rejected"],
  ["fraud", "fraud"],
] as const)("a customer may %s, and whoever has asked hears that it is %s", async (decision, state) => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals);
  const token = await askCustomer(approvals.world.ports, ask);
  await decide(approvals, phone, await listedFor(approvals, phone, token), decision);
  expect(await answer(approvals, token)).toBe(state);
});

test.each([
  ["no time", { timeoutSeconds: 0 }, "an approval waits 1-600 seconds, not 0"],
  ["too long a time", { timeoutSeconds: 601 }, "an approval waits 1-600 seconds, not 601"],
  ["half a second", { timeoutSeconds: 1.5 }, "an approval waits 1-600 seconds, not 1.5"],
  ["a name too long", { payment: { ...ask.payment, payee: "x".repeat(141) } }, "the payee's name is too long"],
] as const)("who asks with %s has a bug, and starts nothing", async (_, changes, why) => {
  const { ports, twin } = (await openApprovals()).world;
  const before = twin.items();
  await expect(askCustomer(ports, { ...ask, ...changes })).rejects.toThrow(new RangeError(why));
  expect(twin.items()).toEqual(before);
});

test("nobody decides in time: the answer says so, and stays", async () => {
  const approvals = await openApprovals();
  await enrol(approvals);
  const token = await askCustomer(approvals.world.ports, ask);
  approvals.world.clock.advance(300_000);
  expect(await answer(approvals, token)).toBe("expired");
  approvals.world.clock.advance(-60_000);
  expect(await answer(approvals, token)).toBe("expired");
});

test.each([
  [5_000n, "CHF", '{"Amount":"50.00","Currency":"CHF","Payee":"SONECT"}'],
  [1n, "KWD", '{"Amount":"0.001","Currency":"KWD","Payee":"SONECT"}'],
  [100_000n, "JPY", '{"Amount":"100000","Currency":"JPY","Payee":"SONECT"}'],
])("%i minor units of %s are shown exactly", (amount, currency, content) => {
  const money = { minor: minor(amount), currency: currency as Currency };
  expect(contentOfPayment({ amount: money, payee: "SONECT" })).toBe(content);
});
