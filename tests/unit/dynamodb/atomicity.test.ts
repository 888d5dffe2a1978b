// A crash can only tear what is written in two steps: everything a request writes is one batch.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RowOp } from "../../../local/dynamodb/level.ts";
import type { Core, Operation } from "../../../local/dynamodb/operation.ts";
import { openStorage } from "../../../local/dynamodb/storage.ts";
import { createTable } from "../../../local/dynamodb/tables.ts";
import { openTokens } from "../../../local/dynamodb/tokens.ts";
import { transactWriteItems } from "../../../local/dynamodb/transaction.ts";
import { batchWriteItem, deleteItem, putItem, updateItem } from "../../../local/dynamodb/write.ts";
import { deskTable, key, TABLE } from "./client.ts";

let core: Core;
let batches: (readonly RowOp[])[];
beforeEach(async () => {
  const storage = await openStorage(undefined);
  const now = () => Date.UTC(2026, 10, 20);
  batches = [];
  const commit = (ops: readonly RowOp[]) => {
    batches.push(ops);
    return storage.commit(ops);
  };
  core = { storage: { ...storage, commit }, now, tokens: await openTokens(storage, now), struck: new Map() };
  await createTable({ ...deskTable }, core);
});
afterEach(() => core.storage.close());

const item = (pk: string, list: string) => ({ TableName: TABLE, Item: { ...key(pk), list: { S: list } } });
const move = {
  TableName: TABLE,
  Key: key("a"),
  UpdateExpression: "SET #list = :shut",
  ExpressionAttributeNames: { "#list": "list" },
  ExpressionAttributeValues: { ":shut": { S: "shut" } },
};
const remove = { TableName: TABLE, Key: key("a") };

// The kinds of rows each request writes, in the order of its one batch.
const requests: [string, Operation, object, string[]][] = [
  ["a put", putItem, item("a", "shut"), ["put item", "del index", "put index"]],
  ["an update", updateItem, move, ["put item", "del index", "put index"]],
  ["a delete", deleteItem, remove, ["del item", "del index"]],
  [
    "a batch",
    batchWriteItem,
    {
      RequestItems: {
        [TABLE]: [{ PutRequest: { Item: item("b", "open").Item } }, { DeleteRequest: { Key: key("a") } }],
      },
    },
    ["put item", "put index", "del item", "del index"],
  ],
  [
    "a transaction",
    transactWriteItems,
    { ClientRequestToken: "token", TransactItems: [{ Put: item("b", "open") }, { Delete: remove }] },
    ["put item", "put index", "del item", "del index", "put token"],
  ],
];

test.each(requests)("%s is one batch with all of its rows", async (_title, operation, input, rows) => {
  await putItem(item("a", "open"), core);
  batches.length = 0;
  await operation({ ...input }, core);
  expect(batches.map((ops) => ops.map(({ type, key: row }) => `${type} ${row.match(/^[a-z]+/)?.[0]}`))).toEqual([rows]);
});
