/** approvals.md 2.3, 4.2: how many transactions may wait, and how many of them are listed. */
import { describe, expect, test } from "vitest";
import { approvalIdOf } from "#approval/token";
import { SECOND_MS } from "#kernel/time";
import { approvalContentKey } from "#store/keys/approval";
import { update } from "#store/write";
import { ATM, type Json, openApprovals } from "../../support/approval.ts";
import {
  cancel,
  endings,
  enrol,
  memberOf,
  ownedBy,
  pendingOf,
  start,
  startOf,
  statusOf,
} from "../../support/enrolment.ts";
import { failed, said } from "../../support/envelope.ts";
import { takeMuster } from "../../support/muster.ts";

const flag = { CancelPendingTransactions: true };

const openWithPhone = async () => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals);
  return { approvals, phone, started: (body: Json, asking = {}) => approvals.core("StartTransaction", body, asking) };
};

describe("twenty that wait", () => {
  test("approvals #22: are all that an identity may have, until one ends or is cancelled", async () => {
    const { approvals, phone, started } = await openWithPhone();
    const full = failed("StartTransaction", "28 full");
    const tokens = [];
    for (let nth = 0; nth < 10; nth++) tokens.push(await start(approvals, { TimeoutDuration: 60 + nth }));
    for (let nth = 0; nth < 9; nth++) await start(approvals, ownedBy(phone));
    await start(approvals, {}, { by: ATM });
    expect(said(await started(startOf()))).toBe(full);
    expect(said(await started(startOf(ownedBy(phone))))).toBe(full);
    expect(said(await started(startOf(), { by: ATM }))).toBe(full);
    expect(await pendingOf(approvals, phone)).toHaveLength(20);
    await cancel(approvals, tokens[9] ?? "");
    await start(approvals);
    expect(said(await started(startOf()))).toBe(full);
    approvals.world.clock.advance(60 * SECOND_MS);
    await start(approvals);
    expect(said(await started(startOf()))).toBe(full);
    await start(approvals, flag);
    for (let nth = 0; nth < 9; nth++) await start(approvals);
    expect(said(await started(startOf()))).toBe(full);
  });

  test("are none where they waited for a phone that was removed", async () => {
    const { approvals, phone, started } = await openWithPhone();
    const other = await enrol(approvals);
    const lost = await start(approvals, ownedBy(phone));
    for (let nth = 0; nth < 19; nth++) await start(approvals, ownedBy(phone));
    await approvals.core("RemoveDevice", { OwnerKey: phone.ownerKey, Reason: "LOST" });
    const bodies = [startOf(ownedBy(other)), startOf()];
    const succeeds = bodies.map(async (body) => JSON.parse((await started(body)).body).Success);
    expect(await Promise.all(succeeds)).toEqual([true, true]);
    expect(await pendingOf(approvals, other)).toHaveLength(2);
    expect(await statusOf(approvals, lost)).toBe(6);
    takeMuster(approvals);
  });

  test("are listed as many as are asked for, oldest first, and a mebibyte of content at the most", async () => {
    const { approvals, phone } = await openWithPhone();
    const { clock } = approvals.world;
    const tokens: string[] = [];
    for (let nth = 0; nth < 20; nth++) {
      tokens.push(await start(approvals, { TransactionContent: "x".repeat(65_536), TimeoutDuration: 600 - nth }));
      clock.advance(1);
    }
    const list = async (body: Json): Promise<readonly string[]> => {
      clock.advance(2 * SECOND_MS);
      const answered = await approvals.device(phone, "transactions/pending", body);
      return memberOf<{ TransactionToken: string }[]>(answered, "Transactions").map((each) => each.TransactionToken);
    };
    expect(await list({ MaxItems: 1 })).toEqual(tokens.slice(0, 1));
    expect(await list({ MaxItems: 7 })).toEqual(tokens.slice(0, 7));
    expect(await list({ MaxItems: 20 })).toEqual(tokens.slice(0, 16));
    expect(await list({ MaxItems: null })).toEqual(tokens.slice(0, 16));
    for (const MaxItems of [0, 21, "20", 1.5]) {
      clock.advance(2 * SECOND_MS);
      expect((await approvals.device(phone, "transactions/pending", { MaxItems })).status).toBe(400);
    }
  });
});

test("what is not what was started is shown to nobody, and is an error for good", async () => {
  const { approvals, phone } = await openWithPhone();
  const [token, other] = [await start(approvals), await start(approvals)];
  const { store, ids } = approvals.world.ports;
  const spoilt = update(approvalContentKey(approvalIdOf(token)), { set: { content: "pay somebody else" } });
  await store.commit([spoilt], ids.uuid());
  expect((await pendingOf(approvals, phone)).map(({ TransactionToken }) => TransactionToken)).toEqual([other]);
  expect(await statusOf(approvals, token)).toBe(3);
  expect(endings(approvals).map(({ type, subject }) => [type, subject])).toEqual([["transaction.failed", token]]);
});
