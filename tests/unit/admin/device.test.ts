/** Devices of approvals, as an operator sees, blocks and unblocks them. */
import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time";
import { openApprovals } from "../../support/approval.ts";
import { enrol } from "../../support/enrolment.ts";
import { refused, said } from "../../support/envelope.ts";
import { makeKey } from "../../support/phone.ts";
import { adminOf, failing, lastEvent } from "./given.ts";

const openDeviceAdmin = async () => {
  const approvals = await openApprovals();
  return { ...adminOf(approvals.world), approvals };
};

const json = (text: string) => JSON.parse(text);

describe("a customer's devices", () => {
  test("are listed, oldest first, removed ones too", async () => {
    const { approvals, done, clock } = await openDeviceAdmin();
    const first = await enrol(approvals, { changes: { DeviceName: "An old phone\u202e" } });
    clock.advance(MINUTE_MS);
    const second = await enrol(approvals, { approvalKey: makeKey(), format: "der" });
    await approvals.core("RemoveDevice", { OwnerKey: first.ownerKey, Reason: "LOST" });
    expect(await done("device list 999")).toBe(
      [
        "OWNER KEY                                      STATE    SINCE       NAME",
        `${first.ownerKey}  REMOVED  2026-11-25  An old phon…`,
        `${second.ownerKey}  ACTIVE   2026-11-25  My phone`,
        "",
      ].join("\n"),
    );
    const { devices } = json(await done("device list 999 --json"));
    expect(devices[1]).toEqual({
      ownerKey: second.ownerKey,
      state: "ACTIVE",
      reason: null,
      name: "My phone",
      platform: "ios",
      model: null,
      signatureFormat: "der",
      publicKey: second.key.spki,
      approvalPublicKey: second.approvalKey?.spki,
      hasPushToken: false,
      activatedAt: "2026-11-25T08:01:00.000Z",
      removedAt: null,
      lastSeenAt: null,
    });
    expect(devices[0]).toMatchObject({ state: "REMOVED", reason: "LOST", removedAt: "2026-11-25T08:01:00.000Z" });
  });

  test("are none, too", async () => {
    const { done } = await openDeviceAdmin();
    expect(await done("device list 999 --user-code anna")).toBe("Customer 999, user anna has no device.\n");
  });
});

describe("a device", () => {
  test("that an operator blocks signs nothing that counts until it is unblocked, and both audits tell of it", async () => {
    const admin = await openDeviceAdmin();
    const { approvals, done } = admin;
    const phone = await enrol(approvals);
    const now = approvals.world.clock.nowMs;
    expect(await done(`device block ${phone.ownerKey} --reason STOLEN`)).toBe(
      `The device ${phone.ownerKey} of customer 999 is blocked.\n`,
    );
    expect(said(await approvals.device(phone, "status"))).toBe(refused("9403", now));
    const told = { type: "device.blocked", actor: "dana", subject: phone.ownerKey, detail: { reason: "STOLEN" } };
    expect(await lastEvent(admin, "desk")).toEqual(told);
    const { events } = json(await done("approval audit --json"));
    expect(events.at(-1)).toMatchObject(told);
    expect(json(await done(`device unblock ${phone.ownerKey} --json`))).toMatchObject({
      ...{ customerId: "999", userCode: null, ownerKey: phone.ownerKey },
      ...{ state: "ACTIVE", reason: "OPERATOR", changed: true },
    });
    expect((await approvals.device(phone, "status")).status).toBe(200);
    expect(await lastEvent(admin, "desk")).toMatchObject({ type: "device.unblocked", detail: { reason: "OPERATOR" } });
  });

  test("that is so already is left as it is", async () => {
    const admin = await openDeviceAdmin();
    const { ownerKey } = await enrol(admin.approvals);
    await admin.done(`device block ${ownerKey}`);
    const before = admin.twin.items();
    expect(await admin.done(`device block ${ownerKey} --reason STOLEN`)).toBe(
      `The device ${ownerKey} of customer 999 is blocked.\nIt was so already: nothing was changed.\n`,
    );
    expect(admin.twin.items()).toEqual(before);
  });

  test.each(["block", "unblock"])("that was removed, or that there is not, is refused: %s", async (verb) => {
    const admin = await openDeviceAdmin();
    const { ownerKey } = await enrol(admin.approvals);
    await admin.approvals.core("RemoveDevice", { OwnerKey: ownerKey, Reason: "LOST" });
    expect(await failing(admin, `device ${verb} ${ownerKey}`)).toMatchObject([1, { code: "DEVICE_REMOVED" }]);
    const nobodys = "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b";
    expect(await failing(admin, `device ${verb} ${nobodys}`)).toEqual([
      1,
      { code: "DEVICE_UNKNOWN", message: 'There is no such device. "device list" shows those that a customer has.' },
    ]);
    expect((await admin.run("device", verb, "999")).code).toBe(2);
    expect((await admin.run("device", verb, nobodys, "--reason", "lost")).code).toBe(2);
  });
});
