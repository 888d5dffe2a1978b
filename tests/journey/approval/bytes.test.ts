/** approvals.md 1, 2: what the core's methods answer, byte for byte. */
import { describe, expect, test } from "vitest";
import { SECOND_MS } from "#kernel/time";
import { type Approvals, ATM, nonce, openApprovals } from "../../support/approval.ts";
import {
  cancel,
  check,
  decide,
  enrol,
  issueCode,
  listedFor,
  memberOf,
  ownedBy,
  start,
  startOf,
} from "../../support/enrolment.ts";
import { failed, type Method, prefixes, said, served, succeeded } from "../../support/envelope.ts";
import type { Phone } from "../../support/phone.ts";

/** A desk where Ann has a phone. */
const openWithPhone = async () => {
  const approvals = await openApprovals();
  return { approvals, phone: await enrol(approvals) };
};

const TOKEN = /^[A-Za-z0-9+/]{22}==$/;
const nobodys = "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b";

describe("the bytes of a success of", () => {
  test("approvals #1: GetActivationOtp", async () => {
    const { core } = await openApprovals();
    const answered = await core("GetActivationOtp", { CustomerId: "999" });
    const otp = memberOf<string>(answered, "Otp");
    expect(otp).toMatch(/^\d{6}$/);
    expect(said(answered)).toBe(succeeded(`"Otp":"${otp}"`));
    expect(answered.headers["content-type"]).toBe("application/json");
  });

  test("approvals #1: VerifyLoginOtp", async () => {
    const { approvals, phone } = await openWithPhone();
    const LoginOtp = memberOf<string>(await approvals.device(phone, "login-otp"), "LoginOtp");
    expect(said(await approvals.core("VerifyLoginOtp", { LoginOtp }))).toBe(succeeded('"Value":true'));
  });

  test("approvals #1: StartTransaction, with and without a binding code", async () => {
    const { approvals } = await openWithPhone();
    const answered = await approvals.core("StartTransaction", startOf());
    const token = memberOf<string>(answered, "TranscationToken");
    expect(token).toMatch(TOKEN);
    expect(said(answered)).toBe(succeeded(`"TranscationToken":"${token}"`));
    const bound = await approvals.core("StartTransaction", startOf({ BindingMode: "code6" }));
    const { TranscationToken, BindingCode } = JSON.parse(bound.body);
    expect([TranscationToken, BindingCode]).toEqual([expect.stringMatching(TOKEN), expect.stringMatching(/^\d{6}$/)]);
    expect(said(bound)).toBe(succeeded(`"TranscationToken":"${TranscationToken}","BindingCode":"${BindingCode}"`));
  });

  test("approvals #1: CheckTransactionApproval and CancelTransaction", async () => {
    const { approvals } = await openWithPhone();
    const token = await start(approvals);
    expect(said(await check(approvals, token))).toBe(succeeded('"Status":2'));
    expect(said(await cancel(approvals, token))).toBe(succeeded('"Status":6'));
    expect(said(await cancel(approvals, token))).toBe(succeeded('"Status":6'));
    expect(said(await check(approvals, token))).toBe(succeeded('"Status":6'));
  });

  test("ListDevices, of a phone, of a customer, and where there is none", async () => {
    const { approvals, phone } = await openWithPhone();
    const { core, world, device } = approvals;
    const createdAt = world.clock.nowMs;
    world.clock.advance(SECOND_MS);
    await device(phone, "status");
    const seenAt = world.clock.nowMs;
    const row = `{"OwnerKey":"${phone.ownerKey}","CustomerId":"999","UserCode":null,"State":"ACTIVE","Reason":null,"DeviceName":"My phone","Platform":"ios","DeviceModel":null,"HasApprovalKey":false,"CreatedAt":${createdAt},"LastSeenAt":${seenAt}}`;
    const answers = [
      await core("ListDevices", { OwnerKey: phone.ownerKey }),
      await core("ListDevices", { CustomerId: 999 }),
      await core("ListDevices", { CustomerId: "999" }, { by: ATM }),
    ];
    expect(answers.map(said)).toEqual(answers.map(() => succeeded(`"Devices":[${row}]`)));
    const none = await core("ListDevices", { CustomerId: "999", UserCode: "USER01" });
    expect(said(none)).toBe(succeeded('"Devices":[]'));
  });

  test("BlockDevice, UnblockDevice and RemoveDevice, repeated too", async () => {
    const { approvals, phone } = await openWithPhone();
    const asked = { OwnerKey: phone.ownerKey, Reason: "LOST_PHONE" };
    for (const [method, state] of [
      ["BlockDevice", "BLOCKED"],
      ["UnblockDevice", "ACTIVE"],
      ["BlockDevice", "BLOCKED"],
      ["RemoveDevice", "REMOVED"],
    ] as const)
      for (const _ of ["first", "again"])
        expect(said(await approvals.core(method, asked))).toBe(succeeded(`"State":"${state}"`));
    for (const method of ["BlockDevice", "UnblockDevice"] as const)
      expect(said(await approvals.core(method, asked))).toBe(failed(method, "9409", '"State":"REMOVED"'));
  });
});

describe("the bytes of a failure of", () => {
  test("approvals #1: VerifyLoginOtp, of no login code", async () => {
    const { core } = await openApprovals();
    for (const LoginOtp of ["6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b", "nothing", ""])
      expect(said(await core("VerifyLoginOtp", { LoginOtp }))).toBe(failed("VerifyLoginOtp", "29"));
  });

  test("approvals #1: StartTransaction, of no phone", async () => {
    const { core } = await openApprovals();
    const owners = [
      startOf(),
      startOf(ownedBy({ ownerKey: nobodys })),
      startOf(ownedBy({ ownerKey: "no such shape" })),
    ];
    for (const body of owners)
      expect(said(await core("StartTransaction", body))).toBe(failed("StartTransaction", "22"));
  });

  test("approvals #1: CheckTransactionApproval and CancelTransaction, of no transaction", async () => {
    const { approvals } = await openWithPhone();
    for (const token of [nonce(), "AAECAwQFBgcICQoLDA0OD", "not#a token", ""]) {
      expect(said(await check(approvals, token))).toBe(failed("CheckTransactionApproval", "510"));
      expect(said(await cancel(approvals, token))).toBe(failed("CancelTransaction", "510 in Cancel"));
    }
  });

  test("approvals #1: GetActivationOtp, which asks for a customer", async () => {
    const { core } = await openApprovals();
    expect(said(await core("GetActivationOtp", {}))).toBe(failed("GetActivationOtp", "28"));
  });

  test("ListDevices, BlockDevice, UnblockDevice and RemoveDevice, of no phone", async () => {
    const { core } = await openApprovals();
    for (const OwnerKey of [nobodys, "no such shape"]) {
      expect(said(await core("ListDevices", { OwnerKey }))).toBe(failed("ListDevices", "9411"));
      for (const method of ["BlockDevice", "UnblockDevice", "RemoveDevice"] as const)
        expect(said(await core(method, { OwnerKey, Reason: "LOST" }))).toBe(failed(method, "9411"));
    }
  });

  test("ListDevices, of both a phone and a customer, or neither", async () => {
    const { core } = await openApprovals();
    for (const body of [{}, { OwnerKey: nobodys, CustomerId: "999" }, { OwnerKey: nobodys, UserCode: "USER01" }])
      expect(said(await core("ListDevices", body))).toBe(failed("ListDevices", "28"));
  });

  test("each method for nobody, for what is no JSON, and for a fault", async () => {
    const approvals = await openApprovals();
    for (const method of Object.keys(prefixes) as Method[]) {
      const unknown = await approvals.core(method, {}, { by: { id: "bank-web", secret: "a-wrong-secret" } });
      expect(said(unknown)).toBe(failed(method, "9401"));
      expect(unknown.headers["www-authenticate"]).toBe('Basic realm="core"');
      for (const body of ["{", "", "[]", '"text"', '{"a":1,"a":1}', new Uint8Array([0x7b, 0xff, 0x7d])])
        expect(said(await approvals.core(method, body))).toBe(failed(method, "28"));
    }
    Object.assign(approvals.world.ports, {
      secrets: async () => {
        throw new Error("a bug");
      },
    });
    for (const method of Object.keys(prefixes) as Method[])
      expect(said(await approvals.core(method, {}))).toBe(failed(method, "1"));
  });

  test("each method, of a body that is too long", async () => {
    const { core } = await openApprovals();
    const long = JSON.stringify({ CustomerId: "999", Padding: "x".repeat(128 * 1024) });
    for (const method of Object.keys(prefixes) as Method[])
      expect(said(await core(method, long))).toBe(failed(method, "28"));
    const longest = JSON.stringify({ CustomerId: "999", Padding: "" });
    const fits = JSON.stringify({ CustomerId: "999", Padding: "x".repeat(128 * 1024 - longest.length) });
    expect((await core("GetActivationOtp", fits)).status).toBe(200);
  });
});

describe("the bytes of the device API:", () => {
  const heard = async ({ device, world }: Approvals, phone: Phone, path: string, fields: string): Promise<void> =>
    expect(said(await device(phone, path))).toBe(served(fields, world.clock.nowMs));

  test("activations and status", async () => {
    const { approvals, phone } = await openWithPhone();
    expect(phone.ownerKey).toMatch(/^20261125-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    await start(approvals);
    await start(approvals);
    await heard(approvals, phone, "status", `"OwnerKey":"${phone.ownerKey}","State":"ACTIVE","Pending":2`);
  });

  test("push-token, which removes it by two nulls, and deactivate", async () => {
    const { approvals, phone } = await openWithPhone();
    const now = approvals.world.clock.nowMs;
    for (const body of [
      { PushPlatform: "apns", PushToken: "a-push-token" },
      { PushPlatform: "fcm", PushToken: "another" },
      { PushPlatform: null, PushToken: null },
    ])
      expect(said(await approvals.device(phone, "push-token", body))).toBe(served("", now));
    await heard(approvals, phone, "deactivate", '"State":"REMOVED"');
    expect((await approvals.device(phone, "deactivate")).status).toBe(403);
  });

  test("login-otp", async () => {
    const { approvals, phone } = await openWithPhone();
    const now = approvals.world.clock.nowMs;
    const answered = await approvals.device(phone, "login-otp");
    const code = memberOf<string>(answered, "LoginOtp");
    expect(code).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(said(answered)).toBe(served(`"LoginOtp":"${code}","ExpiresAt":${now + 120_000}`, now));
  });

  test("transactions/pending and transactions/respond", async () => {
    const { approvals, phone } = await openWithPhone();
    const { device, world } = approvals;
    const now = world.clock.nowMs;
    const token = await start(approvals);
    const answered = await device(phone, "transactions/pending", { MaxItems: 20 });
    const [listed] = memberOf<{ Challenge: string }[]>(answered, "Transactions");
    expect(listed?.Challenge).toMatch(TOKEN);
    const row = `{"TransactionToken":"${token}","TransactionType":2,"TransactionName":"WEBLOGIN","TransactionContent":"ENCRYPTEDCONFIRMATIONDATA","CreatedAt":${now},"ExpiresAt":${now + 180_000},"Challenge":"${listed?.Challenge}","BindingRequired":false}`;
    expect(said(answered)).toBe(served(`"Transactions":[${row}]`, now));
    const again = await listedFor(approvals, phone, token);
    world.clock.advance(SECOND_MS);
    expect(said(await decide(approvals, phone, again))).toBe(
      served(`"Status":1,"DecidedAt":${now + SECOND_MS}`, now + SECOND_MS),
    );
  });
});

test("an activation code is any of a million, zero-padded", async () => {
  const approvals = await openApprovals();
  const codes = [];
  for (let nth = 0; nth < 40; nth++) codes.push(await issueCode(approvals, { customerId: `customer-${nth}` }));
  expect(codes.filter((code) => /^\d{6}$/.test(code))).toHaveLength(40);
  expect(new Set(codes).size).toBeGreaterThan(30);
});
