/** approvals.md 4.2, /push-token. */
import type { DeviceCaller } from "#approval/caller";
import { changeActive } from "#approval/device.item";
import type { SetPush } from "#approval/device.wire";
import { sealPush } from "#approval/push";
import type { Timed } from "#approval/reply";
import type { Ports } from "#ports";
import { decide } from "#store/decide";

/** Notes where a device is woken, sealed; or that it is not. */
export const setPushToken = async ({ push }: SetPush, ports: Ports, { device }: DeviceCaller): Promise<Timed> => {
  const { ownerKey } = device;
  const { seal } = await ports.secrets();
  const change = push === undefined ? { remove: ["push"] } : { set: { push: sealPush(seal, ownerKey, push) } };
  return decide(ports, [], (_, nowMs) => ({
    say: { serverTimeMs: nowMs },
    writes: [changeActive(ownerKey, change)],
  }));
};
