/** A device in the table, and the conditional writes that make and change it (approvals.md 6, W3, W9, W11). */
import { type Device, type DeviceState, deviceStates } from "#approval/device";
import { recountDevices } from "#approval/identity.item";
import { signatureFormats } from "#approval/signature";
import { Fault } from "#kernel/refusal";
import { absent, equals } from "#store/condition";
import { defined, integerIn, maybeTextIn, maybeTimeIn, textIn, timeIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { deviceKey, deviceKeyKey, devicePointerKey } from "#store/keys/approval";
import { check, put, update, type Write } from "#store/write";

/** A device out of its item. */
export const deviceOf = (item: Item): Device => ({
  ownerKey: textIn(item, "ownerKey"),
  identity: textIn(item, "identity"),
  customerId: textIn(item, "customerId"),
  seq: integerIn(item, "seq"),
  publicKey: textIn(item, "publicKey"),
  format: wordIn(item, "format", signatureFormats),
  state: wordIn(item, "state", deviceStates),
  name: textIn(item, "name"),
  platform: textIn(item, "platform"),
  activatedAtMs: timeIn(item, "activatedAtMs"),
  ...defined({
    userCode: maybeTextIn(item, "userCode"),
    approvalKey: maybeTextIn(item, "approvalKey"),
    reason: maybeTextIn(item, "reason"),
    model: maybeTextIn(item, "model"),
    push: maybeTextIn(item, "push"),
    removedAtMs: maybeTimeIn(item, "removedAtMs"),
    lastSeenAtMs: maybeTimeIn(item, "lastSeenAtMs"),
    loginCodeDigest: maybeTextIn(item, "loginCodeDigest"),
  }),
});

/** The writes that make a device: itself, that its key is taken, and the pointer of its identity; refuse DEVICE_KEY_TAKEN. */
export const createDevice = (device: Device, keyDigest: string): readonly Write[] => {
  const { ownerKey, identity, activatedAtMs, removedAtMs: _, lastSeenAtMs: __, ...fields } = device;
  const item: Item = { ownerKey, identity, activatedAtMs: BigInt(activatedAtMs), ...fields };
  return [
    put(deviceKeyKey(keyDigest), { ownerKey }, [[absent(), "DEVICE_KEY_TAKEN"]]),
    put(deviceKey(ownerKey), item, [[absent(), "stale"]]),
    put(devicePointerKey(identity, activatedAtMs, ownerKey), { ownerKey }, [[absent(), "stale"]]),
  ];
};

/** The write that changes fields of a device while it is active; refuses DEVICE_INACTIVE. */
export const changeActive = (ownerKey: string, change: { set?: Item; remove?: readonly string[] }): Write =>
  update(deviceKey(ownerKey), change, [[equals("state", "ACTIVE"), "DEVICE_INACTIVE"]]);

/** The check that a device may act; refuses DEVICE_INACTIVE. */
export const checkActive = (ownerKey: string, otherwise: "stale" | "DEVICE_INACTIVE" = "DEVICE_INACTIVE"): Write =>
  check(deviceKey(ownerKey), [[equals("state", "ACTIVE"), otherwise]]);

/** The check that a device has not been removed since it was read. */
export const checkUnremoved = (ownerKey: string): Write =>
  check(deviceKey(ownerKey), [[absent("removedAtMs"), "stale"]]);

/** What leads to each state, and from which: removed is for good. */
const from: Readonly<Record<DeviceState, readonly DeviceState[]>> = {
  ACTIVE: ["BLOCKED"],
  BLOCKED: ["ACTIVE"],
  REMOVED: ["ACTIVE", "BLOCKED"],
};

/** How a device is changed: what it becomes, why, when, and what to say where it no longer is as it was read. */
export interface DeviceMove {
  readonly to: DeviceState;
  readonly reason: string;
  readonly nowMs: number;
  readonly otherwise?: "stale" | "DEVICE_INACTIVE";
}

/** The writes that bring a device into another state, if it still is in the one that it was read in; leaving ACTIVE voids its login code (W11). */
export const moveDevice = (
  { ownerKey, identity, state }: Device,
  { to, reason, nowMs, otherwise = "stale" }: DeviceMove,
): readonly Write[] => {
  if (!from[to].includes(state)) throw new Fault(`no device that is ${state} becomes ${to}`);
  const isEnd = to === "REMOVED";
  const set: Item = { state: to, reason, ...(isEnd && { removedAtMs: BigInt(nowMs) }) };
  const remove = ["loginCodeDigest", ...(isEnd ? ["push"] : [])];
  const active = BigInt(to === "ACTIVE") - BigInt(state === "ACTIVE");
  return [
    update(deviceKey(ownerKey), { set, remove }, [[equals("state", state), otherwise]]),
    recountDevices(identity, ownerKey, active, isEnd),
  ];
};
