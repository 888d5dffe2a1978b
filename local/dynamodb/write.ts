// Writes of one item: an action is parsed, planned against the item as it is (its condition judged), and becomes rows:
// the item's and its index rows, always committed in one batch.
import * as z from "zod";
import { type Cost, tellCosts, writeUnits } from "./capacity.ts";
import { holds } from "./condition.ts";
import { checkItem, checkKey, checkUpdates, itemSize, MAX_ITEM_BYTES, parse, project } from "./dynalite.ts";
import { conditionFailed, validationError } from "./errors.ts";
import { changeIndexes, checkIndexKeys } from "./indexes.ts";
import type { Item, KeyData, PutData, Table } from "./language.ts";
import type { RowOp } from "./level.ts";
import { checkOperands } from "./operands.ts";
import { type Input, type Operation, read, refuseLegacy } from "./operation.ts";
import { itemKey, itemTable, type Storage } from "./storage.ts";
import { applyUpdates } from "./update.ts";

const OPERATIONS = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "DeleteItem",
} as const;

/** What an action does to its item. */
export type ActionKind = keyof typeof OPERATIONS;

/** One write as asked for. */
export interface Action {
  readonly kind: ActionKind;
  readonly data: PutData | KeyData;
  /** Whether a failed condition answers with the item (`ReturnValuesOnConditionCheckFailure: ALL_OLD`). */
  readonly tellsItem: boolean;
}

/** An action and the row it is about. */
export interface Target {
  readonly action: Action;
  readonly table: Table;
  readonly key: string;
}

/** What a planned action does to its item. */
export interface Change {
  readonly table: Table;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly ops: readonly RowOp[];
  readonly cost: Cost;
}

/** What DeleteItem can tell of an item; dynalite checks it of PutItem only. */
const RETURNED_BY_DELETE: ReadonlySet<string> = new Set(["NONE", "ALL_OLD"]);

const onFailure = z.object({ ReturnValuesOnConditionCheckFailure: z.enum(["ALL_OLD", "NONE"]).optional() });

/** Parses an action; throws what is wrong with it as such. */
export const parseAction = (kind: ActionKind, input: Input): Action => {
  refuseLegacy(input);
  const tellsItem = read(onFailure, input).ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  const data = parse(OPERATIONS[kind], { ...input });
  if (data._condition) checkOperands("ConditionExpression", data._condition.expression);
  if (kind === "Delete" && data.ReturnValues !== undefined && !RETURNED_BY_DELETE.has(data.ReturnValues)) {
    throw validationError("ReturnValues can only be ALL_OLD or NONE");
  }
  return { kind, tellsItem, data };
};

/** Finds the row of an action; throws where its table is missing or its key does not fit. */
export const locate = (action: Action, storage: Storage): Target => {
  const { data } = action;
  const table = itemTable(data.TableName, storage);
  if ("Item" in data) {
    checkItem(data.Item, table);
    checkIndexKeys(data.Item, table);
  } else {
    checkKey(data.Key, table);
    checkUpdates(data._updates, table);
  }
  return { action, table, key: itemKey("Item" in data ? data.Item : data.Key, table) };
};

const updated = (data: KeyData, before: Item | undefined, table: Table): Item => {
  const start = before ?? data.Key;
  const after = data._updates ? applyUpdates(data._updates, start) : start;
  checkItem(after, table);
  checkIndexKeys(after, table);
  if (itemSize(after) > MAX_ITEM_BYTES) {
    throw validationError("Item size to update has exceeded the maximum allowed size");
  }
  return after;
};

const outcomeOf = ({ action, table }: Target, before: Item | undefined): Item | undefined => {
  if ("Item" in action.data) return action.data.Item;
  if (action.kind === "Delete") return undefined;
  return action.kind === "Update" ? updated(action.data, before, table) : before;
};

/** Judges an action's condition by the item as it is, and says what the action changes. */
export const plan = (target: Target, storage: Storage): Change => {
  const { action, table, key } = target;
  const before = storage.read<Item>(key);
  const condition = action.data._condition?.expression;
  if (condition && !holds(condition, before ?? {})) throw conditionFailed(action.tellsItem ? before : undefined);
  const after = outcomeOf(target, before);
  if (action.kind === "ConditionCheck") {
    return { table, before, after, ops: [], cost: { table: table.TableName, units: writeUnits(before), indexes: [] } };
  }
  const indexes = changeIndexes(before, after, table);
  const row: RowOp = after ? { type: "put", key, value: after } : { type: "del", key };
  const cost = { table: table.TableName, units: writeUnits(before, after), indexes: indexes.costs };
  return { table, before, after, ops: [row, ...indexes.ops], cost };
};

const attributesOf = ({ data }: Action, { before, after }: Change): Item | undefined => {
  if (data.ReturnValues === "ALL_OLD") return before;
  if (data.ReturnValues === "ALL_NEW") return after;
  const image = data.ReturnValues === "UPDATED_OLD" ? before : data.ReturnValues === "UPDATED_NEW" ? after : undefined;
  const attributes = image && project(data._updates?.paths ?? [], image);
  return attributes && Object.keys(attributes).length > 0 ? attributes : undefined;
};

const writeOne =
  (kind: ActionKind): Operation =>
  async (input, { storage }) => {
    const action = parseAction(kind, input);
    const change = plan(locate(action, storage), storage);
    await storage.commit(change.ops);
    const [told] = tellCosts([change.cost], action.data.ReturnConsumedCapacity) ?? [];
    return { output: { Attributes: attributesOf(action, change), ConsumedCapacity: told }, costs: [change.cost] };
  };

/** PutItem. */
export const putItem = writeOne("Put");

/** UpdateItem. */
export const updateItem = writeOne("Update");

/** DeleteItem. */
export const deleteItem = writeOne("Delete");

/** BatchWriteItem: all of its writes, unconditionally, in one batch. */
export const batchWriteItem: Operation = async (input, { storage }) => {
  const data = parse("BatchWriteItem", { ...input });
  const targets = Object.entries(data.RequestItems).flatMap(([TableName, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) =>
      PutRequest
        ? locate({ kind: "Put", tellsItem: false, data: { TableName, Item: PutRequest.Item } }, storage)
        : locate({ kind: "Delete", tellsItem: false, data: { TableName, Key: DeleteRequest?.Key ?? {} } }, storage),
    ),
  );
  if (new Set(targets.map(({ key }) => key)).size < targets.length) {
    throw validationError("Provided list of item keys contains duplicates");
  }
  const changes = targets.map((target) => plan(target, storage));
  await storage.commit(changes.flatMap(({ ops }) => ops));
  const costs = changes.map(({ cost }) => cost);
  return { output: { UnprocessedItems: {}, ConsumedCapacity: tellCosts(costs, data.ReturnConsumedCapacity) }, costs };
};
