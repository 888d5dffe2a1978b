// Tables: created by dynalite's own action and ACTIVE at once, protected or not, deleted in one batch.
import * as z from "zod";
import { parse, runAction } from "./dynalite.ts";
import { validationError } from "./errors.ts";
import type { Table } from "./language.ts";
import type { RowOp } from "./level.ts";
import { type Operation, read } from "./operation.ts";
import { controlTable, indexPrefix, itemsPrefix, type Storage, settingsKey, TABLES } from "./storage.ts";

const protectedFromDeletion = z.object({ DeletionProtectionEnabled: z.boolean().optional() });

/** CreateTable. */
export const createTable: Operation = async (input, { storage, now }) => {
  const { DeletionProtectionEnabled = false } = read(protectedFromDeletion, input);
  const { store } = storage;
  // The action names and describes the table; it would keep it CREATING for a tick, so nothing it stores is kept.
  const tableDb = {
    awsAccountId: store.tableDb.awsAccountId,
    awsRegion: store.tableDb.awsRegion,
    lock: (_name: string, run: (release: (done: unknown) => unknown) => void) => run((done) => done),
    get: (name: string, done: (error: unknown, table?: Table) => void) => done(null, storage.read(TABLES + name)),
    put: (_name: string, _table: Table, done: (error: unknown) => void) => done(null),
  };
  const data = parse("CreateTable", { ...input });
  const view = { options: store.options, tableDb };
  const { TableDescription } = await runAction<{ TableDescription: Table }>("CreateTable", view, data);
  const table = {
    ...TableDescription,
    TableStatus: "ACTIVE",
    CreationDateTime: now() / 1000,
    DeletionProtectionEnabled,
  };
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: "ACTIVE" }));
  const active = indexes ? { ...table, GlobalSecondaryIndexes: indexes } : table;
  await storage.commit([{ type: "put", key: TABLES + table.TableName, value: active }]);
  return { output: { TableDescription: active } };
};

/** DescribeTable. */
export const describeTable: Operation = async (input, { storage }) => ({
  output: { Table: controlTable(parse("DescribeTable", { ...input }).TableName, storage) },
});

/** UpdateTable, of nothing but deletion protection. */
export const updateTable: Operation = async (input, { storage }) => {
  const { TableName, DeletionProtectionEnabled, ...others } = read(
    protectedFromDeletion.required().extend({ TableName: z.string() }).loose(),
    input,
  );
  const [other] = Object.keys(others);
  if (other) throw validationError(`${other} cannot be updated by the embedded engine`);
  const table = { ...controlTable(TableName, storage), DeletionProtectionEnabled };
  await storage.commit([{ type: "put", key: TABLES + TableName, value: table }]);
  return { output: { TableDescription: table } };
};

const rowsOf = async (table: Table, storage: Storage): Promise<readonly RowOp[]> => {
  const name = table.TableName;
  const prefixes = [
    itemsPrefix(name),
    ...(table.GlobalSecondaryIndexes ?? []).map((index) => indexPrefix("global", name, index.IndexName)),
    ...(table.LocalSecondaryIndexes ?? []).map((index) => indexPrefix("local", name, index.IndexName)),
  ];
  const ops: RowOp[] = [
    { type: "del", key: TABLES + name },
    { type: "del", key: settingsKey(name) },
  ];
  for (const prefix of prefixes) {
    for await (const [rest] of storage.walk(prefix)) ops.push({ type: "del", key: prefix + rest });
  }
  return ops;
};

/** DeleteTable, with all of its rows. */
export const deleteTable: Operation = async (input, { storage }) => {
  const table = controlTable(parse("DeleteTable", { ...input }).TableName, storage);
  if (table.DeletionProtectionEnabled) {
    throw validationError(
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
  }
  await storage.commit(await rowsOf(table, storage));
  return { output: { TableDescription: { ...table, TableStatus: "DELETING" } } };
};

/** Names in one page of ListTables, by the service's API reference. */
const LIST_LIMIT = 100;

/** ListTables. */
export const listTables: Operation = async (input, { storage }) => {
  const shape = z.object({
    Limit: z.int().min(1).max(LIST_LIMIT).default(LIST_LIMIT),
    ExclusiveStartTableName: z.string().optional(),
  });
  const { Limit, ExclusiveStartTableName: gt } = read(shape, input);
  const names: string[] = [];
  for await (const [name] of storage.walk(TABLES, { limit: Limit + 1, ...(gt === undefined ? {} : { gt }) })) {
    names.push(name);
  }
  const page = names.slice(0, Limit);
  return { output: { TableNames: page, LastEvaluatedTableName: names.length > Limit ? page.at(-1) : undefined } };
};
