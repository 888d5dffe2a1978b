// Reads, by dynalite's own actions over a view of the store: gets are synchronous, index rows are found under this
// engine's row keys, and filters are judged by this engine's conditions.
import { checkAsking } from "./asking.ts";
import type { Cost } from "./capacity.ts";
import { holds } from "./condition.ts";
import { encodeStart, parse, project, runAction } from "./dynalite.ts";
import { resourceMissing } from "./errors.ts";
import { encodeIndexKey, findIndex } from "./indexes.ts";
import type { CapacityMode, Condition, Item, ListData } from "./language.ts";
import type { Range, ReadView, Rows } from "./level.ts";
import { checkOperands } from "./operands.ts";
import { type Operation, refuseLegacy } from "./operation.ts";
import { itemsPrefix, itemTable, type Storage } from "./storage.ts";

const indexRows = (rows: Rows, storage: Storage, data: ListData): Rows => {
  const table = itemTable(data.TableName, storage);
  const index = findIndex(table, data.IndexName ?? "");
  const start = data.ExclusiveStartKey;
  if (!index || !start) return rows;
  const theirs = encodeStart(start, table, index.KeySchema);
  const ours = encodeIndexKey(start, table, index);
  const resumed = ({ gt, lt, ...range }: Range): Range => ({
    ...range,
    ...(gt !== undefined && { gt: gt === theirs ? ours : gt }),
    ...(lt !== undefined && { lt: lt === theirs ? ours : lt }),
  });
  return { get: rows.get, createValueStream: (range) => rows.createValueStream(resumed(range)) };
};

const viewOf = (storage: Storage, list?: ListData): ReadView => ({
  options: storage.store.options,
  getTable: (name, done) => {
    const found = storage.findTable(name);
    if (found) done(null, found);
    else done(resourceMissing());
  },
  getItemDb: (table) => ({
    get: (key, done) => done(null, storage.read<Item>(itemsPrefix(table) + key)),
    createValueStream: (range) => storage.store.getItemDb(table).createValueStream(range),
  }),
  getIndexDb: (kind, table, index) => {
    const rows = storage.store.getIndexDb(kind, table, index);
    return list ? indexRows(rows, storage, list) : rows;
  },
});

interface Told {
  readonly TableName: string;
  readonly CapacityUnits: number;
}

const costOf = ({ TableName, CapacityUnits }: Told): Cost => ({ table: TableName, units: CapacityUnits, indexes: [] });

const toldAs = (told: Told, mode: CapacityMode | undefined): object | undefined => {
  if (mode === "INDEXES") return told;
  return mode === "TOTAL" ? { TableName: told.TableName, CapacityUnits: told.CapacityUnits } : undefined;
};

/** GetItem. */
export const getItem: Operation = async (input, { storage }) => {
  refuseLegacy(input);
  const data = parse("GetItem", { ...input });
  const asked = { ...data, ReturnConsumedCapacity: "INDEXES" };
  const output = await runAction<{ Item?: Item; ConsumedCapacity: Told }>("GetItem", viewOf(storage), asked);
  return {
    output: { ...output, ConsumedCapacity: toldAs(output.ConsumedCapacity, data.ReturnConsumedCapacity) },
    costs: [costOf(output.ConsumedCapacity)],
  };
};

/** BatchGetItem: a snapshot here, since nothing happens between its gets. */
export const batchGetItem: Operation = async (input, { storage }) => {
  const data = parse("BatchGetItem", { ...input });
  const asked = { ...data, ReturnConsumedCapacity: "INDEXES" };
  const output = await runAction<{ ConsumedCapacity: readonly Told[] }>("BatchGetItem", viewOf(storage), asked);
  const mode = data.ReturnConsumedCapacity;
  const told = output.ConsumedCapacity.map((one) => toldAs(one, mode));
  return {
    output: { ...output, ConsumedCapacity: mode === "TOTAL" || mode === "INDEXES" ? told : undefined },
    costs: output.ConsumedCapacity.map(costOf),
  };
};

interface Page {
  readonly Items: readonly Item[];
  readonly ConsumedCapacity: Told;
}

// No attribute has an empty name.
const ANYTHING: Condition = { type: "function", name: "attribute_not_exists", args: [[""]] };

// dynalite still reads the whole page (its limits and cursor count unfiltered items) but keeps all of it, unprojected.
const unfiltered = ({ _projection, Select, ...data }: ListData): object => ({
  ...data,
  _filter: { ...data._filter, expression: ANYTHING },
});

const filtered = (page: Page, { _filter, _projection, Select }: ListData): object => {
  const kept = page.Items.filter((item) => !_filter || holds(_filter.expression, item));
  const items = _projection ? kept.map((item) => project(_projection.paths, item)) : kept;
  return { ...page, Count: kept.length, Items: Select === "COUNT" ? undefined : items };
};

const list =
  (operation: "Query" | "Scan"): Operation =>
  async (input, { storage }) => {
    refuseLegacy(input);
    const data = parse(operation, { ...input });
    if (data._filter) checkOperands("FilterExpression", data._filter.expression);
    checkAsking(data, itemTable(data.TableName, storage));
    const asked = { ...(data._filter ? unfiltered(data) : data), ReturnConsumedCapacity: "INDEXES" };
    const page = await runAction<Page>(operation, viewOf(storage, data), asked);
    return {
      output: {
        ...(data._filter ? filtered(page, data) : page),
        ConsumedCapacity: toldAs(page.ConsumedCapacity, data.ReturnConsumedCapacity),
      },
      costs: [costOf(page.ConsumedCapacity)],
    };
  };

/** Query, on the table or an index. */
export const query = list("Query");

/** Scan, on the table or an index. */
export const scan = list("Scan");
