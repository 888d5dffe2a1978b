/** approvals.md 1, 2, 7: who may call as a channel, what a call must be, and how often. */
import { describe, expect, test } from "vitest";
import { type Switches, switchChannel } from "#approval/channel";
import { SECOND_MS } from "#kernel/time";
import { keyOfClient } from "#party/client";
import { type Approvals, ATM, basicOf, openApprovals, WEB } from "../../support/approval.ts";
import { check, enrol, listedFor, memberOf, start, startOf, statusOf } from "../../support/enrolment.ts";
import { failed, refused, said, succeeded } from "../../support/envelope.ts";

const openWithPhone = async () => {
  const approvals = await openApprovals();
  return { approvals, phone: await enrol(approvals) };
};

/** Sets WEB's switches, which take effect when settings are read again. */
const switchTo = async ({ world: { ports, clock } }: Approvals, switches: Switches): Promise<void> => {
  const [item = {}] = await ports.store.read([keyOfClient({ protocol: "approval", id: WEB.id })]);
  await ports.store.commit([switchChannel({ id: WEB.id }, item, switches)], ports.ids.uuid());
  clock.advance(1_001);
};

describe("a channel", () => {
  test("approvals #4: is known by its id and secret, and a check says nothing without them", async () => {
    const { approvals } = await openWithPhone();
    const TransactionToken = await start(approvals);
    const wrong = [
      {},
      basicOf({ id: WEB.id, secret: ATM.secret }),
      basicOf({ id: "nobody", secret: WEB.secret }),
      basicOf({ id: WEB.id, secret: "" }),
      { authorization: "Basic" },
      { authorization: "Basic ***" },
      { authorization: `Bearer ${WEB.secret}` },
    ];
    for (const headers of wrong) {
      const body = JSON.stringify({ TransactionToken });
      const answered = await approvals.call("POST /core/CheckTransactionApproval", { headers, body });
      expect(said(answered)).toBe(failed("CheckTransactionApproval", "9401"));
      expect(answered.headers["www-authenticate"]).toBe('Basic realm="core"');
    }
  });

  test("approvals #4: that is unknown is told so before its body is read", async () => {
    const { core } = await openApprovals();
    const answered = await core("CheckTransactionApproval", "{", { by: { id: "nobody", secret: "x" } });
    expect(said(answered)).toBe(failed("CheckTransactionApproval", "9401"));
  });

  test("approvals #4: whose body is no JSON object, or has no token, is told status 0", async () => {
    const { core } = await openApprovals();
    const bodies = ["{", "", "null", "[]", "{}", '{"TransactionToken":null}', '{"TransactionToken":7}'];
    for (const body of bodies)
      expect([body, said(await core("CheckTransactionApproval", body))]).toEqual([
        body,
        failed("CheckTransactionApproval", "28"),
      ]);
  });

  test("approvals #4: that polls too often is told status 0, and when to come back", async () => {
    const { approvals } = await openWithPhone();
    const [token, other] = [await start(approvals), await start(approvals)];
    expect(await statusOf(approvals, token)).toBe(2);
    expect(await statusOf(approvals, token)).toBe(2);
    const flooded = await check(approvals, token);
    expect(said(flooded)).toBe(failed("CheckTransactionApproval", "9429"));
    expect(flooded.headers["retry-after"]).toBe("2");
    expect(await statusOf(approvals, other)).toBe(2);
    approvals.world.clock.advance(2 * SECOND_MS);
    expect(await statusOf(approvals, token)).toBe(2);
    expect(said(await check(approvals, token))).toBe(failed("CheckTransactionApproval", "9429"));
  });

  test("is not limited by what it says badly, which is told first", async () => {
    const { approvals } = await openWithPhone();
    const token = await start(approvals);
    for (let nth = 0; nth < 10; nth++)
      expect(said(await approvals.core("CheckTransactionApproval", {}))).toBe(failed("CheckTransactionApproval", "28"));
    expect(await statusOf(approvals, token)).toBe(2);
  });

  test("that is switched off is nobody, until it is switched on", async () => {
    const { approvals } = await openWithPhone();
    await switchTo(approvals, { isEnabled: false, tellsIdentity: false });
    expect(said(await approvals.core("StartTransaction", startOf()))).toBe(failed("StartTransaction", "9401"));
    expect((await approvals.core("StartTransaction", startOf(), { by: ATM })).status).toBe(200);
    await switchTo(approvals, { isEnabled: true, tellsIdentity: false });
    expect((await approvals.core("StartTransaction", startOf())).status).toBe(200);
  });

  test("hears whose a login code was only where it has that switch", async () => {
    const { approvals, phone } = await openWithPhone();
    const code = async () => ({ LoginOtp: memberOf(await approvals.device(phone, "login-otp"), "LoginOtp") });
    await switchTo(approvals, { isEnabled: true, tellsIdentity: true });
    expect(said(await approvals.core("VerifyLoginOtp", await code()))).toBe(
      succeeded(`"Value":true,"CustomerId":"999","UserCode":null,"OwnerKey":"${phone.ownerKey}"`),
    );
    expect(said(await approvals.core("VerifyLoginOtp", await code(), { by: ATM }))).toBe(succeeded('"Value":true'));
    expect(said(await approvals.core("VerifyLoginOtp", { LoginOtp: "x" }))).toBe(failed("VerifyLoginOtp", "29"));
  });

  test("cannot decide by what it sends to a phone's endpoints", async () => {
    const { approvals, phone } = await openWithPhone();
    const listed = await listedFor(approvals, phone, await start(approvals));
    const body = JSON.stringify({ TransactionToken: listed.TransactionToken, Decision: "approve", Signature: "" });
    const answered = await approvals.call("POST /device/v1/transactions/respond", { headers: basicOf(WEB), body });
    expect(said(answered)).toBe(refused("9401", approvals.world.clock.nowMs));
    expect(await statusOf(approvals, listed.TransactionToken)).toBe(2);
  });
});

test("a channel starts for any of the deployment's identities, and both see the same phones", async () => {
  const { approvals, phone } = await openWithPhone();
  const token = await start(approvals, {}, { by: ATM });
  expect((await listedFor(approvals, phone, token)).TransactionToken).toBe(token);
  const { body } = await approvals.core("StartTransaction", startOf(), { by: ATM });
  expect(memberOf({ status: 200, headers: {}, body }, "TranscationToken")).not.toBe(token);
  expect(said(await approvals.core("ListDevices", { CustomerId: "998" }))).toBe(succeeded('"Devices":[]'));
});
