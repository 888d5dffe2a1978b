/** approvals.md 4, 7: how phones sign what they ask, what a call must be, and how often. */
import { describe, expect, test } from "vitest";
import { SECOND_MS } from "#kernel/time";
import { type Approvals, nonce, openApprovals } from "../../support/approval.ts";
import { decide, enrol, listedFor, start } from "../../support/enrolment.ts";
import { refused, said } from "../../support/envelope.ts";
import { makeKey, type Phone, requestFrame, signBy } from "../../support/phone.ts";

const openWithPhone = async (approvalKey = false) => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals, approvalKey ? { approvalKey: makeKey() } : {});
  return { approvals, phone, now: approvals.world.clock.nowMs };
};

/** Every call of a phone's, as it is served. */
const calls: readonly string[] = [
  "status",
  "push-token",
  "login-otp",
  "transactions/pending",
  "transactions/respond",
  "deactivate",
];
const bodies: Readonly<Record<string, object>> = {
  "push-token": { PushPlatform: "apns", PushToken: "a-push-token" },
  "transactions/respond": { TransactionToken: nonce(), Decision: "approve", Signature: "AAAA" },
};
const bodyOf = (path: string): string => JSON.stringify(bodies[path] ?? {});

describe.each(calls)("a phone's call of %s", (path) => {
  const body = bodyOf(path);
  const isServed = ({ status }: { readonly status: number }): boolean => status === 200 || status === 404;

  test("approvals #14: is served once", async () => {
    const { approvals, phone, now } = await openWithPhone();
    const once = { signed: { nonce: nonce() } };
    expect(isServed(await approvals.device(phone, path, body, once))).toBe(true);
    const replayed = said(await approvals.device(phone, path, body, once));
    // A phone that has gone is told that first.
    expect(replayed).toBe(refused(path === "deactivate" ? "9403" : "9401", now));
  });

  test("approvals #14: is refused by a clock that is more than a minute off", async () => {
    const { approvals, phone, now } = await openWithPhone();
    for (const offMs of [-61_000, -60_001, 60_001, 61_000]) {
      const answered = await approvals.device(phone, path, body, { signed: { timestamp: now + offMs } });
      expect(said(answered)).toBe(refused("9401", now));
    }
    const answered = await approvals.device(phone, path, body, { signed: { timestamp: now - 60_000 } });
    expect(isServed(answered)).toBe(true);
  });

  test("is refused where anything of it is not as it was signed, or was signed by another key", async () => {
    const { approvals, phone, now } = await openWithPhone();
    const other = await enrol(approvals);
    const elsewhere = path === "status" ? "login-otp" : "status";
    const wrong: readonly (readonly [Phone, Parameters<Approvals["device"]>[3]])[] = [
      [phone, { sent: { body: `${body} ` } }],
      [phone, { sent: { path: `/device/v1/${elsewhere}` } }],
      [phone, { sent: { headers: { "pf-owner-key": other.ownerKey } } }],
      [phone, { sent: { headers: { "pf-timestamp": String(now + 1) } } }],
      [phone, { sent: { headers: { "pf-nonce": nonce() } } }],
      [{ ...phone, key: other.key }, {}],
      [{ ...phone, ownerKey: "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b" }, {}],
    ];
    for (const [signer, tampered] of wrong)
      expect(said(await approvals.device(signer, path, body, tampered))).toBe(refused("9401", now));
    expect(isServed(await approvals.device(phone, path, body))).toBe(true);
  });

  test("is refused by headers that are missing or not as they must be", async () => {
    const { approvals, phone, now } = await openWithPhone();
    const request = { path: `/device/v1/${path}`, ownerKey: phone.ownerKey, timestamp: now, nonce: nonce(), body };
    const signature = signBy(phone.key, phone.format, requestFrame(request));
    const headers = {
      "pf-owner-key": phone.ownerKey,
      "pf-timestamp": String(now),
      "pf-nonce": request.nonce,
      "pf-signature": signature,
    };
    const spoiled: readonly Record<string, string>[] = [
      {},
      ...Object.keys(headers).map((name) =>
        Object.fromEntries(Object.entries(headers).filter(([own]) => own !== name)),
      ),
      { ...headers, "pf-timestamp": `0${now}` },
      { ...headers, "pf-timestamp": `${now}.0` },
      { ...headers, "pf-nonce": request.nonce.replace("==", "") },
      { ...headers, "pf-nonce": Buffer.alloc(8).toString("base64") },
      { ...headers, "pf-owner-key": `${phone.ownerKey}0` },
      { ...headers, "pf-signature": signature.replace(/.$/, "") },
      { ...headers, "pf-signature": signBy(phone.key, "der", requestFrame(request)) },
    ];
    for (const each of spoiled)
      expect(said(await approvals.call(`POST /device/v1/${path}`, { headers: each, body }))).toBe(refused("9401", now));
    expect(isServed(await approvals.call(`POST /device/v1/${path}`, { headers, body }))).toBe(true);
  });

  test("of a blocked phone is refused, in words of its own to its own key only", async () => {
    const { approvals, phone, now } = await openWithPhone();
    await approvals.core("BlockDevice", { OwnerKey: phone.ownerKey, Reason: "LOST" });
    expect(said(await approvals.device(phone, path, body))).toBe(refused("9403", now));
    expect(said(await approvals.device({ ...phone, key: makeKey() }, path, body))).toBe(refused("9401", now));
    await approvals.core("UnblockDevice", { OwnerKey: phone.ownerKey, Reason: "FOUND" });
    expect(isServed(await approvals.device(phone, path, body))).toBe(true);
    await approvals.core("RemoveDevice", { OwnerKey: phone.ownerKey, Reason: "SOLD" });
    expect(said(await approvals.device(phone, path, body))).toBe(refused("9403", now));
  });

  test("that is signed but says nothing readable is malformed", async () => {
    const { approvals, phone } = await openWithPhone();
    const { clock } = approvals.world;
    const long = JSON.stringify({ ...JSON.parse(body), Padding: "x".repeat(32 * 1024) });
    for (const wrong of ["", "[]", "{", long]) {
      clock.advance(4 * SECOND_MS);
      expect(said(await approvals.device(phone, path, wrong))).toBe(refused("9400", clock.nowMs));
    }
  });
});

describe("a phone", () => {
  test("signs the bytes that it sends, however the gateway hands them on", async () => {
    const { approvals, phone } = await openWithPhone();
    const bytes = Buffer.from('{ "MaxItems":20,"Other":"ü" }');
    expect((await approvals.device(phone, "transactions/pending", bytes)).status).toBe(200);
  });

  test("of either format has only that one", async () => {
    const approvals = await openApprovals();
    const phone = await enrol(approvals, { format: "der" });
    const now = approvals.world.clock.nowMs;
    expect((await approvals.device(phone, "status")).status).toBe(200);
    expect(said(await approvals.device({ ...phone, format: "p1363" }, "status"))).toBe(refused("9401", now));
  });

  test("signs its calls by its own key, not by the one that approves", async () => {
    const { approvals, phone, now } = await openWithPhone(true);
    const asApproval = { ...phone, key: phone.approvalKey ?? phone.key };
    expect(said(await approvals.device(asApproval, "status"))).toBe(refused("9401", now));
  });

  test("is slowed down by nobody who signs badly in its name", async () => {
    const { approvals, phone, now } = await openWithPhone();
    const other = { ...phone, key: makeKey() };
    for (let nth = 0; nth < 30; nth++)
      expect(said(await approvals.device(other, "login-otp"))).toBe(refused("9401", now));
    const slowed = await approvals.device(other, "login-otp");
    expect(said(slowed)).toBe(refused("9429", now));
    expect(slowed.headers["retry-after"]).toMatch(/^[1-9]\d*$/);
    expect((await approvals.device(phone, "login-otp")).status).toBe(200);
  });

  test("that signs for ever new names is slowed down where it is, and nobody else there who signs well", async () => {
    const { approvals, phone, now } = await openWithPhone();
    const nobody = (nth: number) => ({ ...phone, ownerKey: `20260102-6f1d2c3b-4a59-4e6f-8a7b-${1e11 + nth}` });
    const ask = (nth: number, address?: string) =>
      approvals.device(nobody(nth), "login-otp", {}, address === undefined ? {} : { sent: { address } });
    for (let nth = 0; nth < 120; nth++) expect(said(await ask(nth))).toBe(refused("9401", now));
    expect(said(await ask(120))).toBe(refused("9429", now));
    expect(said(await ask(121, "192.0.2.7"))).toBe(refused("9401", now));
    expect((await approvals.device(phone, "login-otp")).status).toBe(200);
  });

  test("that polls too often is told when to come back, and may still decide", async () => {
    const { approvals, phone, now } = await openWithPhone();
    const listed = await listedFor(approvals, phone, await start(approvals));
    expect((await approvals.device(phone, "status")).status).toBe(200);
    for (const path of ["status", "transactions/pending"]) {
      const flooded = await approvals.device(phone, path);
      expect(said(flooded)).toBe(refused("9429", now));
      expect(flooded.headers["retry-after"]).toBe("2");
    }
    expect((await decide(approvals, phone, listed)).status).toBe(200);
    approvals.world.clock.advance(2 * SECOND_MS);
    expect((await approvals.device(phone, "status")).status).toBe(200);
    expect((await approvals.device(phone, "transactions/pending")).status).toBe(429);
  });

  test("whose polls are refused has used up their nonces", async () => {
    const { approvals, phone } = await openWithPhone();
    for (const _ of ["first", "second"]) await approvals.device(phone, "status");
    const once = { signed: { nonce: nonce() } };
    expect((await approvals.device(phone, "status", {}, once)).status).toBe(429);
    approvals.world.clock.advance(2 * SECOND_MS);
    const signed = { ...once.signed, timestamp: approvals.world.clock.nowMs };
    expect((await approvals.device(phone, "status", {}, { signed })).status).toBe(401);
  });

  test.each(["apns", "fcm"])("may be woken by %s, by both members or neither", async (PushPlatform) => {
    const { approvals, phone, now } = await openWithPhone();
    const ask = (body: object) => approvals.device(phone, "push-token", { ...body });
    expect((await ask({ PushPlatform, PushToken: "t".repeat(4096) })).status).toBe(200);
    for (const body of [
      { PushPlatform },
      { PushToken: "t" },
      { PushPlatform, PushToken: null },
      { PushPlatform, PushToken: "" },
      { PushPlatform, PushToken: "t".repeat(4097) },
      { PushPlatform: "sms", PushToken: "t" },
    ])
      expect(said(await ask(body))).toBe(refused("9400", now));
  });
});

test("what is nowhere under the protocol's paths is 404, or 405 with what is there", async () => {
  const { call } = await openApprovals();
  for (const [asked, status, allow] of [
    ["GET /core/StartTransaction", 405, "POST"],
    ["POST /core/starttransaction", 404, undefined],
    ["GET /device/v1/status", 405, "POST"],
    ["POST /device/v1/approve", 404, undefined],
  ] as const) {
    const answered = await call(asked);
    expect([asked, answered.status, answered.headers.allow]).toEqual([asked, status, allow]);
  }
});
