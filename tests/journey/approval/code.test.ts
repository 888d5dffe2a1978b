/** approvals.md 2.1, 4.1, 7: how activation codes are used up, guessed and refused. */
import { describe, expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "#kernel/time";
import { type Approvals, ATM, openApprovals } from "../../support/approval.ts";
import {
  ANN,
  activationOf,
  enrol,
  eventsOf,
  issueCode,
  itemsOf,
  memberOf,
  wrongCode,
} from "../../support/enrolment.ts";
import { failed, refused, said, served, succeeded } from "../../support/envelope.ts";
import { makeKey } from "../../support/phone.ts";

/** So many wrong guesses at a code, one after the other. */
const guess = async (approvals: Approvals, otp: string, times: number): Promise<readonly string[]> => {
  const answers = [];
  for (let nth = 0; nth < times; nth++)
    answers.push(said(await approvals.activate(activationOf(approvals, wrongCode(otp)), `192.0.2.${nth}`)));
  return answers;
};

describe("guessing", () => {
  test("approvals #8: pauses an identity after ten failures, whatever codes were issued between, for 15 minutes", async () => {
    const approvals = await openApprovals();
    const { clock } = approvals.world;
    const nowMs = clock.nowMs;
    expect(await guess(approvals, await issueCode(approvals), 5)).toEqual(Array(5).fill(refused("9420", nowMs)));
    const otp = await issueCode(approvals, ANN);
    expect(await guess(approvals, otp, 5)).toEqual(Array(5).fill(refused("9420", nowMs)));
    expect((await approvals.activate(activationOf(approvals, otp))).status).toBe(401);
    expect(itemsOf(approvals, "identity").flatMap(({ fails }) => fails ?? [])).toEqual([10n]);
    const paused = await approvals.core("GetActivationOtp", { CustomerId: 999 }, { by: ATM });
    expect(said(paused)).toBe(failed("GetActivationOtp", "9429"));
    expect(paused.headers["retry-after"]).toMatch(/^[1-9]\d*$/);
    clock.advance(15 * MINUTE_MS);
    await enrol(approvals);
  });

  test("approvals #8: holds the right code up while its identity pauses, and no other's", async () => {
    const approvals = await openApprovals();
    const now = approvals.world.clock.nowMs;
    await guess(approvals, await issueCode(approvals), 5);
    await guess(approvals, await issueCode(approvals), 4);
    const otp = await issueCode(approvals);
    await guess(approvals, otp, 1);
    expect(said(await approvals.activate(activationOf(approvals, otp)))).toBe(refused("9420", now));
    await enrol(approvals, { customer: { customerId: "998" } });
  });

  test("four failures and a success are forgotten", async () => {
    const approvals = await openApprovals();
    for (let nth = 0; nth < 4; nth++) {
      const otp = await issueCode(approvals);
      expect(await guess(approvals, otp, 4)).toEqual(Array(4).fill(refused("9420", approvals.world.clock.nowMs)));
      await enrol(approvals, { otp });
    }
  });

  test("locks an identity at 100 failures until somebody unlocks it, and warns before", async () => {
    const approvals = await openApprovals();
    const { clock } = approvals.world;
    for (let pauses = 0; pauses < 10; pauses++) {
      for (let codes = 0; codes < 2; codes++) await guess(approvals, await issueCode(approvals), 5);
      clock.advance(15 * MINUTE_MS);
    }
    for (const waitedMs of [0, 15 * MINUTE_MS, 24 * 60 * MINUTE_MS]) {
      clock.advance(waitedMs);
      const locked = await approvals.core("GetActivationOtp", { CustomerId: "999" });
      expect(said(locked)).toBe(failed("GetActivationOtp", "9409"));
    }
    expect(said(await approvals.core("GetActivationOtp", { CustomerId: "998" }))).toMatch(/^200 /);
    const warnings = eventsOf(approvals, "identity.warned", "identity.lockout").map(({ type, actor }) => [type, actor]);
    expect(warnings).toEqual([
      ["identity.warned", "desk"],
      ["identity.lockout", "desk"],
    ]);
  });

  test("issuing stops at five codes in 15 minutes, and goes on after", async () => {
    const approvals = await openApprovals();
    for (let nth = 0; nth < 5; nth++) await issueCode(approvals);
    const refusal = await approvals.core("GetActivationOtp", { CustomerId: "999" });
    expect(said(refusal)).toBe(failed("GetActivationOtp", "9429"));
    expect(refusal.headers["retry-after"]).toMatch(/^[1-9]\d*$/);
    approvals.world.clock.advance(15 * MINUTE_MS);
    await enrol(approvals);
  });
});

describe("a code", () => {
  test("that is used up, used or too old counts no more tries", async () => {
    const approvals = await openApprovals();
    const { clock, twin } = approvals.world;
    const kept = () => twin.items().filter(({ pk }) => !String(pk).includes("#rate#"));
    const tired = await issueCode(approvals);
    await guess(approvals, tired, 5);
    const used = await issueCode(approvals, { customerId: "998" });
    await enrol(approvals, { customer: { customerId: "998" }, otp: used });
    const old = await issueCode(approvals, { customerId: "997" });
    const before = kept();
    const ask = (customerId: string, otp: string) =>
      approvals.activate(activationOf(approvals, otp, { customer: { customerId } }));
    expect([(await ask("999", tired)).status, (await ask("998", used)).status]).toEqual([401, 401]);
    clock.advance(300 * SECOND_MS);
    for (const otp of [old, wrongCode(old)]) expect((await ask("997", otp)).status).toBe(401);
    expect(kept()).toEqual(before);
  });

  test("approvals #9: makes one device of two that use it at once", async () => {
    const approvals = await openApprovals();
    const otp = await issueCode(approvals);
    const answers = await Promise.all([1, 2].map(() => approvals.activate(activationOf(approvals, otp))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    const lost = answers.find(({ status }) => status === 401);
    expect(lost && said(lost)).toBe(refused("9420", approvals.world.clock.nowMs));
    const { body } = await approvals.core("ListDevices", { CustomerId: "999" });
    expect(JSON.parse(body).Devices).toHaveLength(1);
  });

  test("approvals #10: whose answer was lost gives the same device again, for as long as it lives, to its own key", async () => {
    const approvals = await openApprovals();
    const { clock } = approvals.world;
    const otp = await issueCode(approvals);
    const key = makeKey();
    const first = await approvals.activate(activationOf(approvals, otp, { key }));
    const body = activationOf(approvals, otp, { key });
    const ownerKey = memberOf<string>(first, "OwnerKey");
    clock.advance(299 * SECOND_MS);
    const again = activationOf(approvals, otp, { key });
    expect(said(await approvals.activate(again))).toBe(
      served(`"OwnerKey":"${ownerKey}","State":"ACTIVE"`, clock.nowMs),
    );
    for (const other of [activationOf(approvals, otp), activationOf(approvals, wrongCode(otp), { key })])
      expect(said(await approvals.activate(other))).toBe(refused("9420", clock.nowMs));
    clock.advance(SECOND_MS);
    expect(said(await approvals.activate(activationOf(approvals, otp, { key })))).toBe(refused("9420", clock.nowMs));
    expect(said(await approvals.activate(body))).toBe(refused("9401", clock.nowMs));
    const { body: listed } = await approvals.core("ListDevices", { CustomerId: "999" });
    expect(JSON.parse(listed).Devices).toHaveLength(1);
  });

  test("registers no key twice, and stays live; its try is counted", async () => {
    const approvals = await openApprovals();
    const key = makeKey();
    await enrol(approvals, { key });
    const otp = await issueCode(approvals, { customerId: "998" });
    const customer = { customerId: "998" };
    for (let nth = 0; nth < 4; nth++)
      expect(said(await approvals.activate(activationOf(approvals, otp, { key, customer })))).toBe(
        refused("9409", approvals.world.clock.nowMs),
      );
    await enrol(approvals, { otp, customer });
    const last = await issueCode(approvals, { customerId: "997" });
    const asked = { key, customer: { customerId: "997" } };
    for (const name of ["9409", "9409", "9409", "9409", "9409", "9420"] as const)
      expect(said(await approvals.activate(activationOf(approvals, last, asked)))).toBe(
        refused(name, approvals.world.clock.nowMs),
      );
  });

  test("makes no sixth device of an identity, unless one is removed", async () => {
    const approvals = await openApprovals();
    const phones = [];
    for (let nth = 0; nth < 5; nth++) {
      phones.push(await enrol(approvals));
      approvals.world.clock.advance(15 * MINUTE_MS);
    }
    const otp = await issueCode(approvals);
    expect(said(await approvals.activate(activationOf(approvals, otp)))).toBe(
      refused("9409", approvals.world.clock.nowMs),
    );
    const [first, second] = phones;
    const asked = { OwnerKey: first?.ownerKey, Reason: "OLD" };
    await approvals.core("BlockDevice", { OwnerKey: second?.ownerKey, Reason: "LOST" });
    expect((await approvals.activate(activationOf(approvals, otp))).status).toBe(409);
    expect(said(await approvals.core("RemoveDevice", asked))).toBe(succeeded('"State":"REMOVED"'));
    await enrol(approvals, { otp });
  });
});

test("activations of an address are 30 a minute, and refused before a code is looked at", async () => {
  const approvals = await openApprovals();
  const otp = await issueCode(approvals);
  const answers = [];
  for (let nth = 0; nth < 31; nth++) {
    const body = activationOf(approvals, "123456", { customer: { customerId: `nobody-${nth}` } });
    answers.push((await approvals.activate(body, "192.0.2.1")).status);
  }
  expect(answers).toEqual([...Array(30).fill(401), 429]);
  const limited = await approvals.activate(activationOf(approvals, otp), "192.0.2.1");
  expect(said(limited)).toBe(refused("9429", approvals.world.clock.nowMs));
  expect(limited.headers["retry-after"]).toMatch(/^[1-9]\d*$/);
  expect((await approvals.activate(activationOf(approvals, otp), "192.0.2.2")).status).toBe(200);
});
