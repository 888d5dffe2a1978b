/** What the parts of the store's specification have at hand. */
import { expect } from "vitest";
import type { Item, Key } from "#store/item";
import type { Outcome, Page, Range, Store, Write } from "#store/write";

/** A store that is empty at the beginning of every test. */
export interface Given {
  readonly store: () => Store;
  /** Commits with a token of its own. */
  readonly commit: (...writes: readonly Write[]) => Promise<Outcome>;
  /** The item under a key, without what the store itself has stamped it with. */
  readonly found: (key: Key) => Promise<Item | undefined>;
}

/** A key of a kind that only these tests know. */
export const key = (name: string, sk = "part"): Key => ({ pk: `t#thing#${name}`, sk });

let tokens = 0;

/** A token that no other commit has had, on a table that other runs may have used. */
export const token = (): string => `specification-${process.pid}-${++tokens}`;

/** An item without the stamp of its last commit. */
export const onlyFields = (item: Item | undefined): Item | undefined => {
  if (item === undefined) return undefined;
  const { by: _, ...fields } = item;
  return fields;
};

/** All that a range gives, page by page. */
export const everyPage = async (store: Store, range: Range): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let page: Page | undefined;
  do {
    page = await store.list({ ...range, ...(page?.next !== undefined && { cursor: page.next }) });
    expect(page.items.length).toBeLessThanOrEqual(range.limit);
    items.push(...page.items);
  } while (page.next !== undefined);
  return items;
};
