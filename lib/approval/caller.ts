/** Who calls: a channel, which is an API client of the bank's; or a device, by what it signs (approvals.md 1, 4). */
import type { Device } from "#approval/device";

/** A bank's back end. Identities are shared by all of them, approvals are each one's own. */
export interface ChannelCaller {
  readonly client: string;
  /** Whether a login code's answer names whose it was (approvals.md 2.2). */
  readonly tellsIdentity: boolean;
}

/** A channel that starts an approval, and a digest of its request as it was sent. */
export interface StartCaller extends ChannelCaller {
  readonly body: string;
}

/** A device that has signed its request, and is active. */
export interface DeviceCaller {
  readonly device: Device;
}
