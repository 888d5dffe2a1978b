/** What is recorded of approvals, devices and identities: in the commit that decides it, without codes, push tokens or content (approvals.md 8). */
import type { Ports } from "#ports";
import { record } from "#store/event";
import { DESK, SHARDS, shardOf } from "#store/table";
import type { Write } from "#store/write";

/** What can happen. */
export type EventType =
  | `device.${"activated" | "blocked" | "unblocked" | "removed"}`
  | `transaction.${"started" | "decided" | "cancelled" | "expired" | "failed" | "fraud" | "refused"}`
  | `identity.${"warned" | "lockout"}`;

/** Something that has happened, whoever did it. */
export interface Happening {
  readonly type: EventType;
  /** A client, an OwnerKey, `clock` for what time has brought about, or `desk` for what we have found ourselves. */
  readonly actor: string;
  /** A token, an OwnerKey, or an identity's digest. */
  readonly subject: string;
  readonly detail?: Readonly<Record<string, string>>;
}

/** The lists that the events of a day are spread over, as no one partition takes them all. */
export const eventLists: readonly string[] = SHARDS.map((shard) => `approvals-${shard}`);

/** The write that records it. */
export const recordEvent = (
  { ids }: Pick<Ports, "ids">,
  { type, actor, subject, detail = {} }: Happening,
  atMs: number,
): Write => {
  const id = ids.uuid();
  return record({ id, owner: DESK, atMs, type, actor, subject, detail, list: `approvals-${shardOf(id)}` });
};
