/** approvals.md 8: whom a start wakes, with what, and that nothing depends on it. */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { putWebhook } from "#approval/push";
import { MINUTE_MS } from "#kernel/time";
import type { Post, Posted } from "#ports";
import { type Approvals, openApprovals } from "../../support/approval.ts";
import { decide, enrol, listedFor, ownedBy, start, startOf, statusOf } from "../../support/enrolment.ts";
import type { Phone } from "../../support/phone.ts";

const URL_OF_GATEWAY = "https://push.example.com/wake";
const KEY = "the key of the push gateway";

/** A desk whose push gateway answers this, and takes down what it is sent. */
const openWaking = async (answer: () => Promise<Posted> = async () => ({ status: 204, body: "" })) => {
  const approvals = await openApprovals();
  const { ports } = approvals.world;
  const sent: Post[] = [];
  Object.assign(ports, {
    post: (wish: Post) => {
      sent.push(wish);
      return answer();
    },
  });
  const { seal } = await ports.secrets();
  await ports.store.commit([putWebhook(seal, { url: URL_OF_GATEWAY, key: KEY })], ports.ids.uuid());
  return { approvals, sent };
};

const enrolWoken = async (approvals: Approvals, token: string): Promise<Phone> => {
  const phone = await enrol(approvals);
  await approvals.device(phone, "push-token", { PushPlatform: "apns", PushToken: token });
  return phone;
};

const told = ({ body }: Post) => JSON.parse(body);

describe("a start", () => {
  test("wakes every phone that may decide, by its token, with nothing but that there is something", async () => {
    const { approvals, sent } = await openWaking();
    const [one, two] = [await enrolWoken(approvals, "token-1"), await enrolWoken(approvals, "token-2")];
    const silent = await enrol(approvals);
    const blocked = await enrolWoken(approvals, "token-3");
    await approvals.core("BlockDevice", { OwnerKey: blocked.ownerKey, Reason: "LOST" });
    const token = await start(approvals);
    const own = await start(approvals, ownedBy(two));
    await start(approvals, ownedBy(silent));
    const message = (id: string) => ({ t: "txn", id });
    expect(sent.map(told)).toEqual([
      { OwnerKey: one.ownerKey, PushPlatform: "apns", PushToken: "token-1", Message: message(token) },
      { OwnerKey: two.ownerKey, PushPlatform: "apns", PushToken: "token-2", Message: message(token) },
      { OwnerKey: two.ownerKey, PushPlatform: "apns", PushToken: "token-2", Message: message(own) },
    ]);
  });

  test("signs what it sends to the gateway, with its time", async () => {
    const { approvals, sent } = await openWaking();
    await enrolWoken(approvals, "token-1");
    await start(approvals);
    const [{ url, headers, body }] = sent as readonly Post[] as readonly [Post];
    const timestamp = headers["PF-Timestamp"];
    const signature = createHmac("sha256", KEY).update(`${timestamp}.${body}`).digest("hex");
    expect([url, timestamp, headers["PF-Signature"]]).toEqual([
      URL_OF_GATEWAY,
      String(approvals.world.clock.nowMs),
      signature,
    ]);
  });

  test("wakes a phone by what it has said when it was activated", async () => {
    const { approvals, sent } = await openWaking();
    await enrol(approvals, { changes: { PushPlatform: "fcm", PushToken: "told-at-once" } });
    await start(approvals);
    expect(sent.map(told)).toMatchObject([{ PushPlatform: "fcm", PushToken: "told-at-once" }]);
  });

  test("wakes a phone in use, which is listed, however many were activated after it and removed", async () => {
    const { approvals, sent } = await openWaking();
    const { world, core } = approvals;
    const first = await enrolWoken(approvals, "token-1");
    for (let nth = 0; nth < 101; nth++) {
      // An identity is issued five codes in a quarter of an hour.
      world.clock.advance(3 * MINUTE_MS);
      const { ownerKey } = await enrol(approvals);
      await core("RemoveDevice", { OwnerKey: ownerKey, Reason: "LOST" });
    }
    const { Devices } = JSON.parse((await core("ListDevices", { CustomerId: "999" })).body);
    const states = Devices.map(({ State }: { readonly State: string }) => State);
    expect([Devices[0].OwnerKey, states[0]]).toEqual([first.ownerKey, "ACTIVE"]);
    expect(new Set(states.slice(1))).toEqual(new Set(["REMOVED"]));
    await start(approvals);
    expect(sent.map(told)).toMatchObject([{ OwnerKey: first.ownerKey }]);
  });

  test("wakes nobody who has taken the token back, or has gone", async () => {
    const { approvals, sent } = await openWaking();
    const [one, two] = [await enrolWoken(approvals, "token-1"), await enrolWoken(approvals, "token-2")];
    await approvals.device(one, "push-token", { PushPlatform: null, PushToken: null });
    await enrol(approvals);
    await approvals.device(two, "deactivate");
    await start(approvals);
    expect(sent).toEqual([]);
  });

  test("wakes once for all that is sent with one key", async () => {
    const { approvals, sent } = await openWaking();
    await enrolWoken(approvals, "token-1");
    const once = { headers: { "idempotency-key": "once" } };
    for (const _ of ["first", "again"]) await approvals.core("StartTransaction", startOf(), once);
    expect(sent).toHaveLength(1);
  });

  test.each<readonly [string, () => Promise<Posted>]>([
    ["says no", async () => ({ status: 500, body: "no" })],
    ["does not answer", async () => ({ connected: false, why: "ECONNREFUSED" })],
    [
      "breaks",
      async () => {
        throw new Error("a bug");
      },
    ],
  ])("does not fail where the gateway %s", async (_, answer) => {
    const { approvals } = await openWaking(answer);
    const phone = await enrolWoken(approvals, "token-1");
    const token = await start(approvals);
    expect((await decide(approvals, phone, await listedFor(approvals, phone, token))).status).toBe(200);
    expect(await statusOf(approvals, token)).toBe(1);
    const { logs } = approvals.world.telemetry;
    expect(logs.filter(({ level }) => level === "warn")).toHaveLength(1);
    expect(JSON.stringify(logs)).not.toContain("token-1");
  });
});
