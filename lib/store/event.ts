/** Immutable records of what was done (by an administrator, or where a specification asks for it), put by the commit that does it. */

import { absent } from "#store/condition";
import { textIn, timeIn } from "#store/field";
import { type Item, keyIn } from "#store/item";
import { eventKey } from "#store/keys/event";
import { everyPage } from "#store/pages";
import { idOf, listedAt, listPartition } from "#store/table";
import { put, type Store, type Write } from "#store/write";

/** Who did what to whom, and when. `detail` is JSON text without secrets or personal data. */
export interface Event {
  readonly id: string;
  readonly owner: string;
  readonly atMs: number;
  readonly type: string;
  readonly actor: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string>>;
  /** Under which name it is listed by day; the audit of administrators unless it says otherwise. */
  readonly list?: string;
}

/** The name under which an owner's audit is listed by day. */
const AUDIT = "audit";

/** The write that records an event. */
export const record = ({ id, owner, atMs, type, actor, subject, detail, list = AUDIT }: Event): Write => {
  const item: Item = {
    type,
    actor,
    subject,
    atMs: BigInt(atMs),
    detail: JSON.stringify(detail),
    ...listedAt(owner, list, atMs, id),
  };
  return put(eventKey(owner, id), item, [[absent(), "fault"]]);
};

const eventOf = (owner: string, item: Item): Event => ({
  id: idOf(keyIn(item)),
  owner,
  atMs: timeIn(item, "atMs"),
  type: textIn(item, "type"),
  actor: textIn(item, "actor"),
  subject: textIn(item, "subject"),
  detail: JSON.parse(textIn(item, "detail")),
});

/** An owner's events of a UTC day (`2026-11-20`) on a list, oldest first; one of the last moments may not be listed yet. */
export const readEvents = async (store: Store, owner: string, day: string, list = AUDIT): Promise<readonly Event[]> => {
  const events: Event[] = [];
  for await (const listed of everyPage(store, { of: "list", in: listPartition(owner, list, day) })) {
    const items = await store.read(listed.map(keyIn));
    events.push(...items.flatMap((item) => (item === undefined ? [] : [eventOf(owner, item)])));
  }
  return events;
};
