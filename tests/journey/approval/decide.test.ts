/** approvals.md 3, 4.2, 5: how phones decide, and that nothing is decided otherwise. */
import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { type Json, nonce, openApprovals } from "../../support/approval.ts";
import {
  cancel,
  check,
  decide,
  decisionOf,
  endings,
  enrol,
  eventsOf,
  listedFor,
  openListed,
  pendingOf,
  start,
  statusOf,
} from "../../support/enrolment.ts";
import { failed, refused, said, served, succeeded } from "../../support/envelope.ts";
import { storedStates } from "../../support/muster.ts";
import { type Decision, decisionFrame, type Listed, type Phone, signBy } from "../../support/phone.ts";

describe("a decision", () => {
  test("approvals #13: counts only as it was signed, and leaves the transaction waiting otherwise", async () => {
    const { approvals, phone, token, listed, now } = await openListed();
    const other = await enrol(approvals, { customer: { customerId: "998" } });
    const approval = decisionOf(phone, listed, "approve");
    const send = async (signer: Phone, body: Json) =>
      said(await approvals.device(signer, "transactions/respond", body));
    expect(await send(phone, { ...approval, Decision: "reject" })).toBe(refused("9421", now));
    expect(await send(other, approval)).toBe(refused("9404", now));
    const altered: Listed = { ...listed, TransactionContent: "ANOTHERCONTENT" };
    expect(await send(phone, decisionOf(phone, altered, "approve"))).toBe(refused("9421", now));
    expect(await statusOf(approvals, token)).toBe(2);
    expect(await send(phone, approval)).toBe(served(`"Status":1,"DecidedAt":${now}`, now));
    expect(await statusOf(approvals, token)).toBe(1);
  });

  const alterations: Readonly<Record<string, (listed: Listed, phone: Phone) => Buffer>> = {
    "another phone": (listed) => decisionFrame("20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b", listed, "approve"),
    "another transaction": (listed, { ownerKey }) =>
      decisionFrame(ownerKey, { ...listed, TransactionToken: nonce() }, "approve"),
    "another type": (listed, { ownerKey }) => decisionFrame(ownerKey, { ...listed, TransactionType: 1 }, "approve"),
    "another name": (listed, { ownerKey }) =>
      decisionFrame(ownerKey, { ...listed, TransactionName: "weblogin" }, "approve"),
    "another content": (listed, { ownerKey }) =>
      decisionFrame(ownerKey, { ...listed, TransactionContent: "ENCRYPTEDCONFIRMATIONDATA " }, "approve"),
    "another deadline": (listed, { ownerKey }) =>
      decisionFrame(ownerKey, { ...listed, ExpiresAt: listed.ExpiresAt + 1 }, "approve"),
    "another challenge": (listed, { ownerKey }) =>
      decisionFrame(ownerKey, { ...listed, Challenge: nonce() }, "approve"),
    "another decision": (listed, { ownerKey }) => decisionFrame(ownerKey, listed, "reject"),
    "a binding code that nobody asked for": (listed, { ownerKey }) =>
      decisionFrame(ownerKey, listed, "approve", "042317"),
  };

  test.each(Object.entries(alterations))("approvals #13: that is signed for %s is not accepted", async (_, framed) => {
    const { approvals, phone, token, listed, now } = await openListed();
    const Signature = signBy(phone.key, phone.format, framed(listed, phone));
    expect(said(await decide(approvals, phone, listed, "approve", { changes: { Signature } }))).toBe(
      refused("9421", now),
    );
    expect(await statusOf(approvals, token)).toBe(2);
  });

  test.each<readonly [string, Json, "9400" | "9421"]>([
    ["no decision", { Decision: undefined }, "9400"],
    ["a decision in capitals", { Decision: "Approve" }, "9400"],
    ["no signature", { Signature: undefined }, "9400"],
    ["a signature that is no Base64", { Signature: "***" }, "9400"],
    ["a signature of the wrong length", { Signature: Buffer.alloc(63).toString("base64") }, "9421"],
    ["a signature of zeros", { Signature: Buffer.alloc(64).toString("base64") }, "9421"],
    ["no token", { TransactionToken: undefined }, "9400"],
    ["a reason to approve", { Reason: "UNKNOWN" }, "9400"],
    ["a binding code that nobody asked for", { BindingCode: "042317" }, "9400"],
  ])("with %s is refused", async (_, changes, name) => {
    const { approvals, phone, token, listed, now } = await openListed();
    expect(said(await decide(approvals, phone, listed, "approve", { changes }))).toBe(refused(name, now));
    expect(await statusOf(approvals, token)).toBe(2);
  });

  test("may give one of three reasons to reject, and to report fraud", async () => {
    for (const decision of ["reject", "fraud"] as const)
      for (const Reason of ["UNKNOWN", "INCORRECT_DATA", "UNEXPECTED_OPERATION", null]) {
        const { approvals, phone, listed } = await openListed();
        expect((await decide(approvals, phone, listed, decision, { changes: { Reason } })).status).toBe(200);
      }
    const { approvals, phone, listed } = await openListed();
    expect((await decide(approvals, phone, listed, "reject", { changes: { Reason: "BORED" } })).status).toBe(400);
  });

  test("that is wrong five times is an error for good, whoever comes then", async () => {
    const { approvals, phone, token, listed, now } = await openListed();
    const second = await enrol(approvals);
    const wrong = { changes: { Signature: Buffer.alloc(64, 1).toString("base64") } };
    for (let nth = 0; nth < 5; nth++)
      expect(said(await decide(approvals, phone, listed, "approve", wrong))).toBe(refused("9421", now));
    expect(await statusOf(approvals, token)).toBe(3);
    expect(said(await decide(approvals, phone, listed))).toBe(refused("9409", now, 3));
    expect(await pendingOf(approvals, second)).toEqual([]);
    expect(await statusOf(approvals, token)).toBe(3);
    expect(endings(approvals)).toHaveLength(1);
  });

  test.each<readonly [string, number, number]>([
    ["a millisecond before the deadline", -1, 1],
    ["at the deadline", 0, 4],
    ["a millisecond after the deadline", 1, 4],
  ])("approvals #15: %s, where nobody has swept", async (_, offMs, status) => {
    const { approvals, phone, token, listed } = await openListed();
    const { clock } = approvals.world;
    clock.nowMs = listed.ExpiresAt + offMs;
    const answered = said(await decide(approvals, phone, listed));
    expect(answered).toBe(
      status === 1 ? served(`"Status":1,"DecidedAt":${clock.nowMs}`, clock.nowMs) : refused("9410", clock.nowMs, 4),
    );
    expect(await statusOf(approvals, token)).toBe(status);
    expect(storedStates(approvals)).toEqual([status === 1 ? "approved" : "expired"]);
    expect(endings(approvals)).toHaveLength(1);
  });

  test("approvals #15: that is verified while its deadline passes is too late", async () => {
    const deadline = { passes: false };
    const approvals = await openApprovals((twin) => ({
      ...twin,
      commit: async (writes, token) => {
        const outcome = await twin.commit(writes, token);
        const isTry = writes.length === 1 && String(writes[0]?.key.sk).startsWith("challenge#");
        if (deadline.passes && isTry) approvals.world.clock.advance(1);
        return outcome;
      },
    }));
    const phone = await enrol(approvals);
    const listed = await listedFor(approvals, phone, await start(approvals));
    deadline.passes = true;
    const asked = listed.ExpiresAt - 1;
    approvals.world.clock.nowMs = asked;
    // A refusal tells when it was asked for.
    expect(said(await decide(approvals, phone, listed))).toBe(refused("9410", asked, 4));
    expect(storedStates(approvals)).toEqual(["expired"]);
  });

  test("approvals #15: is stored as expired by the check alone, where no phone came", async () => {
    const { approvals, token, listed } = await openListed();
    approvals.world.clock.nowMs = listed.ExpiresAt;
    expect(await statusOf(approvals, token)).toBe(4);
    // A clock that goes back changes nothing that was answered.
    approvals.world.clock.nowMs = listed.ExpiresAt - MINUTE_MS;
    expect(said(await cancel(approvals, token))).toBe(failed("CancelTransaction", "9409", '"Status":4'));
  });

  test("approvals #19: stands, whatever a channel starts or cancels after", async () => {
    const { approvals, phone, token, listed } = await openListed();
    await decide(approvals, phone, listed);
    await start(approvals, { CancelPendingTransactions: true });
    expect(said(await cancel(approvals, token))).toBe(failed("CancelTransaction", "9409", '"Status":1'));
    expect(said(await check(approvals, token))).toBe(succeeded('"Status":1'));
  });

  test("approvals #26: whose answer was lost is answered again, and no other decision is", async () => {
    const { approvals, phone, listed, now } = await openListed();
    const second = await enrol(approvals);
    const { clock } = approvals.world;
    await decide(approvals, phone, listed);
    clock.advance(MINUTE_MS);
    expect(said(await decide(approvals, phone, listed))).toBe(served(`"Status":1,"DecidedAt":${now}`, clock.nowMs));
    clock.advance(DAY_MS);
    expect(said(await decide(approvals, phone, listed))).toBe(served(`"Status":1,"DecidedAt":${now}`, clock.nowMs));
    for (const decision of ["reject", "fraud"] as const)
      expect(said(await decide(approvals, phone, listed, decision))).toBe(refused("9409", clock.nowMs, 1));
    expect(said(await decide(approvals, second, listed))).toBe(refused("9404", clock.nowMs));
  });

  test("that reports fraud too late is told to whoever listens, once for each phone, for a day", async () => {
    const approvals = await openApprovals();
    const { clock } = approvals.world;
    const [one, two] = [await enrol(approvals), await enrol(approvals)];
    const token = await start(approvals);
    const [first, second] = [await listedFor(approvals, one, token), await listedFor(approvals, two, token)];
    await decide(approvals, one, first);
    const forged = decisionOf(two, second, "approve").Signature;
    expect(said(await decide(approvals, two, second, "fraud", { changes: { Signature: forged } }))).toBe(
      refused("9409", clock.nowMs, 1),
    );
    expect(eventsOf(approvals, "transaction.fraud")).toHaveLength(0);
    for (const _ of ["first", "again"])
      for (const [phone, listed] of [
        [one, first],
        [two, second],
      ] as const)
        expect(said(await decide(approvals, phone, listed, "fraud"))).toBe(refused("9409", clock.nowMs, 1));
    expect(eventsOf(approvals, "transaction.fraud")).toHaveLength(2);
    expect(await statusOf(approvals, token)).toBe(1);
  });

  test("that reports fraud more than a day after is told to nobody", async () => {
    const { approvals, phone, listed } = await openListed();
    await decide(approvals, phone, listed);
    approvals.world.clock.advance(DAY_MS);
    await decide(approvals, phone, listed, "fraud");
    expect(eventsOf(approvals, "transaction.fraud")).toHaveLength(0);
  });
});

describe("a binding code", () => {
  test("approvals #23: must be typed to approve, and five wrong ones are an error", async () => {
    const { approvals, phone, token, listed, bindingCode, now } = await openListed({ BindingMode: "code6" });
    expect(listed.BindingRequired).toBe(true);
    expect(said(await decide(approvals, phone, listed))).toBe(refused("9400", now));
    const wrong = bindingCode === "000000" ? "000001" : "000000";
    for (let nth = 0; nth < 5; nth++)
      expect(said(await decide(approvals, phone, listed, "approve", { bindingCode: wrong }))).toBe(
        refused("9421", now),
      );
    expect(said(await decide(approvals, phone, listed, "approve", { bindingCode }))).toBe(refused("9409", now, 3));
    expect(await statusOf(approvals, token)).toBe(3);
  });

  test("approves when it is right and signed, after four wrong ones too", async () => {
    const { approvals, phone, listed, bindingCode, now } = await openListed({ BindingMode: "code6" });
    const wrong = bindingCode === "000000" ? "000001" : "000000";
    for (let nth = 0; nth < 3; nth++) await decide(approvals, phone, listed, "approve", { bindingCode: wrong });
    const unsigned = { bindingCode: wrong, changes: { BindingCode: bindingCode } };
    expect(said(await decide(approvals, phone, listed, "approve", unsigned))).toBe(refused("9421", now));
    expect((await decide(approvals, phone, listed, "approve", { bindingCode })).status).toBe(200);
  });

  test.each<Decision>(["reject", "fraud"])("is not for a %s", async (decision) => {
    const { approvals, phone, listed, bindingCode, now } = await openListed({ BindingMode: "code6" });
    expect(said(await decide(approvals, phone, listed, decision, { bindingCode }))).toBe(refused("9400", now));
    expect((await decide(approvals, phone, listed, decision)).status).toBe(200);
  });

  test.each(["12345", "1234567", "12345a", "", 123456])("cannot be %j", async (BindingCode) => {
    const { approvals, phone, listed, now } = await openListed({ BindingMode: "code6" });
    expect(said(await decide(approvals, phone, listed, "approve", { changes: { BindingCode } }))).toBe(
      refused("9400", now),
    );
  });
});

describe("an approval key", () => {
  test("approvals #24: approves, and the phone's own key does all else", async () => {
    const { approvals, phone, token, listed, now } = await openListed({}, true);
    const byOwnKey = signBy(phone.key, phone.format, decisionFrame(phone.ownerKey, listed, "approve"));
    expect(said(await decide(approvals, phone, listed, "approve", { changes: { Signature: byOwnKey } }))).toBe(
      refused("9421", now),
    );
    const byApprovalKey = signBy(
      phone.approvalKey ?? phone.key,
      phone.format,
      decisionFrame(phone.ownerKey, listed, "reject"),
    );
    expect(said(await decide(approvals, phone, listed, "reject", { changes: { Signature: byApprovalKey } }))).toBe(
      refused("9421", now),
    );
    expect(said(await decide(approvals, phone, listed, "reject"))).toBe(served(`"Status":0,"DecidedAt":${now}`, now));
    const next = await listedFor(approvals, phone, await start(approvals));
    expect(said(await decide(approvals, phone, next))).toBe(served(`"Status":1,"DecidedAt":${now}`, now));
    expect(await statusOf(approvals, token)).toBe(0);
    const { Devices } = JSON.parse((await approvals.core("ListDevices", { OwnerKey: phone.ownerKey })).body);
    expect(Devices[0].HasApprovalKey).toBe(true);
  });
});
