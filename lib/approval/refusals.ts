import { defineRefusals } from "#kernel/refusal";

/** Why an approval, a device or an identity does not do what was asked; in order of precedence. */
export const approvalRefusals = defineRefusals({
  DEVICE_INACTIVE: { retry: "changed", says: "The device is blocked or removed." },
  ACTIVATION_FAILED: {
    retry: "changed",
    says: "The activation code is wrong, used, too old or tried too often, or the identity is paused, locked or unknown. The caller is never told which.",
  },
  DEVICE_UNKNOWN: { retry: "changed", says: "There is no such device." },
  DEVICE_REMOVED: { retry: "never", says: "The device is removed for good." },
  DEVICE_KEY_TAKEN: { retry: "changed", says: "The key has been a device's before." },
  DEVICES_FULL: { retry: "changed", says: "The identity has as many devices as it may; remove one first." },
  IDENTITY_LOCKED: { retry: "changed", says: "Too many wrong activation codes: an administrator has to unlock." },
  LOGIN_CODE_INVALID: { retry: "never", says: "The login code is unknown, used, too old, or its device not active." },
  OWNER_UNKNOWN: { retry: "changed", says: "There is no such active device, or no active device of the identity." },
  WAITING_FULL: { retry: "later", says: "As many approvals as may are waiting for the identity." },
  APPROVAL_UNKNOWN: {
    retry: "never",
    says: "There is no such approval, or it is another client's, not for this device, or was never shown to it.",
  },
  APPROVAL_EXPIRED: { retry: "never", says: "The approval's time was over; `status` is the protocol's number." },
  APPROVAL_OVER: {
    retry: "never",
    says: "The approval has ended otherwise; `status` is the protocol's number of how.",
  },
  DECISION_REFUSED: {
    retry: "changed",
    says: "The decision's signature or binding code is wrong; the try is counted.",
  },
  CHANNEL_UNKNOWN: { retry: "changed", says: "There is no such channel." },
  IDENTITY_UNKNOWN: { retry: "changed", says: "There is no such identity." },
});
