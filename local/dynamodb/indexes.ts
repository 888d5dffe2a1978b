// Index rows follow from items: what a change of an item does to the rows of its table's indexes, and what that costs.
// Rows are keyed by the whole key of their item; dynalite's own six hash digits let two items collide.
import type { IndexCost } from "./capacity.ts";
import { writeUnits } from "./capacity.ts";
import { areEqualItems } from "./condition.ts";
import { encodeKey } from "./dynalite.ts";
import { validationError } from "./errors.ts";
import type { Index, Item, Table } from "./language.ts";
import type { RowOp } from "./level.ts";
import { indexPrefix } from "./storage.ts";

const KINDS = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] as const;

/** dynalite's word for a kind of index in its row keys. */
const WORDS = { GlobalSecondaryIndexes: "global", LocalSecondaryIndexes: "local" } as const;

const indexesOf = (table: Table) => KINDS.flatMap((kind) => (table[kind] ?? []).map((index) => ({ kind, index })));

/** A table's index of that name. */
export const findIndex = (table: Table, name: string): Index | undefined =>
  indexesOf(table).find(({ index }) => index.IndexName === name)?.index;

/** The key of an item's row in an index, within the index. */
export const encodeIndexKey = (item: Item, table: Table, index: Index): string =>
  encodeKey(item, table, index.KeySchema) + encodeKey(item, table);

const namesOf = (keys: Table["KeySchema"]): readonly string[] => keys.map(({ AttributeName }) => AttributeName);

/** The attributes that an index has of an item; undefined where it has all. */
export const projectedNames = (table: Table, index: Index): ReadonlySet<string> | undefined => {
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection;
  if (ProjectionType === "ALL") return undefined;
  return new Set([...namesOf(table.KeySchema), ...namesOf(index.KeySchema), ...NonKeyAttributes]);
};

const projected = (item: Item, table: Table, index: Index): Item => {
  const names = projectedNames(table, index);
  if (!names) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
};

/** An item's row in an index; none unless it has all of the index's key attributes. */
const rowOf = (item: Item | undefined, table: Table, index: Index) =>
  item && namesOf(index.KeySchema).every((name) => item[name] !== undefined)
    ? { key: encodeIndexKey(item, table, index), item: projected(item, table, index) }
    : undefined;

const costOf = (before: Item | undefined, after: Item | undefined, moved: boolean): number =>
  moved && before && after ? writeUnits(before) + writeUnits(after) : writeUnits(before, after);

/** What is wrong with empty text or bytes as an index's key. */
export const emptyIndexKey = (kind: "string" | "binary", index: string, name: string): Error =>
  validationError(
    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. " +
      `The AttributeValue for a key attribute cannot contain an empty ${kind} value. ` +
      `IndexName: ${index}, IndexKey: ${name}`,
  );

/** Throws where an index key attribute is empty text or bytes, which no index can hold. */
export const checkIndexKeys = (item: Item, table: Table): void => {
  for (const { index } of indexesOf(table)) {
    for (const name of namesOf(index.KeySchema)) {
      const empty = item[name]?.S === "" ? "string" : item[name]?.B === "" ? "binary" : undefined;
      if (empty) throw emptyIndexKey(empty, index.IndexName, name);
    }
  }
};

/** The index rows to write when an item changes from `before` to `after` (either may be missing), and their cost. */
export const changeIndexes = (
  before: Item | undefined,
  after: Item | undefined,
  table: Table,
): { readonly ops: readonly RowOp[]; readonly costs: readonly IndexCost[] } => {
  const ops: RowOp[] = [];
  const costs: IndexCost[] = [];
  for (const { kind, index } of indexesOf(table)) {
    const [old, fresh] = [rowOf(before, table, index), rowOf(after, table, index)];
    const prefix = indexPrefix(WORDS[kind], table.TableName, index.IndexName);
    const moved = old?.key !== fresh?.key;
    if (!moved && (!old || !fresh || areEqualItems(old.item, fresh.item))) continue;
    if (old && moved) ops.push({ type: "del", key: prefix + old.key });
    if (fresh) ops.push({ type: "put", key: prefix + fresh.key, value: fresh.item });
    costs.push({ kind, name: index.IndexName, units: costOf(old?.item, fresh?.item, moved) });
  }
  return { ops, costs };
};
