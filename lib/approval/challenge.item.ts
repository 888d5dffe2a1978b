/** What a device was challenged with to decide on an approval: proof that it was shown it, and the count of its tries (approvals.md 4.2, W5). */
import { type Approval, KEPT_DAYS, MOST_TRIES } from "#approval/approval";
import { absent, below } from "#store/condition";
import { maybeTimeIn, textIn } from "#store/field";
import type { Item } from "#store/item";
import { challengeKey } from "#store/keys/approval";
import { ttlAfter } from "#store/table";
import { put, type Update, update, type Write } from "#store/write";

/** A device's challenge. */
export interface Challenge {
  readonly text: string;
  /** When the device has reported as fraud what had been decided already. */
  readonly fraudAtMs: number | undefined;
}

/** A challenge out of its item. */
export const challengeOf = (item: Item): Challenge => ({
  text: textIn(item, "challenge"),
  fraudAtMs: maybeTimeIn(item, "fraudAtMs"),
});

/** The write that challenges a device, once; another one meanwhile is stale. */
export const putChallenge = ({ id, expiresAtMs }: Approval, ownerKey: string, challenge: string): Write =>
  put(challengeKey(id, ownerKey), { challenge, ttl: ttlAfter(expiresAtMs, KEPT_DAYS) }, [[absent(), "stale"]]);

/** The write that reserves a try, before anything is verified (W5). Refuses APPROVAL_OVER. */
export const reserveDecision = (id: string, ownerKey: string): Update =>
  update(challengeKey(id, ownerKey), { add: { tries: 1n } }, [[below("tries", MOST_TRIES), "APPROVAL_OVER"]]);

/** The write that notes a device's report of fraud on what had been decided, once. */
export const noteFraud = (id: string, ownerKey: string, nowMs: number): Write =>
  update(challengeKey(id, ownerKey), { set: { fraudAtMs: BigInt(nowMs) } }, [[absent("fraudAtMs"), "stale"]]);
