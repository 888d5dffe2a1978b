/** approvals.md 1, 6: what callers hear while the table is throttled, contended or gone, or we have a bug; and that nothing is half done. */
import { describe, expect, test } from "vitest";
import { Fault, Outage, Refused, refuse } from "#kernel/refusal";
import { keyIn } from "#store/item";
import { MOST_SENDINGS } from "#store/sending";
import { kindOf } from "#store/table";
import { put, type Store } from "#store/write";
import type { FaultKind } from "../../../local/dynamodb/faults.ts";
import { type Approvals, openApprovals } from "../../support/approval.ts";
import type { Answered } from "../../support/desk.ts";
import { openEngineStore } from "../../support/engine.ts";
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
} from "../../support/enrolment.ts";
import { failed, type Method, refused, said, served, succeeded } from "../../support/envelope.ts";
import type { Listed, Phone } from "../../support/phone.ts";

interface Given {
  readonly approvals: Approvals;
  readonly phone: Phone;
  readonly otp: string;
  readonly loginCode: string;
  readonly listed: Listed;
}

const begin = async (approvals: Approvals): Promise<Given> => {
  const phone = await enrol(approvals);
  const token = await start(approvals);
  return {
    approvals,
    phone,
    otp: await issueCode(approvals),
    loginCode: memberOf(await approvals.device(phone, "login-otp"), "LoginOtp"),
    listed: await listedFor(approvals, phone, token),
  };
};

/** A desk with all that can be asked about, whose table then goes wrong. */
const openTroubled = async (wrong: Partial<Store>) => {
  const state = { isWrong: false };
  const approvals = await openApprovals((twin) => ({
    ...twin,
    read: (keys) => (state.isWrong && wrong.read ? wrong.read(keys) : twin.read(keys)),
    list: (range) => (state.isWrong && wrong.read ? wrong.read([]).then(() => ({ items: [] })) : twin.list(range)),
    commit: (writes, token) =>
      state.isWrong && wrong.commit ? wrong.commit(writes, token) : twin.commit(writes, token),
  }));
  const given = await begin(approvals);
  // Settings and polls of before are forgotten.
  approvals.world.clock.advance(4_000);
  const break_ = (): void => {
    state.isWrong = true;
  };
  const mend = (): void => {
    state.isWrong = false;
  };
  return { given, break_, mend };
};

const core =
  (method: Method, bodyOf: (given: Given) => object) =>
  (given: Given): Promise<Answered> =>
    given.approvals.core(method, { ...bodyOf(given) });
const device =
  (path: string, body: object = {}) =>
  ({ approvals, phone }: Given): Promise<Answered> =>
    approvals.device(phone, path, { ...body });
const named = ({ phone }: Given) => ({ OwnerKey: phone.ownerKey, Reason: "LOST" });
const asked = ({ listed }: Given) => ({ TransactionToken: listed.TransactionToken });

const coreCalls: Readonly<Partial<Record<Method, (given: Given) => Promise<Answered>>>> = {
  GetActivationOtp: core("GetActivationOtp", () => ({ CustomerId: "998" })),
  VerifyLoginOtp: core("VerifyLoginOtp", ({ loginCode }) => ({ LoginOtp: loginCode })),
  StartTransaction: core("StartTransaction", () => startOf()),
  CancelTransaction: core("CancelTransaction", asked),
  BlockDevice: core("BlockDevice", named),
  RemoveDevice: core("RemoveDevice", named),
};
const deviceCalls: Readonly<Record<string, (given: Given) => Promise<Answered>>> = {
  activations: ({ approvals, otp }) => approvals.activate(activationOf(approvals, otp)),
  "push-token": device("push-token", { PushPlatform: "fcm", PushToken: "t" }),
  "login-otp": device("login-otp"),
  respond: ({ approvals, phone, listed }) => decide(approvals, phone, listed),
  deactivate: device("deactivate"),
};

const fail = (error: Error) => async () => {
  throw error;
};

const troubles: readonly (readonly [string, Partial<Store>, "1" | "9429"])[] = [
  ["a table that throttles writes", { commit: async () => ({ done: false, otherwise: "throttled" }) }, "9429"],
  [
    "a table whose writes keep meeting others",
    { commit: async () => ({ done: false, otherwise: "conflict" }) },
    "9429",
  ],
  [
    "a table that throttles reads",
    { read: fail(new Refused(refuse("BUSY"))), commit: async () => ({ done: false, otherwise: "throttled" }) },
    "9429",
  ],
  ["a table that does not answer", { read: fail(new Outage("gone")), commit: fail(new Outage("gone")) }, "1"],
  ["a bug", { read: fail(new Fault("a bug")), commit: fail(new TypeError("a bug")) }, "1"],
];

const kept = ({ world }: Approvals) => world.twin.items().filter(({ pk }) => !String(pk).includes("#rate#"));

describe.each(troubles)("%s", (_, wrong, name) => {
  test.each(Object.entries(coreCalls) as [Method, (given: Given) => Promise<Answered>][])(
    "is no answer to %s: nothing is done",
    async (method, ask) => {
      const { given, break_, mend } = await openTroubled(wrong);
      const before = kept(given.approvals);
      break_();
      const answered = await ask(given);
      expect(said(answered)).toBe(failed(method, name));
      expect(answered.headers["retry-after"] !== undefined).toBe(name === "9429");
      expect(kept(given.approvals)).toEqual(before);
      mend();
      expect(said(await ask(given))).toMatch(/^200 .*"Success":true\}$/);
    },
  );

  test.each(Object.entries(deviceCalls))("is no answer to a phone's %s: nothing is done", async (path, ask) => {
    const { given, break_, mend } = await openTroubled(wrong);
    const before = kept(given.approvals);
    break_();
    const answered = await ask(given);
    expect(said(answered)).toBe(refused(name, given.approvals.world.clock.nowMs));
    expect(answered.headers["retry-after"] !== undefined).toBe(name === "9429");
    expect(kept(given.approvals)).toEqual(before);
    mend();
    expect([path, (await ask(given)).status]).toEqual([path, 200]);
  });
});

test("a check that cannot keep what it found does not tell it", async () => {
  const { given, break_, mend } = await openTroubled({ commit: fail(new Outage("gone")) });
  const { approvals, listed } = given;
  approvals.world.clock.nowMs = listed.ExpiresAt;
  break_();
  expect(said(await check(approvals, listed.TransactionToken))).toBe(failed("CheckTransactionApproval", "1"));
  mend();
  expect(said(await check(approvals, listed.TransactionToken))).toBe(succeeded('"Status":4'));
});

describe("on the embedded table", () => {
  const onTheEngine = async () => {
    const { store, engine } = await openEngineStore();
    const losing = { answersOf: "nothing" };
    const commit: Store["commit"] = (writes, token) => {
      // A try is reserved by a write of its own: the limiter's come between.
      if (writes.length === 1 && writes.some(({ key }) => kindOf(key) === losing.answersOf))
        engine.faults.next({ operation: "UpdateItem", kind: "timeoutAfter" });
      return store.commit(writes, token);
    };
    const approvals = await openApprovals(() => ({ ...store, commit }));
    for (const item of approvals.world.twin.items())
      await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
    const loseAnswersOf = (kind: string): void => {
      losing.answersOf = kind;
    };
    return { ...(await begin(approvals)), faults: engine.faults, loseAnswersOf };
  };

  const always = (kind: FaultKind) =>
    Array.from({ length: MOST_SENDINGS }, () => ({ operation: "TransactWriteItems", kind }));

  test("a start whose answer was lost, sent again with its key, is one transaction", async () => {
    const { approvals, faults } = await onTheEngine();
    const once = { headers: { "idempotency-key": "once" } };
    faults.next(...always("timeoutAfter"));
    expect((await approvals.core("StartTransaction", startOf(), once)).status).toBe(500);
    const answers = [
      await approvals.core("StartTransaction", startOf(), once),
      await approvals.core("StartTransaction", startOf(), once),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(said(answers[0] as Answered)).toBe(said(answers[1] as Answered));
  });

  test("a decision whose answer was lost is answered as it was", async () => {
    const { approvals, phone, listed, faults } = await onTheEngine();
    const now = approvals.world.clock.nowMs;
    faults.next(...always("timeoutAfter"));
    expect((await decide(approvals, phone, listed)).status).toBe(500);
    expect(said(await decide(approvals, phone, listed))).toBe(served(`"Status":1,"DecidedAt":${now}`, now));
    expect(await statusOf(approvals, listed.TransactionToken)).toBe(1);
  });

  test("an activation that did not hear that its try was counted goes on with it", async () => {
    const { approvals, otp, faults, loseAnswersOf } = await onTheEngine();
    loseAnswersOf("identity");
    expect(said(await approvals.activate(activationOf(approvals, otp)))).toMatch(/^200 .*"State":"ACTIVE"/);
    expect(faults.pending()).toEqual([]);
  });

  test("the fifth forged decision ends the transaction, whether or not it heard that its try was counted", async () => {
    const { approvals, phone, listed, faults, loseAnswersOf } = await onTheEngine();
    const now = approvals.world.clock.nowMs;
    const forged = { changes: { Signature: Buffer.alloc(64, 1).toString("base64") } };
    loseAnswersOf("approval");
    for (let nth = 0; nth < 5; nth++)
      expect(said(await decide(approvals, phone, listed, "approve", forged))).toBe(refused("9421", now));
    expect(faults.pending()).toEqual([]);
    expect(await statusOf(approvals, listed.TransactionToken)).toBe(3);
  });

  test.each<FaultKind>(["throttle", "timeoutBefore"])("a decision that met %s has not been made", async (kind) => {
    const { approvals, phone, listed, faults } = await onTheEngine();
    faults.next(...always(kind));
    expect((await decide(approvals, phone, listed)).status).toBeGreaterThanOrEqual(429);
    expect(await statusOf(approvals, listed.TransactionToken)).toBe(2);
    expect((await decide(approvals, phone, listed)).status).toBe(200);
  });
});
