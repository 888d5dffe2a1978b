/** approvals.md 2.5. */
import type { Device } from "#approval/device";
import { devicesOf, readDevices } from "#approval/devices";
import { isOwnerKey } from "#approval/fields";
import { digestOfIdentity } from "#approval/identity";
import type { FindDevices } from "#approval/wire";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";

/** Lists an identity's devices, the oldest first, or shows the one that is named. */
export const listDevices = async (wish: FindDevices, ports: Ports): Promise<readonly Device[]> => {
  if (!("ownerKey" in wish)) {
    const { pepper } = await ports.secrets();
    return devicesOf(ports, digestOfIdentity(pepper, wish));
  }
  const devices = isOwnerKey(wish.ownerKey) ? await readDevices(ports, [wish.ownerKey]) : [];
  if (devices.length === 0) throw new Refused(refuse("DEVICE_UNKNOWN"));
  return devices;
};
