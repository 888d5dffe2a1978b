/** Everything that a phone may ask, done or refused, once each; its signature costs a reading and a nonce, on top of what its contract states. */

import { digestOfIdentity, PAUSE_MS } from "#approval/identity";
import { approvalIdOf } from "#approval/token";
import { MINUTE_MS } from "#kernel/time";
import { approvalContentKey, identityKey } from "#store/keys/approval";
import { update } from "#store/write";
import type { Json } from "../approval.ts";
import { activationOf, cancel, decide, enrol, issueCode, start, wrongCode } from "../enrolment.ts";
import { runJob } from "../handlers.ts";
import { type Decision, makeKey, type Phone } from "../phone.ts";
import { PEPPER } from "../ports.ts";
import { type Asked, BEA, costing, expire, type Rows, setting, warm } from "./approvalSetting.ts";
import { scenariosIn } from "./scenario.ts";

/** What a contract states, and the scheme's part. */
const signed = (reads: number, commits: number, refusal?: string) => costing(reads + 1, commits + 1, refusal);

const ask =
  (path: string, body: Json = {}): Asked =>
  ({ device }, { phone }) =>
    device(phone, path, body);

/** As many as one address may sign badly for a phone at once, and whom with. */
const MOST_BADLY_SIGNED = 30;
const STRANGER = makeKey();

/** What every signed call is refused for. */
const everywhere = (path: string): Rows => [
  { act: "unsigned", asked: ({ call }) => call(`POST /device/v1/${path}`), cost: costing(0, 0, "UNAUTHENTICATED") },
  {
    act: "signed by another key",
    asked: ({ device }, { phone }) => device({ ...phone, key: makeKey() }, path),
    cost: costing(1, 0, "UNAUTHENTICATED"),
  },
  {
    act: "signed by another key, too often",
    before: async ({ device }, { phone }) => {
      for (let nth = 0; nth < MOST_BADLY_SIGNED; nth++) await device({ ...phone, key: STRANGER }, path);
    },
    asked: ({ device }, { phone }) => device({ ...phone, key: STRANGER }, path),
    cost: { reads: 1, commits: 0, refusal: "RATE_LIMITED" },
  },
  {
    act: "of a blocked phone",
    before: ({ core }, { phone }) => core("BlockDevice", { OwnerKey: phone.ownerKey, Reason: "LOST" }),
    asked: ask(path),
    cost: costing(1, 0, "DEVICE_INACTIVE"),
  },
  {
    act: "an unreadable one",
    asked: ({ device }, { phone }) => device(phone, path, "{"),
    cost: signed(0, 0, "MALFORMED"),
  },
];

/** The phone was last seen a while ago, which is noted anew; settings are warm again. */
const rest: Asked = async (approvals) => {
  approvals.world.clock.advance(5 * MINUTE_MS);
  await warm(approvals);
};

/** The content is not what it was. */
const spoil: Asked = async ({ world: { ports } }, { listed: { TransactionToken } }) => {
  const write = update(approvalContentKey(approvalIdOf(TransactionToken)), { set: { content: "ANOTHER" } });
  await ports.store.commit([write], ports.ids.uuid());
};

/** The phone's polls are used up. */
const polled: Asked = async ({ device }, { phone }) => {
  for (const _ of ["first", "second"]) await device(phone, "status");
};

/** A code, and a key, that two activations show. */
const KNOWN = "042317";
const SECOND = makeKey();

/** As after ten wrong codes and a quarter of an hour, where another code was issued just before. */
const pause: Asked = async ({ world: { ports } }) => {
  const key = identityKey(digestOfIdentity(PEPPER, BEA));
  const set = { fails: 10n, failsLeft: 0n, lastFailAtMs: BigInt(ports.clock() - PAUSE_MS) };
  await ports.store.commit([update(key, { set })], ports.ids.uuid());
};

const activations: Rows = [
  {
    act: "a right code",
    asked: (approvals, { otp }) => approvals.activate(activationOf(approvals, otp, { customer: BEA })),
    cost: costing(1, 2),
  },
  {
    act: "a repeated one",
    before: (approvals, { otp }) => approvals.activate(activationOf(approvals, otp, { customer: BEA, key: SECOND })),
    asked: (approvals, { otp }) => approvals.activate(activationOf(approvals, otp, { customer: BEA, key: SECOND })),
    cost: costing(1, 1),
  },
  {
    act: "a wrong code",
    asked: (approvals, { otp }) => approvals.activate(activationOf(approvals, wrongCode(otp), { customer: BEA })),
    cost: costing(0, 1, "ACTIVATION_FAILED"),
  },
  {
    act: "nobody's code",
    asked: (approvals) => approvals.activate(activationOf(approvals, "123456", { customer: { customerId: "997" } })),
    cost: costing(0, 1, "ACTIVATION_FAILED"),
  },
  {
    act: "a key that is a phone's",
    asked: (approvals, { otp, phone }) =>
      approvals.activate(activationOf(approvals, otp, { customer: BEA, key: phone.key })),
    cost: costing(1, 2, "DEVICE_KEY_TAKEN"),
  },
  {
    act: "a sixth phone",
    before: async (approvals, { otp }) => {
      await enrol(approvals, { customer: BEA, otp });
      for (let nth = 1; nth < 4; nth++) await enrol(approvals, { customer: BEA });
      approvals.world.clock.advance(900_000);
      await enrol(approvals, { customer: BEA });
      // The test's chance counts: the next code is known.
      Object.assign(approvals.world.ports.ids, { digits: () => KNOWN });
      await issueCode(approvals, BEA);
    },
    asked: (approvals) => approvals.activate(activationOf(approvals, KNOWN, { customer: BEA })),
    cost: costing(1, 1, "DEVICES_FULL"),
  },
  {
    act: "a right code, after a pause",
    before: pause,
    asked: (approvals, { otp }) => approvals.activate(activationOf(approvals, otp, { customer: BEA })),
    cost: costing(1, 4),
  },
  {
    act: "a proof of something else",
    asked: (approvals, { otp }) =>
      approvals.activate(activationOf(approvals, otp, { customer: BEA, changes: { Otp: wrongCode(otp) } })),
    cost: costing(0, 0, "UNAUTHENTICATED"),
  },
  { act: "an unreadable one", asked: ({ activate }) => activate({}), cost: costing(0, 0, "MALFORMED") },
  {
    act: "one too many",
    before: async ({ activate }) => {
      for (let nth = 0; nth < 30; nth++) await activate({}, "192.0.2.1");
    },
    asked: ({ activate }) => activate({}, "192.0.2.1"),
    cost: costing(0, 0, "RATE_LIMITED"),
  },
];

const statuses: Rows = [
  ...everywhere("status"),
  { act: "its own", asked: ask("status"), cost: signed(1, 0) },
  { act: "its own, first in a while", before: rest, asked: ask("status"), cost: signed(1, 0) },
  { act: "one too many", before: polled, asked: ask("status"), cost: signed(0, 0, "RATE_LIMITED") },
];

const pushes: Rows = [
  ...everywhere("push-token"),
  { act: "a token", asked: ask("push-token", { PushPlatform: "apns", PushToken: "t" }), cost: signed(0, 1) },
  { act: "none", asked: ask("push-token"), cost: signed(0, 1) },
];

const logins: Rows = [...everywhere("login-otp"), { act: "another code", asked: ask("login-otp"), cost: signed(0, 1) }];

const ends: Rows = [...everywhere("deactivate"), { act: "itself", asked: ask("deactivate"), cost: signed(0, 1) }];

const lists: Rows = [
  ...everywhere("transactions/pending"),
  { act: "what was listed", asked: ask("transactions/pending"), cost: signed(2, 0) },
  { act: "what was listed, first in a while", before: rest, asked: ask("transactions/pending"), cost: signed(2, 0) },
  { act: "what cannot be shown", before: spoil, asked: ask("transactions/pending"), cost: signed(2, 1) },
  {
    act: "what is new",
    before: async (approvals) => {
      for (const _ of ["first", "second"]) await start(approvals);
    },
    asked: ask("transactions/pending"),
    cost: signed(2, 1),
  },
  {
    act: "nothing",
    before: async (approvals, { listed, own }) => {
      for (const token of [listed.TransactionToken, own]) await cancel(approvals, token);
    },
    asked: ask("transactions/pending"),
    cost: signed(1, 0),
  },
  { act: "one too many", before: polled, asked: ask("transactions/pending"), cost: signed(0, 0, "RATE_LIMITED") },
];

const deciding =
  (decision: Decision, by: (phone: Phone) => Phone = (phone) => phone): Asked =>
  (approvals, { phone, listed }) =>
    decide(approvals, by(phone), listed, decision);
const FORGED = { Signature: Buffer.alloc(64, 1).toString("base64") };
const forging: Asked = (approvals, { phone, listed }) =>
  decide(approvals, phone, listed, "approve", { changes: FORGED });

const decisions: Rows = [
  ...everywhere("transactions/respond"),
  { act: "an approval", asked: deciding("approve"), cost: signed(2, 2) },
  { act: "an approval, first in a while", before: rest, asked: deciding("approve"), cost: signed(2, 2) },
  { act: "a rejection", asked: deciding("reject"), cost: signed(2, 2) },
  { act: "a repeated one", before: deciding("approve"), asked: deciding("approve"), cost: signed(1, 0) },
  {
    act: "another one",
    before: deciding("approve"),
    asked: deciding("reject"),
    cost: signed(1, 0, "APPROVAL_OVER"),
  },
  { act: "a forged one", asked: forging, cost: signed(2, 2, "DECISION_REFUSED") },
  {
    act: "the fifth forged one",
    before: async (approvals, given) => {
      for (let nth = 1; nth < 5; nth++) await forging(approvals, given);
    },
    asked: forging,
    cost: signed(2, 2, "DECISION_REFUSED"),
  },
  {
    act: "one too late",
    before: expire,
    asked: deciding("approve"),
    cost: signed(2, 1, "APPROVAL_EXPIRED"),
  },
  {
    act: "fraud, too late",
    before: deciding("approve"),
    asked: deciding("fraud"),
    cost: signed(1, 1, "APPROVAL_OVER"),
  },
  {
    act: "of what was never listed",
    asked: (approvals, { phone, listed }) =>
      decide(approvals, phone, { ...listed, TransactionToken: "AAECAwQFBgcICQoLDA0ODw==" }),
    cost: signed(1, 0, "APPROVAL_UNKNOWN"),
  },
];

/** What phones may ask. */
export const deviceScenarios = scenariosIn(setting, [
  ...activations.map((row) => ({ endpoint: "approval/activate", ...row })),
  ...statuses.map((row) => ({ endpoint: "approval/status", ...row })),
  ...pushes.map((row) => ({ endpoint: "approval/setPushToken", ...row })),
  ...logins.map((row) => ({ endpoint: "approval/issueLoginOtp", ...row })),
  ...ends.map((row) => ({ endpoint: "approval/deactivate", ...row })),
  ...lists.map((row) => ({ endpoint: "approval/listPending", ...row })),
  ...decisions.map((row) => ({ endpoint: "approval/respond", ...row })),
]);

const sweep: Asked = ({ world }) => runJob("sweep/expireDue", world.ports);

/** What the clock does to the slice's items: a sweep lists 16 shards. */
export const approvalJobs = scenariosIn(setting, [
  {
    endpoint: "sweep/expireDue",
    act: "overdue approvals, one of which is a phone's own",
    before: expire,
    asked: sweep,
    cost: costing(16 + 2 * 2, 2),
  },
]);
