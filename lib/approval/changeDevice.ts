/** How a channel changes a device's state (approvals.md 2.5). */
import type { ChannelCaller } from "#approval/caller";
import type { DeviceState } from "#approval/device";
import { deviceOf, moveDevice } from "#approval/device.item";
import { type EventType, recordEvent } from "#approval/event";
import { isOwnerKey } from "#approval/fields";
import type { ChangeDevice } from "#approval/wire";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { deviceKey } from "#store/keys/approval";

/** What a device is now. */
export interface Changed {
  readonly state: DeviceState;
}

const types = {
  ACTIVE: "device.unblocked",
  BLOCKED: "device.blocked",
  REMOVED: "device.removed",
} as const satisfies Record<DeviceState, EventType>;

/** Brings a device into a state, and leaves one that is there as it is; what is removed stays so. */
export const changeDevice = async (
  { ownerKey, reason }: ChangeDevice,
  to: DeviceState,
  ports: Ports,
  { client: actor }: ChannelCaller,
): Promise<Changed> => {
  if (!isOwnerKey(ownerKey)) throw new Refused(refuse("DEVICE_UNKNOWN"));
  return decide(ports, [deviceKey(ownerKey)], ([found], nowMs): Verdict<Changed> => {
    const device = found && deviceOf(found);
    if (device === undefined) return deny("DEVICE_UNKNOWN");
    if (device.state === to) return say({ state: to });
    if (device.state === "REMOVED") return deny("DEVICE_REMOVED");
    const event = { type: types[to], actor, subject: ownerKey, detail: { reason } };
    return {
      say: { state: to },
      writes: [...moveDevice(device, { to, reason, nowMs }), recordEvent(ports, event, nowMs)],
    };
  });
};
