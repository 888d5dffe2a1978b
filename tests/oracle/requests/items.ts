/** The few items that all requests are about, in the table and in its indexes. */
import type { Random } from "../random.ts";
import { anyFields, type Item } from "./values.ts";

/** The table. */
export const TABLE = "oracle";

const PARTITIONS = ["t#thing#a", "t#thing#b", "ü"];
const PARTS = ["order", "posting#1", "posting#10", "~"];

/** An item's key. */
export interface Key {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

/** One of the few keys. */
export const anyKey = (random: Random): Key => ({
  pk: { S: random.pick(PARTITIONS) },
  sk: { S: random.pick(PARTS) },
});

/** A partition that may have items. */
export const anyPartition = (random: Random): string => random.pick(PARTITIONS);

/** A sort key that may be one, or the beginning of one. */
export const anyBound = (random: Random): string => random.pick([...PARTS, "p", "posting#", "zz"]);

/** The indexes: partition and sort key. */
export const INDEXES = { due: "dueAt", list: "listAt" } as const;

/** Partitions of the indexes. */
export const SHELVES = ["p", "q"];

/**
 * A sort key in an index: of two items it is never the same, because the service does not say in which order it lists
 * items that have the same.
 */
export const instantOf = (key: Key, random: Random): string => `${random.below(4)}~${key.pk.S}~${key.sk.S}`;

/** The fields that put an item of this key into an index, all or only one of them. */
const listing = (key: Key, random: Random): Item => {
  const index = random.pick(["due", "list"] as const);
  return {
    ...(random.chance(90) && { [index]: { S: random.pick(SHELVES) } }),
    ...(random.chance(90) && { [INDEXES[index]]: { S: instantOf(key, random) } }),
  };
};

/** A whole item without its key. */
export const anyContent = (key: Key, random: Random): Item => ({
  ...anyFields(random),
  ...(random.chance(40) && listing(key, random)),
});
