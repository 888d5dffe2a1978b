/** The dedupe fact of a start: which approval an Idempotency-Key has begun, and what was said (approvals.md 2.3, 4). */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { DAY_MS } from "#kernel/time";
import { absent, anyOf, atMost } from "#store/condition";
import { textIn, timeIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { approvalStartKey } from "#store/keys/approval";
import { ttlAfter } from "#store/table";
import { put, type Write } from "#store/write";

/** How long a key is remembered (approvals.md 2.3). */
const REMEMBERED_MS = DAY_MS;

/** Days that the table keeps it after that. */
const KEPT_DAYS = 1;

/** What is remembered. */
export interface StartMarker {
  readonly token: string;
  readonly isBound: boolean;
  /** A digest of the whole request. */
  readonly body: string;
  readonly expiresAtMs: number;
}

/** Where a key is remembered: each client has its own. */
export const markerKey = (pepper: Uint8Array, client: string, key: string): Key =>
  approvalStartKey(keyedDigest(pepper, "approval start", lengthPrefixed([client, key])));

/** A marker out of its item; undefined where its time is over. */
export const markerIn = (item: Item | undefined, nowMs: number): StartMarker | undefined => {
  if (item === undefined || nowMs >= timeIn(item, "expiresAtMs")) return undefined;
  return {
    token: textIn(item, "token"),
    isBound: item.isBound === true,
    body: textIn(item, "body"),
    expiresAtMs: timeIn(item, "expiresAtMs"),
  };
};

/** The write that remembers a start; one that was remembered meanwhile is stale. */
export const putMarker = (key: Key, marker: Omit<StartMarker, "expiresAtMs">, nowMs: number): Write => {
  const expiresAtMs = nowMs + REMEMBERED_MS;
  const item: Item = { ...marker, expiresAtMs: BigInt(expiresAtMs), ttl: ttlAfter(expiresAtMs, KEPT_DAYS) };
  return put(key, item, [[anyOf(absent(), atMost("expiresAtMs", BigInt(nowMs))), "stale"]]);
};
