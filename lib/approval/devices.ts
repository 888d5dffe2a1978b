/** Which devices there are. */
import type { Device } from "#approval/device";
import { deviceOf } from "#approval/device.item";
import type { Ports } from "#ports";
import { textIn } from "#store/field";
import type { Item } from "#store/item";
import { deviceKey, devicePointers } from "#store/keys/approval";

/** How many are shown at once: five can be in use, so that what is left out was removed long ago. */
const MOST_SHOWN = 100;

type Reading = Pick<Ports, "store">;

const devicesIn = (items: readonly (Item | undefined)[]): readonly Device[] =>
  items.flatMap((item) => (item === undefined ? [] : [deviceOf(item)]));

/** A device by itself; none where there is no such. */
export const readDevice = async ({ store }: Reading, ownerKey: string): Promise<readonly Device[]> =>
  devicesIn(await store.read([deviceKey(ownerKey)]));

/** An identity's devices, the oldest first, removed ones too; of more than 100 the latest. */
export const devicesOf = async ({ store }: Reading, identity: string): Promise<readonly Device[]> => {
  const { items } = await store.list({ ...devicePointers(identity), newestFirst: true, limit: MOST_SHOWN });
  if (items.length === 0) return [];
  const keys = items.toReversed().map((item) => deviceKey(textIn(item, "ownerKey")));
  return devicesIn(await store.read(keys));
};
