/** Whole ranges, page by page. */
import type { Item } from "#store/item";
import type { Range, Store } from "#store/write";

/** Items asked for at a time; no more keys than one `read` may ask for. */
const PAGE = 100;

/** The pages of a range, none of them empty. */
export const everyPage = async function* (
  store: Pick<Store, "list">,
  range: Omit<Range, "limit" | "cursor">,
): AsyncGenerator<readonly Item[]> {
  let cursor: string | undefined;
  do {
    const page = await store.list({ ...range, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    if (page.items.length > 0) yield page.items;
    cursor = page.next;
  } while (cursor !== undefined);
};

/** Every item of a range. */
export const everyItem = async function* (
  store: Pick<Store, "list">,
  range: Omit<Range, "limit" | "cursor">,
): AsyncGenerator<Item> {
  for await (const items of everyPage(store, range)) yield* items;
};
