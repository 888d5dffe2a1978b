/** Remembers records that change seldom, so that a credential or a tenant's settings cost a read once in a while only. */
import type { Clock, Ports } from "#ports";
import { nameOf } from "#store/fold";
import type { Item } from "#store/item";
import type { Store } from "#store/write";

/** The most records remembered at once; the oldest go first, so that no caller can fill the memory. */
const MOST_REMEMBERED = 1_000;

/**
 * A reader that remembers what it found for so long. What was not there is not remembered unless it may be absent: a new
 * credential works at once. A record that is being read is read once, however many ask.
 */
export const openRecall = (store: Store, clock: Clock, forMs: number): Ports["recall"] => {
  const remembered = new Map<string, { readonly untilMs: number; readonly item: Promise<Item | undefined> }>();

  const forget = (name: string, item: Promise<Item | undefined>): void => {
    if (remembered.get(name)?.item === item) remembered.delete(name);
  };

  return (key, mayBeAbsent = false) => {
    const name = nameOf(key);
    const known = remembered.get(name);
    if (known !== undefined && clock() < known.untilMs) return known.item;
    const item = store.read([key]).then(([found]) => found);
    remembered.delete(name);
    remembered.set(name, { untilMs: clock() + forMs, item });
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    item.then(
      (found) => found === undefined && !mayBeAbsent && forget(name, item),
      () => forget(name, item),
    );
    return item;
  };
};
