/** approvals.md 2.5. */
import type { ChannelCaller } from "#approval/caller";
import { type Changed, changeDevice } from "#approval/changeDevice";
import type { ChangeDevice } from "#approval/wire";
import type { Ports } from "#ports";

/** Lets a blocked device act again. */
export const unblockDevice = (wish: ChangeDevice, ports: Ports, caller: ChannelCaller): Promise<Changed> =>
  changeDevice(wish, "ACTIVE", ports, caller);
