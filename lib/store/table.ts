/** How the one table's keys and index fields read. The kinds of item are in `kinds.ts`, the makers of their keys in `keys/`, a file an owner; nothing else makes keys. */
import { hash } from "node:crypto";
import { DAY_MS, isoInstant, secondsOf, utcDay } from "#kernel/time";
import type { Item, Key } from "#store/item";
import type { KindName } from "#store/kinds";

/** Owns what no tenant owns; no tenant may have this name. */
export const DESK = "desk";

/** Partitions that a hot path is spread over: enough for 16 times one partition's rate, few enough to sweep each minute. */
export const SHARDS: readonly string[] = Array.from({ length: 16 }, (_, n) => String(n).padStart(2, "0"));

/** The shard of a text, by its hash: always the same one. */
export const shardOf = (text: string): string =>
  SHARDS[(hash("sha256", text, "buffer")[0] ?? 0) % SHARDS.length] ?? "00";

/** A partition of a kind: `<owner>#<kind>#<id>…`. For `keys/` only; throws where a segment is empty or holds "#". */
export const partition = (owner: string, kind: KindName, ...ids: readonly string[]): string => {
  for (const segment of [owner, ...ids]) {
    if (segment === "" || segment.includes("#"))
      throw new RangeError(`a segment of a ${kind} key is empty or holds "#"`);
  }
  return [owner, kind, ...ids].join("#");
};

/** The kind that a key belongs to. */
export const kindOf = (key: Key): string => key.pk.split("#")[1] ?? "";

/** The id that a key names within its kind. */
export const idOf = (key: Key): string => key.pk.split("#")[2] ?? "";

/** The owner that a key belongs to. */
export const ownerOf = (key: Key): string => key.pk.split("#")[0] ?? "";

/** Index fields that put an item on the list of what the clock has to move at `deadlineMs`. Removed when it no longer has to. */
export const dueAt = (key: Key, deadlineMs: number): Item => ({
  due: duePartition(shardOf(key.pk)),
  dueAt: isoInstant(deadlineMs),
});

/** The names of those fields. */
export const dueFields = ["due", "dueAt"] as const;

/** A partition of the index `due`. */
export const duePartition = (shard: string): string => `due#${shard}`;

/** Index fields that put an item on its owner's list of a day. */
export const listedAt = (owner: string, list: string, atMs: number, id: string): Item => ({
  list: listPartition(owner, list, utcDay(atMs)),
  listAt: `${isoInstant(atMs)}#${id}`,
});

/** A partition of the index `list`. */
export const listPartition = (owner: string, list: string, day: string): string => `${owner}#${list}#${day}`;

/** DynamoDB's time to live, epoch seconds: the item may go so many days after this instant. */
export const ttlAfter = (ms: number, days: number): bigint => secondsOf(ms + days * DAY_MS);
