/** What an order is of, in an item of its own: an order itself stays small, however many lines it has. */
import { readPrinted, writeJson } from "#kernel/json";
import type { Content, Order } from "#pos/order";
import { textIn } from "#store/field";
import type { Item } from "#store/item";
import { contentKey } from "#store/keys/pos";
import { put, type Write } from "#store/write";

/** What an order is of, out of its item. */
export const contentOf = (item: Item): Content => readPrinted<Content>(textIn(item, "content"));

/** How many bytes it takes. */
export const bytesOf = (content: Content): bigint => BigInt(Buffer.byteLength(writeJson(content)));

/**
 * The write that puts it beside an order, new or as it was: the order's own write, in the same commit, tells which. What an
 * order of the same name may have left behind, long ago, is in nobody's way.
 */
export const putContent = ({ id, keptUntil }: Order, content: Content): Write =>
  put(contentKey(id), { content: writeJson(content), ttl: keptUntil }, []);
