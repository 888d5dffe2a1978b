/** Everything that channels may be asked about codes and phones, done or refused, once each. */
import { switchChannel } from "#approval/channel";
import { digestOfIdentity } from "#approval/identity";
import { keyOfClient } from "#party/client";
import { identityKey } from "#store/keys/approval";
import { update } from "#store/write";
import { WEB } from "../approval.ts";
import { ANN, issueCode } from "../enrolment.ts";
import type { Method } from "../envelope.ts";
import { PEPPER } from "../ports.ts";
import { type Asked, ask, BEA, costing, everywhere, lost, nobodys, type Rows, setting } from "./approvalSetting.ts";
import { scenariosIn } from "./scenario.ts";

/** As after a hundred wrong codes. */
const lock: Asked = async ({ world: { ports } }) => {
  const key = identityKey(digestOfIdentity(PEPPER, BEA));
  const write = update(key, { set: { fails: 100n, failsLeft: 0n, lastFailAtMs: BigInt(ports.clock()) } });
  await ports.store.commit([write], ports.ids.uuid());
};

const codes: Rows = [
  ...everywhere("GetActivationOtp"),
  { act: "a first one", asked: ask("GetActivationOtp", () => ({ CustomerId: "997" })), cost: costing(1, 1) },
  { act: "another one", asked: ask("GetActivationOtp", () => ({ CustomerId: BEA.customerId })), cost: costing(1, 1) },
  {
    act: "of a locked identity",
    before: lock,
    asked: ask("GetActivationOtp", () => ({ CustomerId: BEA.customerId })),
    cost: costing(1, 0, "IDENTITY_LOCKED"),
  },
  {
    act: "one too many",
    before: async (approvals) => {
      for (let nth = 1; nth < 5; nth++) await issueCode(approvals, BEA);
    },
    asked: ask("GetActivationOtp", () => ({ CustomerId: BEA.customerId })),
    cost: costing(1, 0, "RATE_LIMITED"),
  },
];

/** The channel is told whose login code it was. */
const tellIdentity: Asked = async ({ world, core }) => {
  const { ports } = world;
  const client = { id: WEB.id };
  const [item = {}] = await ports.store.read([keyOfClient({ protocol: "approval", ...client })]);
  const switched = switchChannel(client, item, { isEnabled: true, tellsIdentity: true });
  await ports.store.commit([switched], ports.ids.uuid());
  world.clock.advance(1_001);
  await core("ListDevices", nobodys);
};

const logins: Rows = [
  ...everywhere("VerifyLoginOtp"),
  {
    act: "a live code",
    asked: ask("VerifyLoginOtp", ({ loginCode }) => ({ LoginOtp: loginCode })),
    cost: costing(1, 1),
  },
  {
    act: "a live code, of a channel that is told whose",
    before: tellIdentity,
    asked: ask("VerifyLoginOtp", ({ loginCode }) => ({ LoginOtp: loginCode })),
    cost: costing(2, 1),
  },
  {
    act: "a used code",
    before: ask("VerifyLoginOtp", ({ loginCode }) => ({ LoginOtp: loginCode })),
    asked: ask("VerifyLoginOtp", ({ loginCode }) => ({ LoginOtp: loginCode })),
    cost: costing(1, 0, "LOGIN_CODE_INVALID"),
  },
  {
    act: "nobody's code",
    asked: ask("VerifyLoginOtp", () => ({ LoginOtp: "6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b" })),
    cost: costing(1, 0, "LOGIN_CODE_INVALID"),
  },
];

const lists: Rows = [
  ...everywhere("ListDevices"),
  { act: "a customer's", asked: ask("ListDevices", () => ({ CustomerId: ANN.customerId })), cost: costing(2, 0) },
  { act: "one", asked: ask("ListDevices", ({ phone }) => ({ OwnerKey: phone.ownerKey })), cost: costing(1, 0) },
  { act: "nobody's phone", asked: ask("ListDevices", () => nobodys), cost: costing(1, 0, "DEVICE_UNKNOWN") },
];

/** What a method that changes a phone's state is asked; `before` brings it into another state. */
const changes = (method: Method, before?: Asked): Rows => [
  ...everywhere(method),
  { act: "another state", ...(before && { before }), asked: ask(method, lost), cost: costing(1, 1) },
  {
    act: "the same state",
    before: async (approvals, given) => {
      await before?.(approvals, given);
      await ask(method, lost)(approvals, given);
    },
    asked: ask(method, lost),
    cost: costing(1, 0),
  },
  {
    act: "of nobody's phone",
    asked: ask(method, () => ({ ...nobodys, Reason: "LOST" })),
    cost: costing(1, 0, "DEVICE_UNKNOWN"),
  },
];

/** One that was removed comes back by nothing. */
const removed = (method: Method): Rows => [
  {
    act: "of one that was removed",
    before: ask("RemoveDevice", lost),
    asked: ask(method, lost),
    cost: costing(1, 0, "DEVICE_REMOVED"),
  },
];

/** What channels may ask of codes and phones. */
export const channelScenarios = scenariosIn(setting, [
  ...codes.map((row) => ({ endpoint: "approval/getActivationOtp", ...row })),
  ...logins.map((row) => ({ endpoint: "approval/verifyLoginOtp", ...row })),
  ...lists.map((row) => ({ endpoint: "approval/listDevices", ...row })),
  ...[...changes("BlockDevice"), ...removed("BlockDevice")].map((row) => ({
    endpoint: "approval/blockDevice",
    ...row,
  })),
  ...[...changes("UnblockDevice", ask("BlockDevice", lost)), ...removed("UnblockDevice")].map((row) => ({
    endpoint: "approval/unblockDevice",
    ...row,
  })),
  ...changes("RemoveDevice").map((row) => ({ endpoint: "approval/removeDevice", ...row })),
]);
