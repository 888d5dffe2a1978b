/** What a device was challenged with to decide on an approval: proof that it was shown it, and the count of its tries (approvals.md 4.2, W5). */
import type { Approval } from "#approval/approval";
import { secondsOf } from "#kernel/time";
import { absent, below } from "#store/condition";
import { maybeTimeIn, textIn } from "#store/field";
import type { Item } from "#store/item";
import { challengeKey } from "#store/keys/approval";
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
export const putChallenge = ({ id, keptUntilMs }: Approval, ownerKey: string, challenge: string): Write =>
  put(challengeKey(id, ownerKey), { challenge, ttl: secondsOf(keptUntilMs) }, [[absent(), "stale"]]);

/** The write that reserves one of so many tries, before anything is verified (W5). Refuses APPROVAL_OVER. */
export const reserveDecision = (id: string, ownerKey: string, most: number): Update =>
  update(challengeKey(id, ownerKey), { add: { tries: 1n } }, [[below("tries", BigInt(most)), "APPROVAL_OVER"]]);

/** The write that notes a device's report of fraud on what had been decided, once. */
export const noteFraud = (id: string, ownerKey: string, nowMs: number): Write =>
  update(challengeKey(id, ownerKey), { set: { fraudAtMs: BigInt(nowMs) } }, [[absent("fraudAtMs"), "stale"]]);
