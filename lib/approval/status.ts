/** approvals.md 4.2, /status. */
import { mayDecide } from "#approval/approval";
import type { DeviceCaller } from "#approval/caller";
import { isWaiting, slotsIn } from "#approval/pending.item";
import type { Ports } from "#ports";
import { pendingKey } from "#store/keys/approval";

/** What a device is told of itself. */
export interface DeviceStatus {
  readonly ownerKey: string;
  readonly waiting: number;
  readonly serverTimeMs: number;
}

/** Tells a device how many approvals wait for it. */
export const status = async (_: unknown, { store, clock }: Ports, { device }: DeviceCaller): Promise<DeviceStatus> => {
  const { ownerKey, identity } = device;
  const [pending] = await store.read([pendingKey(identity)]);
  const nowMs = clock();
  const waiting = slotsIn(identity, pending).filter((slot) => isWaiting(slot, nowMs) && mayDecide(slot, device));
  return { ownerKey, waiting: waiting.length, serverTimeMs: nowMs };
};
