// The rows beneath the engine: dynalite's LevelDB layout (`table~T`, `item-T~key`, `index-global~T~I~key`) and two
// kinds of our own (`settings~T`, `token~…`), read synchronously and written in batches.
import { createStore, encodeKey } from "./dynalite.ts";
import { resourceMissing } from "./errors.ts";
import type { Item, Table } from "./language.ts";
import type { Range, RowOp, Store } from "./level.ts";

/** What a table was told besides its schema. */
export interface Settings {
  readonly ttlAttribute?: string;
  readonly pointInTimeRecovery?: boolean;
}

/** The engine's access to its rows. */
export interface Storage {
  readonly store: Store;
  findTable(name: string): Table | undefined;
  settings(table: string): Settings;
  read<Value>(key: string): Value | undefined;
  /** Rows whose key begins with `prefix`, in key order, with the rest of their keys. */
  walk<Value>(prefix: string, range?: Pick<Range, "limit" | "gt">): AsyncIterable<[rest: string, value: Value]>;
  /** Writes all rows or none. */
  commit(ops: readonly RowOp[]): Promise<void>;
  close(): Promise<void>;
}

/** Prefix of the rows that are table descriptions. */
export const TABLES = "table~";

/** The row of a table's settings. */
export const settingsKey = (table: string): string => `settings~${table}`;

/** Prefix of a table's items. */
export const itemsPrefix = (table: string): string => `item-${table}~`;

/** Prefix of an index's rows; `kind` is "global" or "local". */
export const indexPrefix = (kind: string, table: string, index: string): string => `index-${kind}~${table}~${index}~`;

/** The row of an item, which may be given by its key alone. */
export const itemKey = (item: Item, table: Table): string => itemsPrefix(table.TableName) + encodeKey(item, table);

/** The table that an operation on items is about; throws ResourceNotFoundException. */
export const itemTable = (name: string, storage: Storage): Table => {
  const table = storage.findTable(name);
  if (!table) throw resourceMissing();
  return table;
};

/** The table that an operation on tables is about; throws ResourceNotFoundException, in its longer words. */
export const controlTable = (name: string, storage: Storage): Table => {
  const table = storage.findTable(name);
  if (!table) throw resourceMissing(`: Table: ${name} not found`);
  return table;
};

// Every prefix ends in "~", so this comes after all keys that begin with it.
const boundOf = (prefix: string): string => `${prefix.slice(0, -1)}\x7f`;

async function* walkRows<Value>(store: Store, prefix: string, range: Pick<Range, "limit" | "gt">) {
  const { gt, ...rest } = range;
  const bounds = { ...(gt === undefined ? { gte: prefix } : { gt: prefix + gt }), lt: boundOf(prefix), ...rest };
  for await (const [key, value] of store.db.iterator<Value>(bounds)) {
    const row: [string, Value] = [key.slice(prefix.length), value];
    yield row;
  }
}

/** Opens the rows on disk at `path` (created if absent), or in memory without one. */
export const openStorage = async (path: string | undefined): Promise<Storage> => {
  const store = createStore(path);
  await store.db.open();
  const read = <Value>(key: string) => store.db.getSync<Value>(key);
  // Every action needs its table's description, and descriptions hardly ever change.
  const tables = new Map<string, Table>();
  return {
    store,
    read,
    findTable: (name) => {
      const table = tables.get(name) ?? read<Table>(TABLES + name);
      if (table) tables.set(name, table);
      return table;
    },
    settings: (table) => read<Settings>(settingsKey(table)) ?? {},
    walk: (prefix, range = {}) => walkRows(store, prefix, range),
    // Not synced to the platter: LevelDB hands every batch to the operating system before it answers, so an
    // acknowledged write survives kill -9; only a power cut could lose the last ones, and a batch is never torn.
    commit: (ops) => {
      if (ops.some(({ key }) => key.startsWith(TABLES))) tables.clear();
      return store.db.batch(ops);
    },
    close: () => store.db.close(),
  };
};
