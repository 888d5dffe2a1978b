/** The endpoints of approvals that devices ask, as rows (approvals.md 4). */
import { authenticateDevice } from "#approval/authenticateDevice";
import type { DeviceCaller } from "#approval/caller";
import * as device from "#approval/device.wire";
import { POLLS } from "#approval/limits";
import * as reply from "#approval/reply";
import { approvalIdOf } from "#approval/token";
import type { ApprovalCode } from "#approval/words";
import * as words from "#approval/words";
import { type Asked, contractOf, type Limit, type Scheme } from "#edge/contract";

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

/** `/status` and `/transactions/pending` share it. */
const perDevice: Limit<DeviceCaller> = { per: "device", by: (_, caller) => caller.device.ownerKey, ...POLLS };

/** approvals.md 7: 30 a minute. */
const perAddress: Limit<undefined> = {
  per: "address that activates devices",
  by: ({ address }) => address,
  everyMs: 2_000,
  burst: 30,
};

const toDevice = { dialect: words.sayToDevice, maxBodyBytes: device.MAX_DEVICE_BYTES } as const;
const signed = { ...toDevice, parameters: device.SignedHeaders } as const;

/** 4.1. */
export const activateContract = /* @__PURE__ */ contractOf(() => ({
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
}));

/** 4.2. */
export const statusContract = /* @__PURE__ */ contractOf(() => ({
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
}));

/** 4.2. */
export const setPushTokenContract = /* @__PURE__ */ contractOf(() => ({
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
}));

/** 4.2. */
export const deactivateContract = /* @__PURE__ */ contractOf(() => ({
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
}));

/** 4.2. */
export const issueLoginOtpContract = /* @__PURE__ */ contractOf(() => ({
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
}));

/** 4.2. */
export const listPendingContract = /* @__PURE__ */ contractOf(() => ({
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
}));

/** 4.2. */
export const respondContract = /* @__PURE__ */ contractOf(() => ({
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
}));
