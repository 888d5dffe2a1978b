/** Customers of approvals and their codes, as an operator sees and unlocks them. */
import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time";
import { openApprovals } from "../../support/approval.ts";
import { activationOf, enrol, issueCode, wrongCode } from "../../support/enrolment.ts";
import { adminOf, failing, lastEvent } from "./given.ts";

const openCustomerAdmin = async () => {
  const approvals = await openApprovals();
  const admin = adminOf(approvals.world);
  /** Tries wrong codes, five of each one that is issued, past every pause. */
  const guess = async (times: number): Promise<void> => {
    for (let nth = 0; nth < times; nth += 5) {
      approvals.world.clock.advance(15 * MINUTE_MS);
      const wrong = wrongCode(await issueCode(approvals));
      for (let one = 0; one < 5; one++) await approvals.activate(activationOf(approvals, wrong));
    }
  };
  return { ...admin, approvals, guess };
};

const json = (text: string) => JSON.parse(text);

describe("a customer", () => {
  test("is shown with how codes were tried, never with one", async () => {
    const { approvals, done, clock } = await openCustomerAdmin();
    const otp = await issueCode(approvals);
    await approvals.activate(activationOf(approvals, wrongCode(otp)));
    expect(await done("identity show 999")).toBe(
      [
        "Customer 999",
        "",
        "activation   open",
        "failures     1",
        "code         good until 2026-11-25 08:05:00Z",
        "tries of it  1",
        "devices      0, 0 of them active",
        "",
      ].join("\n"),
    );
    await enrol(approvals, { otp });
    expect(await done("identity show 999")).toContain("\nfailures     0\ncode         used\n");
    await issueCode(approvals);
    clock.advance(5 * MINUTE_MS);
    expect(json(await done("identity show 999 --json"))).toEqual({
      customerId: "999",
      userCode: null,
      activation: "open",
      pausedUntil: null,
      failures: 0,
      code: "expired",
      codeTries: 0,
      devices: 1,
      activeDevices: 1,
    });
  });

  test("of a user code is another one", async () => {
    const { approvals, done } = await openCustomerAdmin();
    await issueCode(approvals, { customerId: "999", userCode: "anna" });
    expect(await done("identity show 999 --user-code anna")).toContain("Customer 999, user anna\n");
    expect(await failing(await openCustomerAdmin(), "identity show 999")).toMatchObject([
      1,
      { code: "IDENTITY_UNKNOWN" },
    ]);
  });

  test("pauses after ten failures, and goes on when an operator forgets them", async () => {
    const admin = await openCustomerAdmin();
    const { approvals, done, guess } = admin;
    await guess(10);
    expect(await done("identity show 999")).toContain(
      "\nactivation   paused until 2026-11-25 08:45:00Z\nfailures     10\n",
    );
    expect(await approvals.core("GetActivationOtp", { CustomerId: "999" })).toMatchObject({ status: 429 });
    expect(await done("identity unlock 999")).toBe(
      "Forgot 10 failures of customer 999: codes can be issued and tried.\n",
    );
    await enrol(approvals);
    expect(await lastEvent(admin, "desk")).toEqual({
      type: "identity.unlocked",
      actor: "dana",
      subject: expect.stringMatching(/^[\w-]{43}$/),
      detail: { was: "paused", failures: "10" },
    });
  });

  test("is locked after a hundred failures until it is unlocked", async () => {
    const admin = await openCustomerAdmin();
    const { approvals, done, guess, clock } = admin;
    await guess(100);
    clock.advance(24 * 60 * MINUTE_MS);
    expect(json(await done("identity show 999 --json"))).toMatchObject({ activation: "locked", failures: 100 });
    expect((await approvals.core("GetActivationOtp", { CustomerId: "999" })).body).toContain('"ErrorCode":"9409"');
    await done("identity unlock 999");
    await enrol(approvals);
    const before = admin.twin.items();
    expect(await done("identity unlock 999")).toBe("Customer 999 has no failures: nothing was changed.\n");
    expect(admin.twin.items()).toEqual(before);
  });

  test("that there is not cannot be unlocked", async () => {
    expect(await failing(await openCustomerAdmin(), "identity unlock 998")).toEqual([
      1,
      {
        code: "IDENTITY_UNKNOWN",
        message:
          "There is no such identity. Check the CustomerId, and --user-code: an identity is there once a code was issued for it.",
      },
    ]);
  });
});
