/** `npm run device` at a real desk, over HTTP: what it does, says and keeps. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, issueCode, memberOf, ownedBy, start, statusOf } from "../../support/enrolment.ts";
import { type Booth, openBooth } from "./given.ts";

const ownerKeyIn = (text: string): string => /\d{8}-[0-9a-f-]{36}/.exec(text)?.[0] ?? "none";

/** Long enough for any phone to poll again, and too short for anything to expire. */
const REST_MS = 10_000;

const devicesOf = async ({ approvals }: Booth) =>
  memberOf<readonly Record<string, unknown>[]>(await approvals.core("ListDevices", { CustomerId: "999" }), "Devices");

describe("a phone", () => {
  test("is activated, and keeps its keys to itself", async () => {
    const booth = await openBooth();
    const out = await booth.activate("--name Mine --model X1 --platform ios");
    const ownerKey = ownerKeyIn(out);
    expect(out).toBe(
      [
        "This phone is a device now.",
        "",
        `owner key   ${ownerKey}`,
        "of          customer 999",
        `desk        ${booth.server.base}`,
        "signatures  p1363",
        `kept in     ${booth.fileOf("usual")}`,
        "",
        '"pending" shows what waits for it.',
        "",
      ].join("\n"),
    );
    expect(await devicesOf(booth)).toMatchObject([
      { OwnerKey: ownerKey, DeviceName: "Mine", DeviceModel: "X1", Platform: "ios", HasApprovalKey: false },
    ]);
    expect(statSync(booth.fileOf("usual")).mode & 0o777).toBe(0o600);
    const sent = booth.server.asked.map(({ body }) => body).join();
    expect(sent).not.toContain("PRIVATE");
  });

  test("knows how it stands", async () => {
    const booth = await openBooth();
    const ownerKey = ownerKeyIn(await booth.activate());
    await start(booth.approvals);
    expect(await booth.done("status")).toBe(
      [
        `owner key   ${ownerKey}`,
        "of          customer 999",
        `desk        ${booth.server.base}`,
        "state       ACTIVE",
        "waiting     1",
        "",
      ].join("\n"),
    );
  });

  test.each([
    ["p1363", ""],
    ["p1363", " --approval-key"],
    ["der", ""],
    ["der", " --approval-key"],
  ])("that signs as %s%s approves, rejects and reports what it was shown", async (format, keys) => {
    const booth = await openBooth();
    const { approvals } = booth;
    const out = await booth.activate(`--format ${format}${keys}`);
    expect(out).toContain(`signatures  ${format}${keys === "" ? "" : "; approves by a key of its own"}\n`);
    for (const [verb, status, says] of [
      ["approve", 1, "Approved"],
      ["reject --reason INCORRECT_DATA", 0, "Rejected"],
      ["fraud --reason UNEXPECTED_OPERATION", 5, "Reported as fraud"],
    ] as const) {
      approvals.world.clock.advance(REST_MS);
      const token = await start(approvals, { TransactionContent: `Pay ${status}.00\nto Anna` });
      expect(await booth.done("pending")).toContain(`token       ${token}\n`);
      expect(await booth.done(verb)).toMatch(
        new RegExp(
          `^${says} at \\d\\d:\\d\\d:\\d\\dZ:\n\nname +WEBLOGIN\ntoken +.{24}\n  \\| Pay ${status}.00\n  \\| to Anna\n$`,
        ),
      );
      expect(await statusOf(approvals, token)).toBe(status);
    }
  });

  test("decides one of several by how its token begins, also what it is alone to decide", async () => {
    const booth = await openBooth();
    const ownerKey = ownerKeyIn(await booth.activate());
    const [one, other] = [await start(booth.approvals), await start(booth.approvals, ownedBy({ ownerKey }))];
    expect(await booth.done("pending")).toContain("2 transactions wait, the oldest first.");
    await booth.done(`approve ${other.slice(0, 6)}`);
    expect([await statusOf(booth.approvals, one), await statusOf(booth.approvals, other)]).toEqual([2, 1]);
    await booth.done("reject");
    expect(await statusOf(booth.approvals, one)).toBe(0);
  });

  test("asks what waits if it has shown nothing yet", async () => {
    const booth = await openBooth();
    await booth.activate();
    const token = await start(booth.approvals);
    expect(await booth.done("approve")).toContain("ENCRYPTEDCONFIRMATIONDATA");
    expect(await statusOf(booth.approvals, token)).toBe(1);
  });

  test("types the code that whoever began it shows", async () => {
    const booth = await openBooth();
    await booth.activate();
    const { core } = booth.approvals;
    const said = { TransactionOwner: { CustomerId: "999" }, TransactionContent: "x", TransactionName: "n" };
    const begun = await core("StartTransaction", {
      ...said,
      TransactionType: 2,
      TimeoutDuration: 60,
      BindingMode: "code6",
    });
    const bindingCode = memberOf<string>(begun, "BindingCode");
    expect(await booth.done("pending")).toContain("code        needed: --code, as whoever began it shows\n");
    expect(await booth.run("approve")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^It needs --code, which whoever began it shows\.\n/),
    });
    await booth.done(`approve --code ${bindingCode}`);
    expect(await statusOf(booth.approvals, memberOf(begun, "TranscationToken"))).toBe(1);
  });

  test("waits for the first one if it is told to", async () => {
    const booth = await openBooth();
    await booth.activate();
    expect(await booth.done("pending --wait 5")).toBe("Nothing waits.\n");
    const { clock } = booth.approvals.world;
    expect(booth.server.asked.filter(({ route }) => route.endsWith("/pending"))).toHaveLength(3);
    clock.advance(REST_MS);
    await start(booth.approvals);
    const before = clock.nowMs;
    expect(await booth.done("pending --wait 5")).toContain("One transaction waits.");
    expect(clock.nowMs).toBe(before);
  });

  test("says that others may wait where it has asked for no more", async () => {
    const booth = await openBooth();
    await booth.activate();
    const tokens = [await start(booth.approvals), await start(booth.approvals)];
    expect(await booth.done("pending --max 1")).toContain("The oldest one that waits.\n");
    booth.approvals.world.clock.advance(REST_MS);
    expect(await booth.done("pending --max 2")).toContain("The 2 oldest that wait.\n");
    expect(await booth.run("approve")).toEqual({
      code: 1,
      out: "",
      err: `Several wait, say which: ${tokens.join(", ")}.\n`,
    });
  });

  test("logs in with a code, is woken, and is no device in the end", async () => {
    const booth = await openBooth();
    const { approvals } = booth;
    await booth.activate();
    const login = await booth.done("login-otp");
    const LoginOtp = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(login)?.[0];
    expect(login).toBe(`Log in with this, once:\n\n  ${LoginOtp}\n\nIt is good until 08:02:00Z.\n`);
    expect((await approvals.core("VerifyLoginOtp", { LoginOtp })).body).toBe(
      '{"Value":true,"Results":[],"Success":true}',
    );
    expect(await booth.done("push-token fcm some:token")).toBe("The desk will wake it there.\n");
    expect(await booth.done("push-token none")).toBe("The desk will not wake it any more.\n");
    expect(await booth.done("deactivate")).toBe("It is a device no more: REMOVED. Its keys are deleted.\n");
    expect(existsSync(booth.fileOf("usual"))).toBe(false);
    expect(await devicesOf(booth)).toMatchObject([{ State: "REMOVED" }]);
  });
});

describe("what is said for machines", () => {
  test("is what the desk has said", async () => {
    const booth = await openBooth();
    const activated = JSON.parse(await booth.activate("--json"));
    expect(activated).toMatchObject({ OwnerKey: ownerKeyIn(activated.OwnerKey), State: "ACTIVE", Success: true });
    await start(booth.approvals);
    const pending = JSON.parse(await booth.done("pending --json"));
    expect(pending.Transactions).toMatchObject([{ TransactionName: "WEBLOGIN" }]);
    expect(JSON.parse(await booth.done("approve --json"))).toMatchObject({ Status: 1, Results: [], Success: true });
  });

  test("is every byte that is signed, sent and answered, where that is wanted, and never a key", async () => {
    const booth = await openBooth();
    await booth.activate();
    await start(booth.approvals);
    const { out, err } = await booth.run("approve --verbose");
    expect(out).toMatch(/^Approved at /);
    expect(
      err
        .replace(/(?<=: |SHA-256 )[\w+/=-]{20,}/g, "…")
        .split("\n")
        .filter((line) => !line.startsWith("> {") && !line.startsWith("< {")),
    ).toEqual([
      expect.stringMatching(/^\* request: 19\d bytes, SHA-256 …$/),
      "> POST /device/v1/transactions/pending",
      "> PF-Owner-Key: …",
      expect.stringMatching(/^> PF-Timestamp: \d{13}$/),
      "> PF-Nonce: …",
      "> PF-Signature: …",
      "< 200",
      expect.stringMatching(/^\* decision: 212 bytes, SHA-256 …$/),
      expect.stringMatching(/^\* request: 19\d bytes, SHA-256 …$/),
      "> POST /device/v1/transactions/respond",
      "> PF-Owner-Key: …",
      expect.stringMatching(/^> PF-Timestamp: \d{13}$/),
      "> PF-Nonce: …",
      "> PF-Signature: …",
      "< 200",
      "",
    ]);
    const [, key = ""] = /KEY-----\\n([^\\]+)/.exec(readFileSync(booth.fileOf("usual"), "utf8")) ?? [];
    expect([key.length > 40, err.includes(key)]).toEqual([true, false]);
  });
});

describe("an answer that is lost", () => {
  const losing = (path: string, nth = 1) => {
    let asked = 0;
    return openBooth(async ({ route }, forward) => {
      const answered = await forward();
      if (!route.endsWith(path)) return answered;
      asked += 1;
      return asked === nth ? { ...answered, status: 502, body: "" } : answered;
    });
  };

  test("to an activation makes no second device", async () => {
    const booth = await losing("/activations");
    const otp = memberOf<string>(await booth.approvals.core("GetActivationOtp", { CustomerId: "999" }), "Otp");
    const line = `activate --base ${booth.server.base} --customer 999 --otp ${otp}`;
    expect(await booth.run(line)).toEqual({
      code: 3,
      out: "",
      err: `What answers at ${booth.server.base} is no desk: HTTP 502.\n`,
    });
    expect(await booth.run("status")).toMatchObject({
      code: 1,
      err: 'This phone is no device yet: its "activate" has not succeeded.\n',
    });
    const ownerKey = ownerKeyIn(await booth.done(line));
    expect(await devicesOf(booth)).toMatchObject([{ OwnerKey: ownerKey }]);
  });

  test("to an activation in the place of another phone makes no third device", async () => {
    const booth = await losing("/activations", 2);
    const first = ownerKeyIn(await booth.activate());
    const otp = await issueCode(booth.approvals);
    const line = `activate --new --base ${booth.server.base} --customer 999 --otp ${otp}`;
    expect((await booth.run(line)).code).toBe(3);
    expect(await booth.done("status")).toContain(first);
    const second = ownerKeyIn(await booth.done(line));
    expect(await devicesOf(booth)).toMatchObject([{ OwnerKey: first }, { OwnerKey: second }]);
    expect(await booth.done("status")).toContain(second);
  });

  test("to a decision is heard when it is sent again", async () => {
    const booth = await losing("/respond");
    await booth.activate();
    const token = await start(booth.approvals);
    expect((await booth.run("approve")).code).toBe(3);
    expect(await booth.done(`approve ${token}`)).toMatch(/^Approved at /);
    expect((await check(booth.approvals, token)).body).toBe('{"Status":1,"Results":[],"Success":true}');
  });
});

test("a clock that is off is set by the desk's, and stays so", async () => {
  const booth = await openBooth();
  booth.skewMs = 300_000;
  await booth.activate();
  await start(booth.approvals);
  expect(await booth.done("pending")).toContain("in 3 min 0 s");
  await booth.done("approve");
  const routes = booth.server.asked.map(({ route }) => route.split("/").at(-1));
  expect(routes).toEqual(["activations", "activations", "pending", "respond"]);
});
