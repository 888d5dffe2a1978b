/** approvals.md 7, "configurable downwards": what an operator has lowered holds for what begins after that. */
import { describe, expect, test } from "vitest";
import { DAY_MS, SECOND_MS } from "#kernel/time";
import { type LimitsWish, setLimits } from "../../../local/admin/approval.limits.ts";
import { type Approvals, openApprovals } from "../../support/approval.ts";
import {
  activationOf,
  check,
  decide,
  enrol,
  issueCode,
  listedFor,
  memberOf,
  start,
  startOf,
  statusOf,
  wrongCode,
} from "../../support/enrolment.ts";
import { failed, refused, said } from "../../support/envelope.ts";

/** Longer than the tests' settings are remembered. */
const RECALLED_MS = 1_001;

const lower = async ({ world }: Approvals, limits: Partial<LimitsWish>): Promise<void> => {
  const wish = { actor: "dana", ...limits } as LimitsWish & { readonly actor: string };
  await setLimits(world.ports, wish);
  world.clock.advance(RECALLED_MS);
};

const openLowered = async (limits: Partial<LimitsWish>): Promise<Approvals> => {
  const approvals = await openApprovals();
  await lower(approvals, limits);
  return approvals;
};

describe("an operator's limit", () => {
  test("of how long an approval waits is the longest TimeoutDuration", async () => {
    const approvals = await openLowered({ timeoutSeconds: 60 });
    await enrol(approvals);
    const ask = (TimeoutDuration: number) => approvals.core("StartTransaction", startOf({ TimeoutDuration }));
    expect(said(await ask(61))).toBe(failed("StartTransaction", "28"));
    expect((await ask(60)).status).toBe(200);
  });

  test("of what waits counts, what had begun before too", async () => {
    const approvals = await openApprovals();
    await enrol(approvals);
    for (let nth = 0; nth < 2; nth++) await start(approvals);
    await lower(approvals, { waiting: 2 });
    expect(said(await approvals.core("StartTransaction", startOf()))).toBe(failed("StartTransaction", "28 full"));
  });

  test("of devices is the most that are activated", async () => {
    const approvals = await openLowered({ devices: 1 });
    await enrol(approvals);
    const second = await approvals.activate(activationOf(approvals, await issueCode(approvals)));
    expect(said(second)).toBe(refused("9409", approvals.world.clock.nowMs));
  });

  test("of an activation code is how long it lives, and how often it is tried and issued", async () => {
    const approvals = await openLowered({ codeSeconds: 10, codeTries: 1, codesIssued: 2 });
    const { clock } = approvals.world;
    const late = await issueCode(approvals);
    clock.advance(10 * SECOND_MS);
    expect(said(await approvals.activate(activationOf(approvals, late)))).toBe(refused("9420", clock.nowMs));
    const tried = await issueCode(approvals);
    for (const otp of [wrongCode(tried), tried])
      expect(said(await approvals.activate(activationOf(approvals, otp)))).toBe(refused("9420", clock.nowMs));
    expect(said(await approvals.core("GetActivationOtp", { CustomerId: "999" }))).toBe(
      failed("GetActivationOtp", "9429"),
    );
  });

  test("of a login code is how long it lives", async () => {
    const approvals = await openLowered({ loginCodeSeconds: 5 });
    const phone = await enrol(approvals);
    const LoginOtp = memberOf<string>(await approvals.device(phone, "login-otp"), "LoginOtp");
    approvals.world.clock.advance(5 * SECOND_MS);
    expect(said(await approvals.core("VerifyLoginOtp", { LoginOtp }))).toBe(failed("VerifyLoginOtp", "29"));
  });

  test("of decisions is how many bad ones end an approval", async () => {
    const approvals = await openLowered({ decisionTries: 1 });
    const phone = await enrol(approvals);
    const token = await start(approvals);
    const listed = await listedFor(approvals, phone, token);
    const forged = { changes: { Signature: Buffer.alloc(64, 1).toString("base64") } };
    const now = approvals.world.clock.nowMs;
    expect(said(await decide(approvals, phone, listed, "approve", forged))).toBe(refused("9421", now));
    expect(await statusOf(approvals, token)).toBe(3);
  });

  test("of retention is how long an approval that begins after it can be read", async () => {
    const approvals = await openApprovals();
    await enrol(approvals);
    const before = await start(approvals);
    await lower(approvals, { retentionDays: 1 });
    const token = await start(approvals);
    approvals.world.clock.advance(180 * SECOND_MS + DAY_MS - 1);
    expect(await statusOf(approvals, token)).toBe(4);
    approvals.world.clock.advance(1);
    expect(said(await check(approvals, token))).toBe(failed("CheckTransactionApproval", "510"));
    expect(await statusOf(approvals, before)).toBe(4);
  });
});
