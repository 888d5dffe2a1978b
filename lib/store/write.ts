/** The store's language: items, keys, and writes whose every condition carries its own "no". Spoken by use cases, executed by `dynamo.ts` and the twin. */
import type { Condition } from "#store/condition";
import type { Item, Key } from "#store/item";

/**
 * What to conclude when a condition fails: a refusal's code · `stale`: what the judge had read has changed · `fault`: a bug.
 * Any text, as the store knows no slice; tests/house/refusals.test.ts compares them with the tables.
 */
export type Otherwise = string;

/** A rule of a write and what to say when it does not hold. */
export type Rule = readonly [Condition, Otherwise];

interface Guarded {
  readonly key: Key;
  readonly when: readonly Rule[];
}

/** Replaces the whole item. */
export interface Put extends Guarded {
  readonly kind: "put";
  readonly item: Item;
}

/** Changes fields; a missing item is a fault unless `orCreate`. An absent number counts as 0 in `add`. */
export interface Update extends Guarded {
  readonly kind: "update";
  readonly set: Item;
  readonly add: Readonly<Record<string, bigint>>;
  readonly remove: readonly string[];
  readonly orCreate: boolean;
}

/** Removes the item. */
export interface Erase extends Guarded {
  readonly kind: "erase";
}

/** Changes nothing and only checks its rules. */
export interface Check extends Guarded {
  readonly kind: "check";
}

/** One item's part in a commit. */
export type Write = Put | Update | Erase | Check;

/** A write that puts a whole item. */
export const put = (key: Key, item: Item, when: readonly Rule[]): Put => ({ kind: "put", key, item, when });

/** A write that changes fields of an item. */
export const update = (
  key: Key,
  change: {
    readonly set?: Item;
    readonly add?: Readonly<Record<string, bigint>>;
    readonly remove?: readonly string[];
    readonly orCreate?: boolean;
  },
  when: readonly Rule[] = [],
): Update => ({
  kind: "update",
  key,
  when,
  set: change.set ?? {},
  add: change.add ?? {},
  remove: change.remove ?? [],
  orCreate: change.orCreate ?? false,
});

/** A write that removes an item. */
export const erase = (key: Key, when: readonly Rule[]): Erase => ({ kind: "erase", key, when });

/** A write that only checks. */
export const check = (key: Key, when: readonly Rule[]): Check => ({ kind: "check", key, when });

/**
 * What became of a commit; `after` is what a single update has made. `conflict` and `throttled`: nothing was done because
 * others were at the same items, or the table was over its rate. An unknown outcome is never one of these: it is thrown as
 * a `Fault`.
 */
export type Outcome =
  | { readonly done: true; readonly after?: Item }
  | { readonly done: false; readonly otherwise: "conflict" | "throttled" }
  | { readonly done: false; readonly otherwise: Otherwise; readonly write: Write; readonly found: Item | undefined };

/** One partition of the table or of an index, in the order of its sort key. */
export interface Range {
  /** The table itself, or one of its sparse indexes (which give keys only). */
  readonly of: "table" | "due" | "list";
  /** The partition. */
  readonly in: string;
  /** Only sort keys from here (inclusive). */
  readonly from?: string;
  /** Only sort keys up to here (inclusive). */
  readonly to?: string;
  readonly newestFirst?: boolean;
  /** At most this many items, 1-1,000. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string;
}

/** A page of a range: items whole (table), or only their key fields (index); `next` is absent at the end. */
export interface Page {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** The one table, as use cases see it. */
export interface Store {
  /** Consistent items in one round trip, in the order asked (1-100 keys): one key alone, or a snapshot of several. */
  readonly read: (keys: readonly Key[]) => Promise<readonly (Item | undefined)[]>;
  /** As `read`, each item by itself: no snapshot, so nothing that is being written stands in the way. For lists. */
  readonly readEach: (keys: readonly Key[]) => Promise<readonly (Item | undefined)[]>;
  /** All of the writes or none. Repeating it with the same token has no second effect for ten minutes. */
  readonly commit: (writes: readonly Write[], token: string) => Promise<Outcome>;
  /** A page of a partition; consistent for the table, eventually so for an index. */
  readonly list: (range: Range) => Promise<Page>;
}
