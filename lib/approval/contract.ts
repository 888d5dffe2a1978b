/** The endpoints of approvals that channels ask, as rows (approvals.md 2). */
import type { ChannelCaller, StartCaller } from "#approval/caller";
import { channelFor, digestOfBody } from "#approval/channel";
import { POLLS } from "#approval/limits";
import * as reply from "#approval/reply";
import { approvalIdOf } from "#approval/token";
import * as wire from "#approval/wire";
import type { ApprovalCode } from "#approval/words";
import * as words from "#approval/words";
import { basic } from "#edge/auth/basic";
import { contractOf, type Scheme, type WishLimit } from "#edge/contract";

const channelBasic: Scheme<ChannelCaller> = /* @__PURE__ */ basic("channelBasic", channelFor);

/** A start repeats where its bytes do, and nobody sees them but the edge. */
const channelBasicOfBytes: Scheme<StartCaller> = {
  ...channelBasic,
  authenticate: async (asked, ports) => ({
    ...(await channelBasic.authenticate(asked, ports)),
    body: await digestOfBody(ports, asked.body.bytes),
  }),
};

/** Another client's polls of a token are none of this one's. */
const perToken: WishLimit<wire.NameToken, ChannelCaller> = {
  per: "token that a channel polls",
  of: ({ token }, { client }) => `${client} ${token}`,
  ...POLLS,
};

const core = { auth: channelBasic, maxBodyBytes: wire.MAX_CORE_BYTES } as const;

/** 2.1. */
export const getActivationOtpContract = /* @__PURE__ */ contractOf(() => ({
  ...core,
  name: "approval/getActivationOtp",
  route: "POST /core/GetActivationOtp",
  summary: "Issues the code by which a customer's device is activated; the bank delivers it.",
  request: wire.ActivationOtpRequest,
  reply: reply.OtpReply,
  encode: reply.encodeOtp,
  dialect: words.sayNoOtp,
  mayRefuse: ["IDENTITY_LOCKED", "RATE_LIMITED"] satisfies ApprovalCode[],
  io: { reads: 1, commits: 1 },
}));

/** 2.2. */
export const verifyLoginOtpContract = /* @__PURE__ */ contractOf(() => ({
  ...core,
  name: "approval/verifyLoginOtp",
  route: "POST /core/VerifyLoginOtp",
  summary: "Tells whether a login code is an active device's own, once.",
  request: wire.LoginOtpRequest,
  reply: reply.LoginReply,
  encode: reply.encodeLogin,
  dialect: words.sayNoLogin,
  mayRefuse: ["LOGIN_CODE_INVALID"] satisfies ApprovalCode[],
  io: { reads: 2, commits: 1 },
}));

/** 2.3. */
export const startTransactionContract = /* @__PURE__ */ contractOf(() => ({
  ...core,
  auth: channelBasicOfBytes,
  name: "approval/startTransaction",
  route: "POST /core/StartTransaction",
  summary: "Asks a device, or any of an identity's, to confirm something.",
  parameters: wire.StartParameters,
  request: wire.StartRequest,
  reply: reply.StartReply,
  replays: true,
  encode: reply.encodeStarted,
  subject: (_, said) => said && approvalIdOf(said.token),
  dialect: words.sayNoStart,
  mayRefuse: ["KEY_REUSED", "OWNER_UNKNOWN", "WAITING_FULL"] satisfies ApprovalCode[],
  // For one device, which names its identity; for any, where a gateway wakes them: they are read for it after the commit.
  io: { reads: 2, commits: 1 },
}));

/** 2.4. */
export const checkTransactionApprovalContract = /* @__PURE__ */ contractOf(() => ({
  ...core,
  name: "approval/checkTransactionApproval",
  route: "POST /core/CheckTransactionApproval",
  summary: "Tells how an approval stands.",
  request: wire.TokenRequest,
  wishLimit: perToken,
  reply: reply.StatusReply,
  encode: reply.encodeStatus,
  subject: ({ token }) => approvalIdOf(token),
  dialect: words.sayNoCheck,
  mayRefuse: ["APPROVAL_UNKNOWN"] satisfies ApprovalCode[],
  io: { reads: 2, commits: 1 },
}));

/** 2.4. */
export const cancelTransactionContract = /* @__PURE__ */ contractOf(() => ({
  ...core,
  name: "approval/cancelTransaction",
  route: "POST /core/CancelTransaction",
  summary: "Cancels an approval that waits.",
  request: wire.TokenRequest,
  reply: reply.StatusReply,
  encode: reply.encodeStatus,
  subject: ({ token }) => approvalIdOf(token),
  dialect: words.sayNoCancel,
  mayRefuse: ["APPROVAL_UNKNOWN", "APPROVAL_OVER"] satisfies ApprovalCode[],
  io: { reads: 2, commits: 1 },
}));

/** 2.5. */
export const listDevicesContract = /* @__PURE__ */ contractOf(() => ({
  ...core,
  name: "approval/listDevices",
  route: "POST /core/ListDevices",
  summary: "Lists an identity's devices, oldest first, or shows one.",
  request: wire.DevicesRequest,
  reply: reply.DevicesReply,
  encode: reply.encodeDevices,
  dialect: words.sayNoDevices,
  mayRefuse: ["DEVICE_UNKNOWN"] satisfies ApprovalCode[],
  io: { reads: 2, commits: 0 },
}));

const change = {
  ...core,
  request: wire.DeviceChangeRequest,
  reply: reply.DeviceStateReply,
  encode: reply.encodeDeviceState,
  dialect: words.sayNoChange,
  io: { reads: 1, commits: 1 },
} as const;

/** 2.5. */
export const blockDeviceContract = /* @__PURE__ */ contractOf(() => ({
  ...change,
  name: "approval/blockDevice",
  route: "POST /core/BlockDevice",
  summary: "Blocks a device until it is unblocked.",
  mayRefuse: ["DEVICE_UNKNOWN", "DEVICE_REMOVED"] satisfies ApprovalCode[],
}));

/** 2.5. */
export const unblockDeviceContract = /* @__PURE__ */ contractOf(() => ({
  ...change,
  name: "approval/unblockDevice",
  route: "POST /core/UnblockDevice",
  summary: "Lets a blocked device act again.",
  mayRefuse: ["DEVICE_UNKNOWN", "DEVICE_REMOVED"] satisfies ApprovalCode[],
}));

/** 2.5. */
export const removeDeviceContract = /* @__PURE__ */ contractOf(() => ({
  ...change,
  name: "approval/removeDevice",
  route: "POST /core/RemoveDevice",
  summary: "Removes a device for good; what only it could approve is cancelled.",
  mayRefuse: ["DEVICE_UNKNOWN"] satisfies ApprovalCode[],
}));
