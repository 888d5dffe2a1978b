// Capacity as the real service was measured to charge it: a transaction doubles the table's units, never an index's.
import {
  DeleteItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Item, key, openDesk, TABLE } from "./client.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.engine.close());

const INDEXES = { ReturnConsumedCapacity: "INDEXES" } as const;
const cost = (table: number, indexes: Record<string, number> = {}) => ({
  TableName: TABLE,
  CapacityUnits: Object.values(indexes).reduce((sum, units) => sum + units, table),
  Table: { CapacityUnits: table },
  ...(Object.keys(indexes).length && {
    GlobalSecondaryIndexes: Object.fromEntries(
      Object.entries(indexes).map(([name, CapacityUnits]) => [name, { CapacityUnits }]),
    ),
  }),
});

const listed: Item = { ...key("a"), list: { S: "open" } };
const due: Item = { due: { S: "d" }, dueAtMs: { N: "1" } };
const text = (length: number) => ({ S: "x".repeat(length) });

const puts: [string, Item | undefined, Item, number, Record<string, number>][] = [
  ["an item in no index", undefined, key("a"), 1, {}],
  ["an item in one index", undefined, listed, 1, { list: 1 }],
  ["an item in two indexes", undefined, { ...listed, ...due }, 1, { due: 1, list: 1 }],
  ["the same item again", listed, listed, 1, {}],
  ["an item that moves in an index", listed, { ...listed, list: { S: "shut" } }, 1, { list: 2 }],
  ["an item that leaves an index", listed, key("a"), 1, { list: 1 }],
  ["a change outside of a projection", { ...key("a"), ...due }, { ...key("a"), ...due, more: text(1) }, 1, {}],
  ["a change inside of a projection", listed, { ...listed, more: text(1) }, 1, { list: 1 }],
  ["a large item", undefined, { ...listed, more: text(2500) }, 3, { list: 3 }],
  ["a small item over a large one", { ...key("a"), more: text(2500) }, key("a"), 3, {}],
];

describe("A write costs its table and the indexes it touches", () => {
  test.each(puts)("%s", async (_title, before, after, table, indexes) => {
    if (before) await desk.put(before);
    const { ConsumedCapacity } = await desk.client.send(
      new PutItemCommand({ TableName: TABLE, Item: after, ...INDEXES }),
    );
    expect(ConsumedCapacity).toEqual(cost(table, indexes));
  });

  test.each(puts)("%s, in a transaction", async (_title, before, after, table, indexes) => {
    if (before) await desk.put(before);
    const Put = { TableName: TABLE, Item: after };
    const { ConsumedCapacity } = await desk.client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put }], ...INDEXES }),
    );
    expect(ConsumedCapacity).toEqual([cost(2 * table, indexes)]);
  });

  test("a delete costs what it deletes", async () => {
    await desk.put({ ...listed, more: text(2500) });
    const { ConsumedCapacity } = await desk.client.send(
      new DeleteItemCommand({ TableName: TABLE, Key: key("a"), ...INDEXES }),
    );
    expect(ConsumedCapacity).toEqual(cost(3, { list: 3 }));
  });

  test("nothing is told that was not asked for", async () => {
    expect((await desk.put(listed)).ConsumedCapacity).toBeUndefined();
    expect((await desk.query(byPk)).ConsumedCapacity).toBeUndefined();
  });
});

const byPk = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: "a" } } };

test("A transaction's replay costs reading its items", async () => {
  const write = () =>
    desk.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName: TABLE, Item: { ...listed, more: text(2500) } } }],
        ClientRequestToken: "token",
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
  const units = [await write(), await write()].map(({ ConsumedCapacity }) => ConsumedCapacity);
  expect(units).toEqual([[{ TableName: TABLE, CapacityUnits: 9 }], [{ TableName: TABLE, CapacityUnits: 2 }]]);
});

test("Reads cost by what they read", async () => {
  await desk.put({ ...listed, more: text(5000) });
  const gets = await desk.client.send(
    new TransactGetItemsCommand({
      TransactItems: ["a", "gone"].map((pk) => ({ Get: { TableName: TABLE, Key: key(pk) } })),
      ReturnConsumedCapacity: "TOTAL",
    }),
  );
  expect(gets.ConsumedCapacity).toEqual([{ TableName: TABLE, CapacityUnits: 6 }]);
  const query = await desk.query({ ...byPk, ReturnConsumedCapacity: "TOTAL" });
  expect(query.ConsumedCapacity).toEqual({ TableName: TABLE, CapacityUnits: 1 });
});
