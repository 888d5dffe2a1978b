/** approvals.md 4.2, 5: whose a transaction is, and how it ends. */
import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "#kernel/time";
import { nonce, openApprovals } from "../../support/approval.ts";
import {
  cancel,
  check,
  decide,
  endings,
  enrol,
  listedFor,
  openListed,
  ownedBy,
  pendingOf,
  start,
  statusOf,
} from "../../support/enrolment.ts";
import { failed, refused, said, served } from "../../support/envelope.ts";
import type { Listed } from "../../support/phone.ts";

describe("a transaction", () => {
  const ends: readonly (readonly [number, (given: Awaited<ReturnType<typeof openListed>>) => Promise<unknown>])[] = [
    [1, ({ approvals, phone, listed }) => decide(approvals, phone, listed, "approve")],
    [0, ({ approvals, phone, listed }) => decide(approvals, phone, listed, "reject")],
    [5, ({ approvals, phone, listed }) => decide(approvals, phone, listed, "fraud")],
    [6, ({ approvals, token }) => cancel(approvals, token)],
    [4, async ({ approvals }) => approvals.world.clock.advance(3 * MINUTE_MS)],
  ];

  test.each([1, 2].flatMap((type) => ends.map(([status, end]) => ({ type, status, end }))))(
    "approvals #12: of type $type ends as $status, and so for ever",
    async ({ type, status, end }) => {
      const given = await openListed({ TransactionType: type });
      const { approvals, phone, token, listed } = given;
      await end(given);
      expect(await statusOf(approvals, token)).toBe(status);
      expect(endings(approvals)).toHaveLength(1);
      approvals.world.clock.advance(4 * SECOND_MS);
      for (const decision of ["approve", "reject", "fraud"] as const) await decide(approvals, phone, listed, decision);
      await cancel(approvals, token);
      await start(approvals, { CancelPendingTransactions: true });
      approvals.world.clock.advance(29 * DAY_MS);
      expect(await statusOf(approvals, token)).toBe(status);
      expect(endings(approvals)).toHaveLength(1);
    },
  );

  test("can be read for 30 days after its time, and is unknown from then on", async () => {
    const { approvals, phone, token, listed } = await openListed();
    await decide(approvals, phone, listed);
    approvals.world.clock.nowMs = listed.ExpiresAt + 30 * DAY_MS - 1;
    expect(await statusOf(approvals, token)).toBe(1);
    approvals.world.clock.advance(1);
    expect(said(await check(approvals, token))).toBe(failed("CheckTransactionApproval", "510"));
    expect(said(await cancel(approvals, token))).toBe(failed("CancelTransaction", "510 in Cancel"));
    expect(said(await decide(approvals, phone, listed))).toBe(refused("9404", approvals.world.clock.nowMs));
  });

  test("of a phone of its own is decided by no other of the same customer", async () => {
    const approvals = await openApprovals();
    const [mine, other] = [await enrol(approvals), await enrol(approvals)];
    const token = await start(approvals, ownedBy(mine));
    expect(await pendingOf(approvals, other)).toEqual([]);
    const listed = await listedFor(approvals, mine, token);
    const answered = await decide(approvals, other, listed);
    expect(said(answered)).toBe(refused("9404", approvals.world.clock.nowMs));
    expect(await statusOf(approvals, token)).toBe(2);
  });

  test("of a customer is decided by any of their phones, first come, and by nobody else's", async () => {
    const approvals = await openApprovals();
    const now = approvals.world.clock.nowMs;
    const [one, two] = [await enrol(approvals), await enrol(approvals)];
    const strangers = [
      await enrol(approvals, { customer: { customerId: "998" } }),
      await enrol(approvals, { customer: { customerId: "999", userCode: "USER01" } }),
    ];
    const token = await start(approvals);
    const [first, second] = [await listedFor(approvals, one, token), await listedFor(approvals, two, token)];
    expect(first.Challenge).not.toBe(second.Challenge);
    for (const stranger of strangers) {
      expect(await pendingOf(approvals, stranger)).toEqual([]);
      expect(said(await decide(approvals, stranger, first))).toBe(refused("9404", now));
    }
    expect(said(await decide(approvals, two, second, "reject"))).toBe(served(`"Status":0,"DecidedAt":${now}`, now));
    expect(said(await decide(approvals, one, first))).toBe(refused("9409", now, 0));
    expect(await statusOf(approvals, token)).toBe(0);
  });

  test("approvals #21: is not a phone's that was activated after it", async () => {
    const approvals = await openApprovals();
    const early = await enrol(approvals);
    const token = await start(approvals);
    const late = await enrol(approvals);
    expect(await pendingOf(approvals, late)).toEqual([]);
    const listed = await listedFor(approvals, early, token);
    expect(said(await decide(approvals, late, listed))).toBe(refused("9404", approvals.world.clock.nowMs));
    expect(await statusOf(approvals, token)).toBe(2);
    const next = await start(approvals);
    expect((await decide(approvals, late, await listedFor(approvals, late, next))).status).toBe(200);
  });

  test("is decided by nobody who has not listed it", async () => {
    const approvals = await openApprovals();
    const phone = await enrol(approvals);
    const token = await start(approvals);
    const other = await listedFor(approvals, phone, token);
    const unseen: Listed = { ...other, TransactionToken: await start(approvals) };
    expect(said(await decide(approvals, phone, unseen))).toBe(refused("9404", approvals.world.clock.nowMs));
    const none: Listed = { ...other, TransactionToken: nonce() };
    expect(said(await decide(approvals, phone, none))).toBe(refused("9404", approvals.world.clock.nowMs));
  });
});
