/** The approval slice's calls that commit. */
import { expect } from "vitest";
import { digestOfIdentity, PAUSE_MS } from "#approval/identity";
import { HOUR_MS, SECOND_MS } from "#kernel/time";
import { identityKey } from "#store/keys/approval";
import { update } from "#store/write";
import { type Approvals, openApprovals } from "../../support/approval.ts";
import type { Answered } from "../../support/desk.ts";
import {
  ANN,
  activationOf,
  cancel,
  check,
  decide,
  enrol,
  issueCode,
  itemsOf,
  listedFor,
  memberOf,
  ownedBy,
  start,
  startOf,
} from "../../support/enrolment.ts";
import type { Method } from "../../support/envelope.ts";
import { storedStates, takeMuster } from "../../support/muster.ts";
import { type Listed, makeKey, type Phone, type PhoneKey } from "../../support/phone.ts";
import { PEPPER } from "../../support/ports.ts";
import type { Crash } from "./crash.ts";

/** What there is: a phone that has listed what waits, live codes, and a key that is not yet a phone's. */
interface Given {
  readonly phone: Phone;
  readonly listed: Listed;
  readonly loginCode: string;
  readonly otp: string;
  readonly key: PhoneKey;
}

type Act = (approvals: Approvals, given: Given) => Promise<Answered>;

interface Calls extends Pick<Crash, "again"> {
  readonly before?: (approvals: Approvals, given: Given) => Promise<unknown>;
  readonly asked: Act;
  readonly rival: Act;
  /** Expects what a repeated call has led to. */
  readonly conclude?: (approvals: Approvals, repeated: Answered, given: Given) => void;
}

const begin = async (approvals: Approvals): Promise<Given> => {
  const phone = await enrol(approvals);
  const listed = await listedFor(approvals, phone, await start(approvals));
  const loginCode = memberOf<string>(await approvals.device(phone, "login-otp"), "LoginOtp");
  const otp = await issueCode(approvals);
  approvals.world.clock.advance(4 * SECOND_MS);
  return { phone, listed, loginCode, otp, key: makeKey() };
};

const crash = (endpoint: string, act: string, { before, asked, rival, conclude, again }: Calls): Crash => ({
  endpoint: `approval/${endpoint}`,
  act,
  ...(again && { again }),
  open: async (replace) => {
    const approvals = await openApprovals(replace);
    const given = await begin(approvals);
    await before?.(approvals, given);
    return {
      world: approvals.world,
      ask: () => asked(approvals, given),
      rival: () => rival(approvals, given),
      overdueInMs: HOUR_MS,
      examine: async () => takeMuster(approvals),
      conclude: (repeated) => {
        expect(storedStates(approvals)).not.toContain("waiting");
        if (repeated) conclude?.(approvals, repeated, given);
      },
    };
  },
});

const core =
  (method: Method, bodyOf: (given: Given) => object, headers = {}): Act =>
  ({ core: ask }, given) =>
    ask(method, { ...bodyOf(given) }, { headers });
const device =
  (path: string, body: object = {}): Act =>
  (approvals, { phone }) =>
    approvals.device(phone, path, { ...body });
const started = (changes: object = {}, headers = {}): Act =>
  core("StartTransaction", () => startOf({ ...changes }), headers);
const moved = (method: Method, Reason = "LOST"): Act =>
  core(method, ({ phone }) => ({ OwnerKey: phone.ownerKey, Reason }));
const asCode: Act = core("VerifyLoginOtp", ({ loginCode }) => ({ LoginOtp: loginCode }));
const asDecided =
  (decision: "approve" | "reject"): Act =>
  (approvals, { phone, listed }) =>
    decide(approvals, phone, listed, decision);
const asCancelled: Act = (approvals, { listed }) => cancel(approvals, listed.TransactionToken);
/** Polls are few; the time between them is short beside all that can be overdue. */
const polled =
  (act: Act): Act =>
  (approvals, given) => {
    approvals.world.clock.advance(4 * SECOND_MS);
    return act(approvals, given);
  };

/** As after ten wrong codes and a quarter of an hour, where another code was issued just before. */
const rest = async ({ world: { ports } }: Approvals): Promise<void> => {
  const set = { fails: 10n, failsLeft: 0n, lastFailAtMs: BigInt(ports.clock() - PAUSE_MS) };
  await ports.store.commit([update(identityKey(digestOfIdentity(PEPPER, ANN)), { set })], ports.ids.uuid());
};

/** Nothing is alike in them but that both are done, or refused. */
const alike: Crash["again"] = (repeated, again) => expect(again.status).toBe(repeated.status);
const once = { "idempotency-key": "once" };

/** Each of them. */
export const approvalCrashes: readonly Crash[] = [
  crash("getActivationOtp", "another one", {
    asked: core("GetActivationOtp", () => ({ CustomerId: "999" })),
    rival: core("GetActivationOtp", () => ({ CustomerId: "998" })),
    again: alike,
  }),
  crash("activate", "by a right code, after a pause", {
    before: (approvals) => rest(approvals),
    asked: (approvals, { otp, key }) => approvals.activate(activationOf(approvals, otp, { key })),
    rival: (approvals, { otp }) => approvals.activate(activationOf(approvals, otp)),
    conclude: (approvals, repeated, { key }) => {
      expect([200, 401]).toContain(repeated.status);
      expect(itemsOf(approvals, "device").length).toBeLessThanOrEqual(2);
      const mine = itemsOf(approvals, "device").filter(({ publicKey }) => publicKey === key.spki);
      if (repeated.status === 200)
        expect(mine.map(({ ownerKey }) => ownerKey)).toEqual([JSON.parse(repeated.body).OwnerKey]);
    },
  }),
  crash("startTransaction", "a new one", {
    asked: started(),
    rival: started({ TransactionName: "OTHER" }),
    again: alike,
  }),
  crash("startTransaction", "with a key, that cancels", {
    asked: started({ CancelPendingTransactions: true }, once),
    rival: started({ CancelPendingTransactions: true }),
    conclude: (approvals, repeated) => {
      expect(repeated.status).toBe(200);
      const token = memberOf<string>(repeated, "TranscationToken");
      expect(itemsOf(approvals, "approval").filter((item) => item.token === token)).toHaveLength(1);
    },
  }),
  crash("checkTransactionApproval", "one that a start has cancelled", {
    before: started({ CancelPendingTransactions: true }),
    asked: polled((approvals, { listed }) => check(approvals, listed.TransactionToken)),
    rival: asDecided("approve"),
    conclude: (_, repeated) => expect(memberOf(repeated, "Status")).toBe(6),
  }),
  crash("cancelTransaction", "one that waits", {
    asked: asCancelled,
    rival: asDecided("approve"),
    conclude: (_, { body }) => expect([1, 4, 6]).toContain(JSON.parse(body).Status),
  }),
  crash("respond", "an approval", {
    asked: asDecided("approve"),
    rival: asDecided("reject"),
    conclude: (_, { body }) => expect([0, 1, 4]).toContain(JSON.parse(body).Status),
  }),
  crash("respond", "an approval that is cancelled meanwhile", {
    asked: asDecided("approve"),
    rival: asCancelled,
    conclude: (_, { body }) => expect([1, 4, 6]).toContain(JSON.parse(body).Status),
  }),
  crash("listPending", "for the first time", {
    before: (approvals, { phone }) => start(approvals, ownedBy(phone)),
    asked: polled(device("transactions/pending")),
    rival: asCancelled,
    again: (repeated, again) => expect(memberOf(again, "Transactions")).toEqual(memberOf(repeated, "Transactions")),
  }),
  crash("issueLoginOtp", "another one", { asked: device("login-otp"), rival: device("login-otp"), again: alike }),
  crash("verifyLoginOtp", "a live code", {
    asked: asCode,
    rival: asCode,
    // A code that was good once is good for nothing.
    again: (_, again) => expect(again.body).toContain('"ErrorCode":"29"'),
  }),
  crash("setPushToken", "a new one", {
    asked: device("push-token", { PushPlatform: "apns", PushToken: "mine" }),
    rival: device("push-token", { PushPlatform: "fcm", PushToken: "another" }),
  }),
  crash("blockDevice", "an active one", { asked: moved("BlockDevice"), rival: moved("RemoveDevice") }),
  crash("unblockDevice", "a blocked one", {
    before: moved("BlockDevice"),
    asked: moved("UnblockDevice", "FOUND"),
    rival: moved("RemoveDevice"),
  }),
  crash("removeDevice", "an active one", {
    before: (approvals, { phone }) => start(approvals, ownedBy(phone)),
    asked: moved("RemoveDevice"),
    rival: moved("BlockDevice"),
    conclude: (approvals) => expect(itemsOf(approvals, "device").map(({ state }) => state)).toEqual(["REMOVED"]),
  }),
  crash("deactivate", "itself", {
    before: (approvals, { phone }) => start(approvals, ownedBy(phone)),
    asked: device("deactivate"),
    rival: moved("BlockDevice"),
    again: (repeated, again) => {
      expect([200, 403]).toContain(repeated.status);
      expect(again.status).toBe(403);
    },
  }),
];
