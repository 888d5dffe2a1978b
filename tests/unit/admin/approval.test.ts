/** Approvals as an operator sees them: how one stands, whether its decision proves itself, and what has happened. */
import { describe, expect, test } from "vitest";
import { approvalIdOf } from "#approval/token";
import { approvalKey } from "#store/keys/approval";
import { update } from "#store/write";
import { cancel, decide, openListed } from "../../support/enrolment.ts";
import { decisionFrame } from "../../support/phone.ts";
import { adminOf, failing } from "./given.ts";

const openDecided = async (...[changes, hasApprovalKey]: Parameters<typeof openListed>) => {
  const listed = await openListed(changes, hasApprovalKey);
  return { ...listed, admin: adminOf(listed.approvals.world) };
};

describe("an approval", () => {
  test("that waits is shown without its content", async () => {
    const { admin, token } = await openDecided({ TransactionContent: "the content", TransactionName: "PAY\u202eMENT" });
    const out = await admin.done(`approval show ${token}`);
    expect(out).toBe(
      [
        `Approval ${token}`,
        "",
        "state         waiting (2)",
        "started by    bank-web",
        "for           any device of the customer",
        "name          PAY?MENT",
        "binding code  none",
        "started       2026-11-25 08:00:00Z",
        "expires       2026-11-25 08:03:00Z",
        "",
      ].join("\n"),
    );
    expect(await admin.done(`approval show ${token} --json`)).not.toContain("the content");
  });

  test("that is over by the clock alone is shown so, and not touched", async () => {
    const { admin, token } = await openDecided();
    admin.clock.advance(180_000);
    const before = admin.twin.items();
    expect(JSON.parse(await admin.done(`approval show ${token} --json`))).toMatchObject({
      state: "expired",
      status: 4,
      cause: "expired",
      endedAt: "2026-11-25T08:03:00.000Z",
      evidence: null,
    });
    expect(admin.twin.items()).toEqual(before);
  });

  test.each([
    ["approve", "approved (1)", false, "device key"],
    ["approve", "approved (1)", true, "approval key"],
    ["reject", "rejected (0)", true, "device key"],
    ["fraud", "fraud (5)", false, "device key"],
  ] as const)(
    "that a device decides (%s) is shown as %s, by a signature that verifies",
    async (decision, state, hasApprovalKey, key) => {
      const { admin, approvals, phone, listed, token } = await openDecided({ TransactionType: 1 }, hasApprovalKey);
      await decide(approvals, phone, listed, decision);
      const out = await admin.done(`approval show ${token}`);
      expect(out).toContain(`state         ${state}\n`);
      expect(out).toContain(`for           device ${phone.ownerKey}\n`);
      expect(out).toContain(`decided by    ${phone.ownerKey}\nsignature     verifies, by its ${key}\n`);
      const { evidence } = JSON.parse(await admin.done(`approval show ${token} --json`));
      expect(evidence).toMatchObject({
        decision,
        ownerKey: phone.ownerKey,
        reason: null,
        frame: decisionFrame(phone.ownerKey, listed, decision).toString("base64"),
        signatureFormat: "p1363",
        publicKey: (key === "approval key" ? phone.approvalKey : phone.key)?.spki,
        verifies: true,
      });
    },
  );

  test.each([
    ["approved instead of rejected", "reject", { state: "approved" }, "what was signed is not what the approval says"],
    [
      "another content",
      "approve",
      { contentSha: Buffer.alloc(32).toString("base64") },
      "what was signed is not what the approval says",
    ],
    ["another name", "approve", { name: "LOGIN" }, "what was signed is not what the approval says"],
    [
      "another signature",
      "approve",
      { signature: Buffer.alloc(64, 1).toString("base64") },
      "its signature does not verify",
    ],
    [
      "another frame",
      "approve",
      { frame: "AAAA" },
      "its signature does not verify; what was signed is not what the approval says",
    ],
    [
      "another key",
      "approve",
      { keySha: Buffer.alloc(32).toString("base64") },
      "its key is none of the device's; its signature does not verify",
    ],
    [
      "a device that there is not",
      "approve",
      { decidedBy: "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b" },
      "its key is none of the device's; its signature does not verify; what was signed is not what the approval says",
    ],
  ] as const)("in which somebody has put %s proves nothing", async (_, decision, changes, trouble) => {
    const { admin, approvals, phone, listed, token } = await openDecided();
    await decide(approvals, phone, listed, decision);
    await admin.twin.commit([update(approvalKey(approvalIdOf(token)), { set: changes }, [])], "tampered");
    const { code, out, err } = await admin.run("approval", "show", token);
    expect([code, err]).toEqual([1, `The decision proves nothing: ${trouble}.\n`]);
    expect(out).toContain(`signature     ${trouble}\n`);
  });

  test("that was bound to a code is shown as signed with it, and proves nothing where it was not to be", async () => {
    const { admin, approvals, phone, listed, token, bindingCode } = await openDecided({ BindingMode: "code6" });
    await decide(approvals, phone, listed, "approve", { bindingCode });
    expect(await admin.done(`approval show ${token}`)).toContain("signature     verifies, by its device key\n");
    await admin.twin.commit([update(approvalKey(approvalIdOf(token)), { set: { isBound: false } }, [])], "tampered");
    expect((await admin.run("approval", "show", token)).err).toBe(
      "The decision proves nothing: what was signed is not what the approval says.\n",
    );
  });

  test("that was not approved by the approval key proves nothing", async () => {
    const { admin, approvals, phone, listed, token } = await openDecided({}, true);
    await decide(approvals, phone, listed, "reject");
    const { keySha, signature, frame } = admin.twin.items().find(({ state }) => state === "rejected") ?? {};
    expect([keySha, signature, frame].every((text) => typeof text === "string")).toBe(true);
    await admin.twin.commit([update(approvalKey(approvalIdOf(token)), { set: { state: "approved" } }, [])], "tampered");
    expect((await admin.run("approval", "show", token)).err).toBe(
      "The decision proves nothing: it is approved, but not by the approval key; what was signed is not what the approval says.\n",
    );
  });

  test("that there is not is refused", async () => {
    const { admin } = await openDecided();
    expect(await failing(admin, "approval show AAECAwQFBgcICQoLDA0ODw==")).toMatchObject([
      1,
      { code: "APPROVAL_UNKNOWN" },
    ]);
    expect((await admin.run("approval", "show", "AAEC")).code).toBe(2);
  });
});

describe("what has happened", () => {
  test("is listed by day, oldest first", async () => {
    const { admin, approvals, phone, listed, token } = await openDecided();
    admin.clock.advance(1_000);
    await decide(approvals, phone, listed);
    admin.clock.advance(1_000);
    await cancel(approvals, token);
    const { day, events } = JSON.parse(await admin.done("approval audit --json"));
    expect([day, events.map((event: { type: string }) => event.type)]).toEqual([
      "2026-11-25",
      ["device.activated", "transaction.started", "transaction.decided"],
    ]);
    expect(events.at(-1)).toMatchObject({
      at: "2026-11-25T08:00:01.000Z",
      actor: phone.ownerKey,
      subject: token,
      detail: { decision: "approve" },
    });
    expect(await admin.done("approval audit --day 2026-11-25")).toContain(
      `2026-11-25 08:00:01Z  transaction.decided\n  of ${token}\n  by ${phone.ownerKey}\n  decision: approve\n`,
    );
    expect(await admin.done("approval audit --day 2026-11-24")).toBe("Nothing has happened on 2026-11-24.\n");
  });
});
