/** approvals.md 2.5. */
import type { ChannelCaller } from "#approval/caller";
import { type Changed, changeDevice } from "#approval/changeDevice";
import type { ChangeDevice } from "#approval/wire";
import type { Ports } from "#ports";

/** Removes a device for good. */
export const removeDevice = (wish: ChangeDevice, ports: Ports, caller: ChannelCaller): Promise<Changed> =>
  changeDevice(wish, "REMOVED", ports, caller);
