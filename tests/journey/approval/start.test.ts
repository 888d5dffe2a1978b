/** approvals.md 2.3: what may be started, and what a start does to those before. */
import { describe, expect, test } from "vitest";
import { DAY_MS, SECOND_MS } from "#kernel/time";
import { type Asking, ATM, type Json, openApprovals, WEB } from "../../support/approval.ts";
import {
  cancel,
  check,
  decide,
  enrol,
  listedFor,
  memberOf,
  ownedBy,
  pendingOf,
  start,
  startOf,
  statusOf,
} from "../../support/enrolment.ts";
import { failed, said, succeeded } from "../../support/envelope.ts";

const openWithPhone = async () => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals);
  return {
    approvals,
    phone,
    started: (body: Json, asking?: Asking) => approvals.core("StartTransaction", body, asking),
  };
};

const flag = { CancelPendingTransactions: true };
const some = (ownerKey: string): Json => ({ OwnerKey: ownerKey });

describe("a start", () => {
  test("approvals #25: with a key of another is told so, whatever it names", async () => {
    const { started } = await openWithPhone();
    const once = { headers: { "idempotency-key": "once" } };
    const other = startOf({ TransactionOwner: some("a phone"), TransactionType: 1 });
    expect(said(await started(other, once))).toBe(failed("StartTransaction", "22"));
    expect((await started(startOf(), once)).status).toBe(200);
    expect(said(await started(other, once))).toBe(failed("StartTransaction", "9409"));
  });

  test.each<readonly [string, Json]>([
    ["no owner", { TransactionOwner: undefined }],
    ["an owner that is a text", { TransactionOwner: "999" }],
    ["an empty owner", { TransactionOwner: {} }],
    [
      "a phone for its owner in type 2",
      { TransactionOwner: { OwnerKey: "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b" } },
    ],
    ["a customer for its owner in type 1", { TransactionType: 1 }],
    ["two forms of owner", { TransactionOwner: { OwnerKey: "a", CustomerId: "999" } }],
    ["a UserCode beside a phone", { TransactionType: 1, TransactionOwner: { OwnerKey: "a", UserCode: "U" } }],
    ["an empty OwnerKey", { TransactionType: 1, TransactionOwner: { OwnerKey: "" } }],
    ["an OwnerKey that is too long", { TransactionType: 1, TransactionOwner: { OwnerKey: "x".repeat(65) } }],
    ["a CustomerId that is none", { TransactionOwner: { CustomerId: 9.5 } }],
    ["a UserCode that is none", { TransactionOwner: { CustomerId: "999", UserCode: "" } }],
    ["no content", { TransactionContent: undefined }],
    ["empty content", { TransactionContent: "" }],
    ["content of 65,537 bytes", { TransactionContent: "x".repeat(65_537) }],
    ["content of 65,538 bytes in fewer characters", { TransactionContent: "ü".repeat(32_769) }],
    ["content that is no text", { TransactionContent: { amount: 1 } }],
    ["no name", { TransactionName: undefined }],
    ["an empty name", { TransactionName: "" }],
    ["a name that is too long", { TransactionName: "x".repeat(129) }],
    ["a name that is too long in UTF-16", { TransactionName: "🙂".repeat(65) }],
    ["a name with a line in it", { TransactionName: "a\nb" }],
    ["no type", { TransactionType: undefined }],
    ["another type", { TransactionType: 3 }],
    ["a type as a text", { TransactionType: "2" }],
    ["no timeout", { TimeoutDuration: undefined }],
    ["no time", { TimeoutDuration: 0 }],
    ["too much time", { TimeoutDuration: 601 }],
    ["half a second", { TimeoutDuration: 0.5 }],
    ["a flag as a text", { CancelPendingTransactions: "true" }],
    ["another binding mode", { BindingMode: "code8" }],
  ])("with %s is invalid", async (_, changes) => {
    const { started } = await openWithPhone();
    expect(said(await started(startOf(changes)))).toBe(failed("StartTransaction", "28"));
  });

  test.each<readonly [string, Json]>([
    ["a CustomerId as an integer", { TransactionOwner: { CustomerId: 999 } }],
    [
      "nulls for what may be absent",
      {
        TransactionOwner: { CustomerId: 999, UserCode: null, OwnerKey: null },
        CancelPendingTransactions: null,
        BindingMode: null,
      },
    ],
    ["members that nobody knows", { Other: 1, TransactionOwner: { CustomerId: "999", Other: "x" } }],
    ["a name of 128 characters", { TransactionName: "ü".repeat(128) }],
    ["a second", { TimeoutDuration: 1 }],
    ["ten minutes", { TimeoutDuration: 600 }],
    ["content of 65,536 bytes", { TransactionContent: "x".repeat(65_536) }],
    ["content of 65,536 bytes in characters of four", { TransactionContent: "🙂".repeat(16_384) }],
  ])("with %s is served", async (_, changes) => {
    const { started } = await openWithPhone();
    expect(said(await started(startOf(changes)))).toMatch(/^200 /);
  });

  test("hands its content on as it is, to the byte", async () => {
    const { approvals, phone } = await openWithPhone();
    const TransactionContent = '{"amount":"10.50",\r\n\t"to":"ü 🙂 \u0000\u007f  "} ';
    const token = await start(approvals, { TransactionContent, TransactionName: " WebLogin " });
    const listed = await listedFor(approvals, phone, token);
    expect([listed.TransactionContent, listed.TransactionName]).toEqual([TransactionContent, " WebLogin "]);
    expect((await decide(approvals, phone, listed)).status).toBe(200);
  });

  test("is refused where no phone is active for exactly that customer, or not the one named", async () => {
    const { approvals, phone, started } = await openWithPhone();
    const refusal = failed("StartTransaction", "22");
    for (const owner of [{ CustomerId: "998" }, { CustomerId: "999", UserCode: "USER01" }, { CustomerId: "0999" }])
      expect(said(await started(startOf({ TransactionOwner: owner })))).toBe(refusal);
    await approvals.core("BlockDevice", { ...some(phone.ownerKey), Reason: "LOST" });
    expect(said(await started(startOf()))).toBe(refusal);
    expect(said(await started(startOf(ownedBy(phone))))).toBe(refusal);
    await approvals.core("UnblockDevice", { ...some(phone.ownerKey), Reason: "FOUND" });
    expect((await started(startOf(ownedBy(phone)))).status).toBe(200);
    expect((await started(startOf())).status).toBe(200);
  });
});

describe("a start that cancels", () => {
  test("approvals #17: leaves one waiting of two at once, and none of before", async () => {
    const { approvals, phone } = await openWithPhone();
    const before = await start(approvals);
    const both = await Promise.all([start(approvals, flag), start(approvals, flag)]);
    expect(await statusOf(approvals, before)).toBe(6);
    const statuses = [await statusOf(approvals, both[0]), await statusOf(approvals, both[1])];
    expect(statuses.toSorted()).toEqual([2, 6]);
    expect(await pendingOf(approvals, phone)).toHaveLength(1);
  });

  test("approvals #18: has cancelled what would have expired since, whoever looks first", async () => {
    const { approvals } = await openWithPhone();
    const { clock } = approvals.world;
    const token = await start(approvals, { TimeoutDuration: 60 });
    clock.advance(10 * SECOND_MS);
    await start(approvals, flag);
    clock.advance(60 * SECOND_MS);
    await start(approvals, flag);
    clock.advance(10 * SECOND_MS);
    expect(await statusOf(approvals, token)).toBe(6);
  });

  test("approvals #18: cancels nothing that had expired before", async () => {
    const { approvals } = await openWithPhone();
    const { clock } = approvals.world;
    const token = await start(approvals, { TimeoutDuration: 60 });
    const last = await start(approvals, { TimeoutDuration: 61 });
    clock.advance(60 * SECOND_MS);
    await start(approvals, flag);
    expect([await statusOf(approvals, token), await statusOf(approvals, last)]).toEqual([4, 6]);
  });

  test("cancels the same channel's for the same owner, and no other's", async () => {
    const { approvals, phone } = await openWithPhone();
    const other = await enrol(approvals);
    await enrol(approvals, { customer: { customerId: "998" } });
    const untouched = [
      await start(approvals, ownedBy(phone)),
      await start(approvals, ownedBy(other)),
      await start(approvals, { TransactionOwner: { CustomerId: "998" } }),
    ];
    const others = await start(approvals, {}, { by: ATM });
    const same = [await start(approvals, { TransactionName: "PAYMENT" }), await start(approvals)];
    const last = await start(approvals, flag);
    for (const token of same) expect(await statusOf(approvals, token)).toBe(6);
    for (const token of [...untouched, last]) expect(await statusOf(approvals, token)).toBe(2);
    expect(await statusOf(approvals, others, ATM)).toBe(2);
    await start(approvals, { ...ownedBy(phone), ...flag });
    const statuses = [];
    for (const token of [...untouched, last]) statuses.push(await statusOf(approvals, token));
    expect(statuses).toEqual([6, 2, 2, 2]);
  });

  test("is no reason for a phone to list or decide what it has cancelled", async () => {
    const { approvals, phone } = await openWithPhone();
    const listed = await listedFor(approvals, phone, await start(approvals));
    const next = await start(approvals, flag);
    expect((await pendingOf(approvals, phone)).map(({ TransactionToken }) => TransactionToken)).toEqual([next]);
    const answered = await decide(approvals, phone, listed);
    expect([answered.status, JSON.parse(answered.body).Status]).toEqual([409, 6]);
  });
});

describe("another channel", () => {
  test("approvals #20: neither sees, nor cancels, nor supersedes what is not its own", async () => {
    const { approvals, phone } = await openWithPhone();
    const token = await start(approvals, {}, { by: ATM });
    expect(said(await check(approvals, token, WEB))).toBe(failed("CheckTransactionApproval", "510"));
    expect(said(await cancel(approvals, token, WEB))).toBe(failed("CancelTransaction", "510 in Cancel"));
    await start(approvals, flag, { by: WEB });
    expect(await statusOf(approvals, token, ATM)).toBe(2);
    expect((await decide(approvals, phone, await listedFor(approvals, phone, token))).status).toBe(200);
    expect(said(await check(approvals, token, ATM))).toBe(succeeded('"Status":1'));
  });
});

describe("an Idempotency-Key", () => {
  const once = { headers: { "idempotency-key": "once" } };

  test("approvals #25: gives the same answer for the same body, and cancels nothing then", async () => {
    const { approvals, started } = await openWithPhone();
    const body = startOf({ ...flag, BindingMode: "code6" });
    const first = await started(body, once);
    const between = await start(approvals);
    const again = await started(body, once);
    expect(said(again)).toBe(said(first));
    expect(await statusOf(approvals, between)).toBe(2);
    expect(said(await started(startOf({ ...flag }), once))).toBe(failed("StartTransaction", "9409"));
    expect(said(await approvals.core("StartTransaction", `${JSON.stringify(body)} `, once))).toBe(
      failed("StartTransaction", "9409"),
    );
    const byAnother = await started(body, { ...once, by: ATM });
    expect(memberOf(byAnother, "TranscationToken")).not.toBe(memberOf(first, "TranscationToken"));
  });

  test("approvals #25: is remembered for a day, whatever has become of the transaction and its phone", async () => {
    const { approvals, phone, started } = await openWithPhone();
    const { clock } = approvals.world;
    const first = await started(startOf(), once);
    await approvals.core("RemoveDevice", { ...some(phone.ownerKey), Reason: "SOLD" });
    clock.advance(DAY_MS - 1);
    expect(said(await started(startOf(), once))).toBe(said(first));
    clock.advance(1);
    expect(said(await started(startOf(), once))).toBe(failed("StartTransaction", "22"));
    await enrol(approvals);
    expect(memberOf(await started(startOf({ TimeoutDuration: 9 }), once), "TranscationToken")).not.toBe(
      memberOf(first, "TranscationToken"),
    );
  });

  test("remembers successes only", async () => {
    const approvals = await openApprovals();
    const started = () => approvals.core("StartTransaction", startOf(), once);
    expect(said(await started())).toBe(failed("StartTransaction", "22"));
    await enrol(approvals);
    expect((await started()).status).toBe(200);
  });

  test("makes one transaction of two starts at once", async () => {
    const { approvals, phone, started } = await openWithPhone();
    const answers = await Promise.all([1, 2, 3, 4].map(() => started(startOf(), once)));
    expect(new Set(answers.map(said)).size).toBe(1);
    expect(await pendingOf(approvals, phone)).toHaveLength(1);
  });

  test.each(["", "a b", "ü", "x".repeat(256)])("cannot be %j", async (key) => {
    const { started } = await openWithPhone();
    const refusal = said(await started(startOf(), { headers: { "idempotency-key": key } }));
    expect(refusal).toBe(failed("StartTransaction", "28"));
  });

  test.each(["!", "~".repeat(255)])("can be %j", async (key) => {
    const { started } = await openWithPhone();
    expect((await started(startOf(), { headers: { "idempotency-key": key } })).status).toBe(200);
  });
});
