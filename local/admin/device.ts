/** What an operator sees of devices of approvals, and does to one that must not wait for its bank (approvals.md 2.5). */
import { CHANNELS_OWNER } from "#approval/channel";
import type { Device } from "#approval/device";
import { deviceOf, moveDevice } from "#approval/device.item";
import { devicesOf } from "#approval/devices";
import { recordEvent } from "#approval/event";
import { digestOfIdentity, type Named } from "#approval/identity";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { deviceKey } from "#store/keys/approval";

/** A device after a change; `changed` is false where it was so already and nothing was written. */
export interface ChangedDevice {
  readonly device: Device;
  readonly changed: boolean;
}

/** A device, why it is changed, as its bank is told it, and who acts. */
export interface DeviceWish {
  readonly device: string;
  readonly reason: string;
  readonly actor: string;
}

/** An identity's devices, oldest first, removed ones too. */
export const listDevices = async (ports: Ports, named: Named): Promise<readonly Device[]> =>
  devicesOf(ports, digestOfIdentity((await ports.secrets()).pepper, named));

const types = { ACTIVE: "device.unblocked", BLOCKED: "device.blocked" } as const;

/** Two audits tell of it: that of the device, as if a channel had done it, and that of what operators do. */
const change = (
  ports: Ports,
  { device: ownerKey, reason, actor }: DeviceWish,
  to: keyof typeof types,
): Promise<ChangedDevice> =>
  decide(ports, [deviceKey(ownerKey)], ([found], atMs): Verdict<ChangedDevice> => {
    const before = found && deviceOf(found);
    if (before === undefined) return deny("DEVICE_UNKNOWN");
    if (before.state === to) return say({ device: before, changed: false });
    if (before.state === "REMOVED") return deny("DEVICE_REMOVED");
    const event = { type: types[to], actor, subject: ownerKey, detail: { reason } };
    return {
      say: { device: { ...before, state: to, reason }, changed: true },
      writes: [
        ...moveDevice(before, { to, reason, nowMs: atMs }),
        recordEvent(ports, event, atMs),
        record({ id: ports.ids.uuid(), owner: CHANNELS_OWNER, atMs, ...event }),
      ],
    };
  });

/** Blocks a device until it is unblocked, by whomever; refuses DEVICE_UNKNOWN, DEVICE_REMOVED. */
export const blockDevice = (ports: Ports, wish: DeviceWish): Promise<ChangedDevice> => change(ports, wish, "BLOCKED");

/** Lets a blocked device act again, whoever has blocked it; refuses DEVICE_UNKNOWN, DEVICE_REMOVED. */
export const unblockDevice = (ports: Ports, wish: DeviceWish): Promise<ChangedDevice> => change(ports, wish, "ACTIVE");
