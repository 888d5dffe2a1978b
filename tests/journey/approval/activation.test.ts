/** approvals.md 2.1, 4.1: activation codes, and what they make of a phone. */
import { describe, expect, test } from "vitest";
import { SECOND_MS } from "#kernel/time";
import { type Approvals, type Json, openApprovals } from "../../support/approval.ts";
import { ANN, activationOf, enrol, issueCode, memberOf, wrongCode } from "../../support/enrolment.ts";
import { failed, refused, said } from "../../support/envelope.ts";
import { activateFrame, makeKey, signBy } from "../../support/phone.ts";

/** Everything in the table but what the limiter keeps. */
const kept = ({ world }: Approvals) => world.twin.items().filter(({ pk }) => !String(pk).includes("#rate#"));

const activateWith = async (approvals: Approvals, otp: string, customerId: unknown): Promise<number> => {
  const body = activationOf(approvals, otp, { customer: { customerId: String(customerId) } });
  return (await approvals.activate(body)).status;
};

describe("a CustomerId", () => {
  test("approvals #2: is the same as an integer and as its digits, and as nothing else", async () => {
    const approvals = await openApprovals();
    const { core } = approvals;
    const issue = async (id: string): Promise<string> =>
      memberOf(await core("GetActivationOtp", `{"CustomerId":${id}}`), "Otp");
    const first = await issue("999");
    const second = await issue('"999"');
    const padded = await issue('"0999"');
    if (first !== second) expect(await activateWith(approvals, first, "999")).toBe(401);
    expect(await activateWith(approvals, second, "999")).toBe(200);
    expect(await activateWith(approvals, padded, "0999")).toBe(200);
    const large = await issue("9007199254740993");
    if (large !== (await issue("9007199254740992")))
      expect(await activateWith(approvals, large, "9007199254740992")).toBe(401);
    expect(await activateWith(approvals, large, "9007199254740993")).toBe(200);
    const owners = JSON.parse((await core("ListDevices", '{"CustomerId":9007199254740993}')).body).Devices;
    expect(owners.map(({ CustomerId }: { CustomerId: string }) => CustomerId)).toEqual(["9007199254740993"]);
  });

  test("approvals #2: of 64 digits is exact, and so is a customer's UserCode", async () => {
    const approvals = await openApprovals();
    const digits = `1${"0".repeat(62)}7`;
    const otp = memberOf<string>(await approvals.core("GetActivationOtp", `{"CustomerId":${digits}}`), "Otp");
    expect(await activateWith(approvals, otp, digits)).toBe(200);
    const coded = await issueCode(approvals, { customerId: "999", userCode: "User01" });
    for (const customer of [ANN, { customerId: "999", userCode: "USER01" }])
      expect((await approvals.activate(activationOf(approvals, coded, { customer }))).status).toBe(401);
    const customer = { customerId: "999", userCode: "User01" };
    expect((await approvals.activate(activationOf(approvals, coded, { customer }))).status).toBe(200);
  });

  test.each([
    "9.0",
    "-1",
    "-0",
    "1e3",
    "null",
    '""',
    "true",
    "[999]",
    '{"id":999}',
    `1${"0".repeat(64)}`,
    `"${"x".repeat(65)}"`,
    '"\\u0000"',
    '"a\\u007f"',
    '"\\ud800"',
  ])("approvals #3: cannot be %s", async (id) => {
    const { core } = await openApprovals();
    expect(said(await core("GetActivationOtp", `{"CustomerId":${id}}`))).toBe(failed("GetActivationOtp", "28"));
  });

  test("approvals #3: has a UserCode that is no number, and may be absent or null", async () => {
    const { core } = await openApprovals();
    for (const UserCode of [7, "", "x".repeat(65), "🙂".repeat(33), "a\u0001", [], {}, false])
      expect(said(await core("GetActivationOtp", { CustomerId: "999", UserCode }))).toBe(
        failed("GetActivationOtp", "28"),
      );
    for (const UserCode of [null, undefined, "x".repeat(64), "🙂".repeat(32), "ü🙂"])
      expect((await core("GetActivationOtp", { CustomerId: "998", UserCode, Other: 1 })).status).toBe(200);
  });
});

describe("an activation", () => {
  const wrongKeys: Readonly<Record<string, (key: Buffer) => Buffer>> = {
    "a key with a byte behind it": (key) => Buffer.concat([key, Buffer.from([0])]),
    "a key without its last byte": (key) => key.subarray(0, 90),
    "a point that is not on the curve": (key) =>
      Buffer.concat([key.subarray(0, 90), Buffer.from([(key[90] ?? 0) ^ 1])]),
    "the point at infinity": (key) => Buffer.concat([key.subarray(0, 27), Buffer.alloc(64)]),
    "a key of another curve": () => Buffer.from(makeKey("secp256k1").spki, "base64"),
    "a key of a longer curve": () => Buffer.from(makeKey("secp384r1").spki, "base64"),
    "no key": () => Buffer.alloc(91),
  };

  test.each(Object.entries(wrongKeys))("approvals #6: with %s is malformed, and no counter moves", async (_, spoil) => {
    const approvals = await openApprovals();
    const otp = await issueCode(approvals);
    const before = kept(approvals);
    const key = makeKey();
    const spki = spoil(Buffer.from(key.spki, "base64")).toString("base64");
    const body = activationOf(approvals, otp, { key: { ...key, spki } });
    expect(said(await approvals.activate(body))).toBe(refused("9400", approvals.world.clock.nowMs));
    expect(kept(approvals)).toEqual(before);
  });

  /** A proof in DER, and what else may be sent for it. */
  const wrongProofs: Readonly<Record<string, readonly ["9400" | "9401", (proof: Buffer) => Buffer]>> = {
    "a byte more": ["9400", (proof) => Buffer.concat([proof, Buffer.from([0])])],
    "a byte less": ["9400", (proof) => proof.subarray(0, -1)],
    "a length in two bytes": ["9400", (proof) => Buffer.concat([Buffer.from([0x30, 0x81]), proof.subarray(1)])],
    "nothing in it": ["9400", () => Buffer.alloc(0)],
    "another content's": ["9401", () => Buffer.from(signBy(makeKey(), "der", Buffer.from("else")), "base64")],
  };

  test.each(Object.entries(wrongProofs))(
    "approvals #6: with a proof in DER with %s is refused, and no counter moves",
    async (_, [name, spoil]) => {
      const approvals = await openApprovals();
      const otp = await issueCode(approvals);
      const before = kept(approvals);
      const body = activationOf(approvals, otp, { format: "der" });
      const Proof = spoil(Buffer.from(String(body.Proof), "base64")).toString("base64");
      const answered = await approvals.activate({ ...body, Proof });
      expect(said(answered)).toBe(refused(name, approvals.world.clock.nowMs));
      expect(kept(approvals)).toEqual(before);
    },
  );

  test("approvals #6: with a proof of something else, or of another key, is refused, and no counter moves", async () => {
    const approvals = await openApprovals();
    const otp = await issueCode(approvals);
    const before = kept(approvals);
    const [key, approvalKey, other] = [makeKey(), makeKey(), makeKey()];
    const body = activationOf(approvals, otp, { key, approvalKey });
    const { Timestamp, Nonce } = body as { Timestamp: number; Nonce: string };
    const told = { ...ANN, otp, key, timestamp: Timestamp, nonce: Nonce };
    const wrong: readonly Json[] = [
      { Otp: wrongCode(otp) },
      { CustomerId: "998" },
      { UserCode: "USER01" },
      { Timestamp: Timestamp + 1 },
      { Nonce: Buffer.alloc(16).toString("base64") },
      { ApprovalPublicKey: other.spki },
      { Proof: body.ApprovalProof, ApprovalProof: body.Proof },
      { Proof: signBy(key, "p1363", activateFrame(told)) },
      { ApprovalProof: signBy(other, "p1363", activateFrame({ ...told, approvalKey })) },
      { ApprovalPublicKey: undefined, ApprovalProof: undefined },
    ];
    for (const changes of wrong) {
      const answered = await approvals.activate({ ...body, ...changes });
      expect([changes, said(answered)]).toEqual([changes, refused("9401", approvals.world.clock.nowMs)]);
    }
    expect(kept(approvals)).toEqual(before);
    expect((await approvals.activate(body)).status).toBe(200);
  });

  test.each<readonly [string, Json]>([
    ["no code", { Otp: undefined }],
    ["five digits", { Otp: "12345" }],
    ["a code as a number", { Otp: 123456 }],
    ["letters for digits", { Otp: "12345a" }],
    ["no key", { PublicKey: undefined }],
    ["a key that is no Base64", { PublicKey: "***" }],
    ["another format", { SignatureFormat: "DER" }],
    ["no name", { DeviceName: undefined }],
    ["an empty name", { DeviceName: "" }],
    ["a long name", { DeviceName: "x".repeat(65) }],
    ["another platform", { Platform: "symbian" }],
    ["a push token without its platform", { PushToken: "t" }],
    ["a push platform without its token", { PushPlatform: "apns" }],
    ["a push token that is too long", { PushPlatform: "apns", PushToken: "t".repeat(4097) }],
    ["a time as a text", { Timestamp: "1764057600000" }],
    ["a short nonce", { Nonce: Buffer.alloc(15).toString("base64") }],
    ["a nonce that is not padded", { Nonce: Buffer.alloc(16).toString("base64url") }],
    ["a nonce that is not canonical", { Nonce: "AAECAwQFBgcICQoLDA0ODx==" }],
    ["no proof", { Proof: undefined }],
    ["a proof as it is in the other format", { SignatureFormat: "der" }],
    ["an approval key without its proof", { ApprovalPublicKey: makeKey().spki }],
    ["an approval proof without its key", { ApprovalProof: Buffer.alloc(64).toString("base64") }],
  ])("with %s is malformed", async (_, changes) => {
    const approvals = await openApprovals();
    const otp = await issueCode(approvals);
    const body = activationOf(approvals, otp, { key: makeKey(), changes });
    expect(said(await approvals.activate(body))).toBe(refused("9400", approvals.world.clock.nowMs));
  });

  test("with one key for both purposes is malformed", async () => {
    const approvals = await openApprovals();
    const key = makeKey();
    const body = activationOf(approvals, await issueCode(approvals), { key, approvalKey: key });
    expect(said(await approvals.activate(body))).toBe(refused("9400", approvals.world.clock.nowMs));
  });

  test.each([-61_000, -60_001, 60_001, 61_000])("by a clock that is %i ms off is refused", async (offMs) => {
    const approvals = await openApprovals();
    const timestamp = approvals.world.clock.nowMs + offMs;
    const body = activationOf(approvals, await issueCode(approvals), { timestamp });
    expect(said(await approvals.activate(body))).toBe(refused("9401", approvals.world.clock.nowMs));
  });

  test.each([-60_000, 60_000])("by a clock that is %i ms off is served", async (offMs) => {
    const approvals = await openApprovals();
    const timestamp = approvals.world.clock.nowMs + offMs;
    expect((await approvals.activate(activationOf(approvals, await issueCode(approvals), { timestamp }))).status).toBe(
      200,
    );
  });

  test("tells nothing of whether there is such a customer, or such a code", async () => {
    const approvals = await openApprovals();
    const refusal = refused("9420", approvals.world.clock.nowMs);
    const otp = await issueCode(approvals);
    const used = await issueCode(approvals, { customerId: "used" });
    await enrol(approvals, { customer: { customerId: "used" }, otp: used });
    const tries = [
      activationOf(approvals, "123456", { customer: { customerId: "nobody" } }),
      activationOf(approvals, otp, { customer: { customerId: "999", userCode: "USER01" } }),
      activationOf(approvals, wrongCode(otp)),
      activationOf(approvals, used, { customer: { customerId: "used" } }),
    ];
    for (const body of tries) expect(said(await approvals.activate(body))).toBe(refusal);
    approvals.world.clock.advance(300 * SECOND_MS);
    expect(said(await approvals.activate(activationOf(approvals, otp)))).toBe(
      refused("9420", approvals.world.clock.nowMs),
    );
  });

  test("is possible for as long as its code lives, and of the last one only", async () => {
    const approvals = await openApprovals();
    const [first, second] = [await issueCode(approvals), await issueCode(approvals)];
    approvals.world.clock.advance(300 * SECOND_MS - 1);
    if (first !== second) expect((await approvals.activate(activationOf(approvals, first))).status).toBe(401);
    expect((await approvals.activate(activationOf(approvals, second))).status).toBe(200);
  });
});
