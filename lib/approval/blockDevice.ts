/** approvals.md 2.5. */
import type { ChannelCaller } from "#approval/caller";
import { type Changed, changeDevice } from "#approval/changeDevice";
import type { ChangeDevice } from "#approval/wire";
import type { Ports } from "#ports";

/** Blocks a device until it is unblocked. */
export const blockDevice = (wish: ChangeDevice, ports: Ports, caller: ChannelCaller): Promise<Changed> =>
  changeDevice(wish, "BLOCKED", ports, caller);
