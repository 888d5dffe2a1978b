/** approvals.md 2.2, 2.5, 5: login codes, and what becomes of phones that are blocked or removed. */
import { describe, expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "#kernel/time";
import { type Approvals, ATM, openApprovals } from "../../support/approval.ts";
import {
  check,
  decide,
  enrol,
  itemsOf,
  listedFor,
  memberOf,
  ownedBy,
  pendingOf,
  start,
  startOf,
  statusOf,
} from "../../support/enrolment.ts";
import { failed, type Method, refused, said, succeeded } from "../../support/envelope.ts";
import { makeKey, type Phone } from "../../support/phone.ts";

const openWithPhone = async () => {
  const approvals = await openApprovals();
  return { approvals, phone: await enrol(approvals) };
};

const loginCode = async ({ device }: Approvals, phone: Phone): Promise<string> =>
  memberOf(await device(phone, "login-otp"), "LoginOtp");

const verify = async ({ core }: Approvals, LoginOtp: string): Promise<string> =>
  said(await core("VerifyLoginOtp", { LoginOtp }, { by: ATM }));

const move = ({ core }: Approvals, method: Method, { ownerKey }: Phone, Reason = "LOST") =>
  core(method, { OwnerKey: ownerKey, Reason });

const VALID = succeeded('"Value":true');
const INVALID = failed("VerifyLoginOtp", "29");

describe("a login code", () => {
  test("approvals #11: is good once, however it is written", async () => {
    const { approvals, phone } = await openWithPhone();
    const code = await loginCode(approvals, phone);
    expect(await verify(approvals, code.toUpperCase())).toBe(VALID);
    expect(await verify(approvals, code)).toBe(INVALID);
    expect(await verify(approvals, "")).toBe(INVALID);
  });

  test("approvals #11: is good for one of twenty that show it at once", async () => {
    const { approvals, phone } = await openWithPhone();
    const code = await loginCode(approvals, phone);
    const answers = await Promise.all(Array.from({ length: 20 }, () => verify(approvals, code)));
    expect(answers.filter((heard) => heard === VALID)).toHaveLength(1);
    expect(answers.filter((heard) => heard === INVALID)).toHaveLength(19);
  });

  test("approvals #11: dies with a block, whose phone may not ask, and does not rise again", async () => {
    const { approvals, phone } = await openWithPhone();
    const code = await loginCode(approvals, phone);
    await move(approvals, "BlockDevice", phone);
    expect(await verify(approvals, code)).toBe(INVALID);
    expect(said(await approvals.device(phone, "login-otp"))).toBe(refused("9403", approvals.world.clock.nowMs));
    await move(approvals, "UnblockDevice", phone, "FOUND");
    expect(await verify(approvals, code)).toBe(INVALID);
    expect(await verify(approvals, await loginCode(approvals, phone))).toBe(VALID);
  });

  test.each([
    [119_999, VALID],
    [120_000, INVALID],
  ])("approvals #11: after %i ms", async (ms, heard) => {
    const { approvals, phone } = await openWithPhone();
    const code = await loginCode(approvals, phone);
    approvals.world.clock.advance(ms);
    expect(await verify(approvals, code)).toBe(heard);
  });

  test("is the last one of its phone", async () => {
    const { approvals, phone } = await openWithPhone();
    const other = await enrol(approvals);
    const [first, others, second] = [
      await loginCode(approvals, phone),
      await loginCode(approvals, other),
      await loginCode(approvals, phone),
    ];
    expect(await verify(approvals, first)).toBe(INVALID);
    expect(await verify(approvals, second)).toBe(VALID);
    expect(await verify(approvals, others)).toBe(VALID);
  });

  test("of a phone that was removed is none", async () => {
    const { approvals, phone } = await openWithPhone();
    const code = await loginCode(approvals, phone);
    await move(approvals, "RemoveDevice", phone);
    expect(await verify(approvals, code)).toBe(INVALID);
  });

  test.each(["{}", '{"LoginOtp":null}', '{"LoginOtp":7}', '{"LoginOtp":{}}'])("cannot be that of %s", async (body) => {
    const { core } = await openApprovals();
    expect(said(await core("VerifyLoginOtp", body))).toBe(failed("VerifyLoginOtp", "28"));
  });
});

describe("a phone that is removed", () => {
  test("approvals #27: takes what waits for it alone along, and nothing can be started for it", async () => {
    const { approvals, phone } = await openWithPhone();
    const other = await enrol(approvals);
    const token = await start(approvals, ownedBy(phone));
    const [its, anybodys] = [await start(approvals, ownedBy(other)), await start(approvals)];
    expect(said(await move(approvals, "RemoveDevice", phone))).toBe(succeeded('"State":"REMOVED"'));
    expect(said(await check(approvals, token))).toBe(succeeded('"Status":6'));
    expect([await statusOf(approvals, its), await statusOf(approvals, anybodys)]).toEqual([2, 2]);
    expect(said(await approvals.core("StartTransaction", startOf(ownedBy(phone))))).toBe(
      failed("StartTransaction", "22"),
    );
    expect((await decide(approvals, other, await listedFor(approvals, other, anybodys))).status).toBe(200);
  });

  test("has cancelled what would have expired since, and nothing that had expired before", async () => {
    const { approvals, phone } = await openWithPhone();
    const { clock } = approvals.world;
    const [soon, late] = [
      await start(approvals, { ...ownedBy(phone), TimeoutDuration: 10 }),
      await start(approvals, { ...ownedBy(phone), TimeoutDuration: 60 }),
    ];
    clock.advance(10 * SECOND_MS);
    await move(approvals, "RemoveDevice", phone);
    clock.advance(60 * SECOND_MS);
    expect([await statusOf(approvals, soon), await statusOf(approvals, late)]).toEqual([4, 6]);
  });

  test("does so of itself, too", async () => {
    const { approvals, phone } = await openWithPhone();
    const token = await start(approvals, ownedBy(phone));
    expect((await approvals.device(phone, "deactivate")).status).toBe(200);
    expect(await statusOf(approvals, token)).toBe(6);
    const { Devices } = JSON.parse((await approvals.core("ListDevices", { OwnerKey: phone.ownerKey })).body);
    expect(Devices[0].State).toBe("REMOVED");
  });

  test("may not come back with its key", async () => {
    const { approvals, phone } = await openWithPhone();
    await move(approvals, "RemoveDevice", phone);
    await expect(enrol(approvals, { key: phone.key })).rejects.toThrow("409");
    await enrol(approvals, { key: makeKey() });
  });
});

describe("a phone that is blocked", () => {
  test("lets what waits for it wait, and decides it when it is unblocked", async () => {
    const { approvals, phone } = await openWithPhone();
    const listed = await listedFor(approvals, phone, await start(approvals, ownedBy(phone)));
    await move(approvals, "BlockDevice", phone);
    expect(said(await decide(approvals, phone, listed))).toBe(refused("9403", approvals.world.clock.nowMs));
    expect(await statusOf(approvals, listed.TransactionToken)).toBe(2);
    await move(approvals, "UnblockDevice", phone);
    expect((await decide(approvals, phone, listed)).status).toBe(200);
  });

  test("is listed with its state and the reason, in order of activation, with the others", async () => {
    const { approvals, phone } = await openWithPhone();
    approvals.world.clock.advance(1);
    const other = await enrol(approvals, {
      approvalKey: makeKey(),
      changes: { DeviceModel: "M-1", Platform: "android" },
    });
    await move(approvals, "BlockDevice", phone, "STOLEN_7");
    const { Devices } = JSON.parse((await approvals.core("ListDevices", { CustomerId: "999" })).body);
    const row = ({ OwnerKey, State, Reason, Platform, DeviceModel, HasApprovalKey }: Record<string, unknown>) =>
      [OwnerKey, State, Reason, Platform, DeviceModel, HasApprovalKey] as const;
    expect(Devices.map(row)).toEqual([
      [phone.ownerKey, "BLOCKED", "STOLEN_7", "ios", null, false],
      [other.ownerKey, "ACTIVE", null, "android", "M-1", true],
    ]);
  });

  test.each([undefined, null, "", "lost", "LOST PHONE", "X".repeat(65), 7])(
    "is so for a reason: not %j",
    async (Reason) => {
      const { approvals, phone } = await openWithPhone();
      for (const method of ["BlockDevice", "UnblockDevice", "RemoveDevice"] as const) {
        expect(said(await approvals.core(method, { OwnerKey: phone.ownerKey, Reason }))).toBe(failed(method, "28"));
        expect(said(await approvals.core(method, { Reason: "LOST" }))).toBe(failed(method, "28"));
      }
    },
  );
});

test("when a phone was last seen is noted anew after five minutes, however often it asks", async () => {
  const { approvals, phone } = await openWithPhone();
  const { clock } = approvals.world;
  const seenAt = async (): Promise<number | null> => {
    const { Devices } = JSON.parse((await approvals.core("ListDevices", { OwnerKey: phone.ownerKey })).body);
    return Devices[0].LastSeenAt;
  };
  expect(await seenAt()).toBe(null);
  const first = clock.nowMs;
  for (const [waitMs, seen] of [
    [0, first],
    [4 * MINUTE_MS, first],
    [MINUTE_MS - 1, first],
    [1, first + 5 * MINUTE_MS],
  ] as const) {
    clock.advance(waitMs);
    expect((await approvals.device(phone, "status")).status).toBe(200);
    expect([waitMs, await seenAt()]).toEqual([waitMs, seen]);
  }
});

test("what happens to phones and transactions is recorded, by whom and to whom, once", async () => {
  const { approvals, phone } = await openWithPhone();
  const { core, world } = approvals;
  const listed = await listedFor(approvals, phone, await start(approvals));
  await decide(approvals, phone, listed);
  for (const method of ["BlockDevice", "UnblockDevice", "RemoveDevice"] as const)
    for (const _ of ["first", "again"]) await core(method, { OwnerKey: phone.ownerKey, Reason: "LOST" });
  const events = itemsOf(approvals, "event").map(({ type, atMs }) => `${type} ${atMs}`);
  expect(events.toSorted()).toEqual(
    [
      ...["device.activated", "device.blocked", "device.removed", "device.unblocked"],
      ...["transaction.decided", "transaction.started"],
    ].map((type) => `${type} ${world.clock.nowMs}`),
  );
  expect(await pendingOf(approvals, await enrol(approvals))).toEqual([]);
});
