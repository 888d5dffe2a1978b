/** A login code in the table, and the conditional writes that issue and use it (approvals.md 6, W9, W10). */
import { changeActive } from "#approval/device.item";
import { above, absent, equals } from "#store/condition";
import { textIn, timeIn } from "#store/field";
import type { Item } from "#store/item";
import { deviceKey, loginCodeKey } from "#store/keys/approval";
import { ttlAfter } from "#store/table";
import { check, put, update, type Write } from "#store/write";

/** Days that a login code is kept after its time. */
const KEPT_DAYS = 1;

/** Whose login code it is. */
export const ownerOfLoginCode = (item: Item): string => textIn(item, "ownerKey");

/** Whether a code was used, or its time is over: neither changes any more. */
export const isSpent = (item: Item, nowMs: number): boolean =>
  item.usedAtMs !== undefined || nowMs >= timeIn(item, "expiresAtMs");

/** The writes that issue a code, which voids the device's one before (W9). */
export const issueLoginCode = (digest: string, ownerKey: string, expiresAtMs: number): readonly Write[] => [
  put(loginCodeKey(digest), { ownerKey, expiresAtMs: BigInt(expiresAtMs), ttl: ttlAfter(expiresAtMs, KEPT_DAYS) }, [
    [absent(), "stale"],
  ]),
  changeActive(ownerKey, { set: { loginCodeDigest: digest } }),
];

/** The writes that use a code once, in time, while its device is active and has no other (W10). Refuse LOGIN_CODE_INVALID. */
export const useLoginCode = (digest: string, ownerKey: string, nowMs: number): readonly Write[] => [
  update(loginCodeKey(digest), { set: { usedAtMs: BigInt(nowMs) } }, [
    [absent("usedAtMs"), "LOGIN_CODE_INVALID"],
    [above("expiresAtMs", BigInt(nowMs)), "LOGIN_CODE_INVALID"],
  ]),
  check(deviceKey(ownerKey), [
    [equals("state", "ACTIVE"), "LOGIN_CODE_INVALID"],
    [equals("loginCodeDigest", digest), "LOGIN_CODE_INVALID"],
  ]),
];
