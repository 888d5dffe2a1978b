/** Immutable records of what an administrator did, put by the commit that does it. */

import { absent } from "#store/condition";
import type { Item } from "#store/item";
import { eventKey, listedAt } from "#store/table";
import { put, type Write } from "#store/write";

/** Who did what to whom, and when. `detail` is JSON text without secrets or personal data. */
export interface Event {
  readonly id: string;
  readonly owner: string;
  readonly atMs: number;
  readonly type: string;
  readonly actor: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** The name under which an owner's audit is listed by day. */
export const AUDIT = "audit";

/** The write that records an event. */
export const record = ({ id, owner, atMs, type, actor, subject, detail }: Event): Write => {
  const item: Item = {
    type,
    actor,
    subject,
    atMs: BigInt(atMs),
    detail: JSON.stringify(detail),
    ...listedAt(owner, AUDIT, atMs, id),
  };
  return put(eventKey(owner, id), item, [[absent(), "fault"]]);
};
