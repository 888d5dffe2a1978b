/** Which devices there are. */
import type { Device } from "#approval/device";
import { deviceOf } from "#approval/device.item";
import { identityOf } from "#approval/identity.item";
import { bounds } from "#approval/limits";
import type { Ports } from "#ports";
import { textIn } from "#store/field";
import { deviceKey, identityWithPointers } from "#store/keys/approval";

/** How many are shown at once: no more than one reading may ask for. */
const MOST_SHOWN = 100;

type Reading = Pick<Ports, "store">;

/** Devices by their OwnerKeys, the oldest first; fewer where there is no such. */
export const readDevices = async ({ store }: Reading, ownerKeys: readonly string[]): Promise<readonly Device[]> => {
  if (ownerKeys.length === 0) return [];
  const items = await store.read(ownerKeys.map(deviceKey));
  const devices = items.flatMap((item) => (item === undefined ? [] : [deviceOf(item)]));
  return devices.toSorted((one, other) => Number(one.seq - other.seq));
};

/** An identity's devices, the oldest first: all that are in use, and the latest of those that are removed, 100 together. */
export const devicesOf = async ({ store }: Reading, identity: string): Promise<readonly Device[]> => {
  // The identity comes first, then its latest pointers; what is in use may be older than all of those.
  const limit = 1 + MOST_SHOWN - bounds.devices.most;
  const { items } = await store.list({ ...identityWithPointers(identity), newestFirst: true, limit });
  const [found, ...pointers] = items;
  if (found === undefined) return [];
  const latest = pointers.map((item) => textIn(item, "ownerKey"));
  return readDevices({ store }, [...new Set([...identityOf(identity, found).inUse, ...latest])]);
};
