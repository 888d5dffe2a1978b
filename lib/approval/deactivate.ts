/** approvals.md 4.2, /deactivate. */
import type { DeviceCaller } from "#approval/caller";
import { moveDevice } from "#approval/device.item";
import { recordEvent } from "#approval/event";
import type { Timed } from "#approval/reply";
import type { Ports } from "#ports";
import { decide } from "#store/decide";

/** What ListDevices tells of a device that has removed itself. */
const REASON = "DEACTIVATED";

/** Removes the device that asks, for good. */
export const deactivate = (_: unknown, ports: Ports, { device }: DeviceCaller): Promise<Timed> =>
  decide(ports, [], (_found, nowMs) => {
    const { ownerKey } = device;
    const event = { type: "device.removed", actor: ownerKey, subject: ownerKey, detail: { reason: REASON } } as const;
    const move = { to: "REMOVED", reason: REASON, nowMs, otherwise: "DEVICE_INACTIVE" } as const;
    return {
      say: { serverTimeMs: nowMs },
      writes: [...moveDevice(device, move), recordEvent(ports, event, nowMs)],
    };
  });
