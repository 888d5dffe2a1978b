/** The endpoints of approvals, as rows: a channel's (approvals.md 2), then a device's (4). */
import { authenticateDevice } from "#approval/authenticateDevice";
import type { ChannelCaller, DeviceCaller, StartCaller } from "#approval/caller";
import { channelFor, digestOfBody } from "#approval/channel";
import * as device from "#approval/device.wire";
import * as reply from "#approval/reply";
import { approvalIdOf } from "#approval/token";
import * as wire from "#approval/wire";
import type { ApprovalCode } from "#approval/words";
import * as words from "#approval/words";
import { basic } from "#edge/auth/basic";
import { type Asked, contract, type Limit, type Scheme, type WishLimit } from "#edge/contract";

const channelBasic: Scheme<ChannelCaller> = /* @__PURE__ */ basic("channelBasic", channelFor);

/** A start repeats where its bytes do, and nobody sees them but the edge. */
const channelBasicOfBytes: Scheme<StartCaller> = {
  ...channelBasic,
  authenticate: async (asked, ports) => ({
    ...(await channelBasic.authenticate(asked, ports)),
    body: await digestOfBody(ports, asked.body.bytes),
  }),
};

/** No device is blocked for what others sign badly in its name; they are slowed down, where they are, whatever names they give (approvals.md 4). */
const badSignatures = [
  // Many phones may share an address: four whose apps go wrong do not hide each other.
  { per: "address that signs badly", by: ({ address }: Asked) => address, everyMs: 500, burst: 120 },
  {
    per: "address that signs badly for a device",
    by: ({ address, headers }: Asked) => `${address} ${headers["pf-owner-key"]}`,
    everyMs: 2_000,
    burst: 30,
  },
];

/** A device signs what it asks, and for this path alone. */
const signedFor = (path: string): Scheme<DeviceCaller> => ({
  name: "deviceSignature",
  openapi: [{ type: "apiKey", in: "header", name: "PF-Signature" }],
  io: { reads: 1, commits: 1 },
  failures: badSignatures,
  mayRefuse: ["UNAUTHENTICATED", "RATE_LIMITED", "DEVICE_INACTIVE"],
  authenticate: ({ headers, body }, ports) => authenticateDevice(ports, path, headers, body.bytes),
});

/** approvals.md 7: one poll in two seconds, two at once. */
const POLLS = { everyMs: 2_000, burst: 2 } as const;

/** `/status` and `/transactions/pending` share it. */
const perDevice: Limit<DeviceCaller> = { per: "device", by: (_, caller) => caller.device.ownerKey, ...POLLS };

/** Another client's polls of a token are none of this one's. */
const perToken: WishLimit<wire.NameToken, ChannelCaller> = {
  per: "token that a channel polls",
  of: ({ token }, { client }) => `${client} ${token}`,
  ...POLLS,
};

/** approvals.md 7: 30 a minute. */
const perAddress: Limit<undefined> = {
  per: "address that activates devices",
  by: ({ address }) => address,
  everyMs: 2_000,
  burst: 30,
};

const core = { auth: channelBasic, maxBodyBytes: wire.MAX_CORE_BYTES } as const;

/** 2.1. */
export const getActivationOtpContract = /* @__PURE__ */ contract({
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
});

/** 2.2. */
export const verifyLoginOtpContract = /* @__PURE__ */ contract({
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
});

/** 2.3. */
export const startTransactionContract = /* @__PURE__ */ contract({
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
});

/** 2.4. */
export const checkTransactionApprovalContract = /* @__PURE__ */ contract({
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
});

/** 2.4. */
export const cancelTransactionContract = /* @__PURE__ */ contract({
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
});

/** 2.5. */
export const listDevicesContract = /* @__PURE__ */ contract({
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
});

const change = {
  ...core,
  request: wire.DeviceChangeRequest,
  reply: reply.DeviceStateReply,
  encode: reply.encodeDeviceState,
  dialect: words.sayNoChange,
  io: { reads: 1, commits: 1 },
} as const;

/** 2.5. */
export const blockDeviceContract = /* @__PURE__ */ contract({
  ...change,
  name: "approval/blockDevice",
  route: "POST /core/BlockDevice",
  summary: "Blocks a device until it is unblocked.",
  mayRefuse: ["DEVICE_UNKNOWN", "DEVICE_REMOVED"] satisfies ApprovalCode[],
});

/** 2.5. */
export const unblockDeviceContract = /* @__PURE__ */ contract({
  ...change,
  name: "approval/unblockDevice",
  route: "POST /core/UnblockDevice",
  summary: "Lets a blocked device act again.",
  mayRefuse: ["DEVICE_UNKNOWN", "DEVICE_REMOVED"] satisfies ApprovalCode[],
});

/** 2.5. */
export const removeDeviceContract = /* @__PURE__ */ contract({
  ...change,
  name: "approval/removeDevice",
  route: "POST /core/RemoveDevice",
  summary: "Removes a device for good; what only it could approve is cancelled.",
  mayRefuse: ["DEVICE_UNKNOWN"] satisfies ApprovalCode[],
});

const toDevice = { dialect: words.sayToDevice, maxBodyBytes: device.MAX_DEVICE_BYTES } as const;
const signed = { ...toDevice, parameters: device.SignedHeaders } as const;

/** 4.1. */
export const activateContract = /* @__PURE__ */ contract({
  ...toDevice,
  name: "approval/activate",
  route: "POST /device/v1/activations",
  summary: "Activates a device, by the code that the bank has delivered and a proof of its key.",
  limit: perAddress,
  request: device.ActivationRequest,
  reply: reply.ActivationReply,
  encode: reply.encodeActivated,
  mayRefuse: ["UNAUTHENTICATED", "ACTIVATION_FAILED", "DEVICE_KEY_TAKEN", "DEVICES_FULL"] satisfies ApprovalCode[],
  io: { reads: 1, commits: 4 },
});

/** 4.2. */
export const statusContract = /* @__PURE__ */ contract({
  ...signed,
  name: "approval/status",
  route: "POST /device/v1/status",
  summary: "Tells a device how it stands, and how many approvals wait for it.",
  auth: /* @__PURE__ */ signedFor("/device/v1/status"),
  limit: perDevice,
  request: device.NothingRequest,
  reply: reply.DeviceStatusReply,
  encode: reply.encodeDeviceStatus,
  mayRefuse: [] satisfies ApprovalCode[],
  io: { reads: 1, commits: 0 },
});

/** 4.2. */
export const setPushTokenContract = /* @__PURE__ */ contract({
  ...signed,
  name: "approval/setPushToken",
  route: "POST /device/v1/push-token",
  summary: "Notes where a device is woken, or that it is not.",
  auth: /* @__PURE__ */ signedFor("/device/v1/push-token"),
  request: device.PushTokenRequest,
  reply: reply.TimeReply,
  encode: reply.encodeTime,
  mayRefuse: [] satisfies ApprovalCode[],
  io: { reads: 0, commits: 1 },
});

/** 4.2. */
export const deactivateContract = /* @__PURE__ */ contract({
  ...signed,
  name: "approval/deactivate",
  route: "POST /device/v1/deactivate",
  summary: "Removes the device that asks.",
  auth: /* @__PURE__ */ signedFor("/device/v1/deactivate"),
  request: device.NothingRequest,
  reply: reply.DeactivationReply,
  encode: reply.encodeDeactivated,
  mayRefuse: [] satisfies ApprovalCode[],
  io: { reads: 0, commits: 1 },
});

/** 4.2. */
export const issueLoginOtpContract = /* @__PURE__ */ contract({
  ...signed,
  name: "approval/issueLoginOtp",
  route: "POST /device/v1/login-otp",
  summary: "Issues a login code, which voids the device's one before.",
  auth: /* @__PURE__ */ signedFor("/device/v1/login-otp"),
  request: device.NothingRequest,
  reply: reply.LoginOtpReply,
  encode: reply.encodeLoginOtp,
  mayRefuse: [] satisfies ApprovalCode[],
  io: { reads: 0, commits: 1 },
});

/** 4.2. */
export const listPendingContract = /* @__PURE__ */ contract({
  ...signed,
  name: "approval/listPending",
  route: "POST /device/v1/transactions/pending",
  summary: "Lists what waits for the device's decision, oldest first.",
  auth: /* @__PURE__ */ signedFor("/device/v1/transactions/pending"),
  limit: perDevice,
  request: device.PendingRequest,
  reply: reply.PendingReply,
  encode: reply.encodePending,
  mayRefuse: [] satisfies ApprovalCode[],
  io: { reads: 2, commits: 1 },
});

/** 4.2. */
export const respondContract = /* @__PURE__ */ contract({
  ...signed,
  name: "approval/respond",
  route: "POST /device/v1/transactions/respond",
  summary: "Decides what was listed.",
  auth: /* @__PURE__ */ signedFor("/device/v1/transactions/respond"),
  request: device.RespondRequest,
  reply: reply.DecisionReply,
  encode: reply.encodeDecided,
  subject: ({ token }) => approvalIdOf(token),
  mayRefuse: ["APPROVAL_UNKNOWN", "APPROVAL_EXPIRED", "APPROVAL_OVER", "DECISION_REFUSED"] satisfies ApprovalCode[],
  io: { reads: 2, commits: 2 },
});
