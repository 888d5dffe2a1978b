import { BatchGetItemCommand, BatchWriteItemCommand, DeleteItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Item, key, openDesk, refusal, TABLE } from "./client.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.engine.close());

const waiting = (pk: string, dueAtMs: string): Item => ({
  ...key(pk),
  due: { S: "due#01" },
  dueAtMs: { N: dueAtMs },
  more: { S: "not projected" },
});

/** All pks of a query, page by page. */
const pages = async (input: Omit<Parameters<typeof desk.query>[0], "ExclusiveStartKey">) => {
  const found: (string | undefined)[][] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await desk.query({ ...input, ExclusiveStartKey });
    found.push(Items.map((item) => item.pk?.S));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
};

const due = (condition = "", values: Item = {}) => ({
  IndexName: "due",
  KeyConditionExpression: `due = :due${condition}`,
  ExpressionAttributeValues: { ":due": { S: "due#01" }, ...values },
});
const between = (low: string, high: string) =>
  due(" AND dueAtMs BETWEEN :low AND :high", { ":low": { N: low }, ":high": { N: high } });

describe("A query of an index", () => {
  beforeEach(async () => {
    for (const [pk, atMs] of [
      ["e", "1000"],
      ["a", "-5"],
      ["c", "9.5"],
      ["b", "0"],
      ["d", "10"],
    ] as const) {
      await desk.put(waiting(pk, atMs));
    }
    await desk.put({ ...key("other"), due: { S: "due#02" }, dueAtMs: { N: "1" } });
    await desk.put({ ...key("half"), due: { S: "due#01" } });
    await desk.put(key("neither"));
  });

  test("answers in the order of the sort key, with keys only", async () => {
    const { Items, Count } = await desk.query(due());
    const rows = [
      ["a", "-5"],
      ["b", "0"],
      ["c", "9.5"],
      ["d", "10"],
      ["e", "1000"],
    ] as const;
    expect(Items).toEqual(rows.map(([pk, N]) => ({ ...key(pk), due: { S: "due#01" }, dueAtMs: { N } })));
    expect(Count).toBe(5);
  });

  const less = (operator: string) => due(` AND dueAtMs ${operator} :n`, { ":n": { N: "9.5" } });
  test.each([
    ["backwards", { ...due(), ScanIndexForward: false }, [["e", "d", "c", "b", "a"]]],
    ["between two bounds, both of which count", between("0", "10"), [["b", "c", "d"]]],
    ["between bounds that hold nothing", between("11", "12"), [[]]],
    ["below", less("<"), [["a", "b"]]],
    ["up to", less("<="), [["a", "b", "c"]]],
    ["above", less(">"), [["d", "e"]]],
    ["from", less(">="), [["c", "d", "e"]]],
    ["exactly", less("="), [["c"]]],
    ["in pages", { ...due(), Limit: 2 }, [["a", "b"], ["c", "d"], ["e"]]],
    ["in pages, backwards", { ...due(), Limit: 2, ScanIndexForward: false }, [["e", "d"], ["c", "b"], ["a"]]],
    ["in pages, between", { ...between("-5", "10"), Limit: 3 }, [["a", "b", "c"], ["d"]]],
    [
      "in pages of what a filter keeps",
      { ...due("", { ":b": { S: "b" } }), FilterExpression: "sk > :b", Limit: 4 },
      [["a", "b", "c", "d"], ["e"]],
    ],
    ["through a filter by what some items lack", { ...due(), FilterExpression: "attribute_not_exists(sk)" }, [[]]],
  ])("%s", async (_title, input, expected) => {
    expect(await pages(input)).toEqual(expected);
  });

  test("counts without items when asked for a count", async () => {
    const { Items, Count, ScannedCount } = await desk.query({ ...due(), Select: "COUNT" });
    expect([Items, Count, ScannedCount]).toEqual([undefined, 5, 5]);
  });

  test("filters, counts and projects a page", async () => {
    const { Items, Count, ScannedCount } = await desk.query({
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :o)",
      FilterExpression: "more = :more OR gone = absent",
      ProjectionExpression: "dueAtMs",
      ExpressionAttributeValues: { ":pk": { S: "c" }, ":o": { S: "or" }, ":more": { S: "not projected" } },
    });
    expect([Items, Count, ScannedCount]).toEqual([[{ dueAtMs: { N: "9.5" } }], 1, 1]);
  });

  test("cannot be consistent", async () => {
    expect(await refusal(desk.query({ ...due(), ConsistentRead: true }))).toEqual({
      name: "ValidationException",
      message: "Consistent reads are not supported on global secondary indexes",
    });
  });

  test("forgets an item that loses an index key, moves, or is deleted", async () => {
    await desk.update({ Key: key("a"), UpdateExpression: "REMOVE dueAtMs" });
    await desk.update({
      Key: key("b"),
      UpdateExpression: "SET due = :other",
      ExpressionAttributeValues: { ":other": { S: "due#02" } },
    });
    await desk.put(key("c"));
    await desk.client.send(new DeleteItemCommand({ TableName: TABLE, Key: key("d") }));
    await desk.update({
      Key: key("half"),
      UpdateExpression: "SET dueAtMs = :n",
      ExpressionAttributeValues: { ":n": { N: "7" } },
    });
    expect(await pages(due())).toEqual([["half", "e"]]);
  });
});

test("Items that share an index key are all found, page by page, even where dynalite's row hashes collide", async () => {
  // The first six hex digits of md5("Outliers" + pk + sk) are 391b75 for both.
  for (const pk of ["order-944", "order-3014"]) await desk.put(waiting(pk, "5"));
  expect((await pages(due())).flat().sort()).toEqual(["order-3014", "order-944"]);
  const forwards = (await pages({ ...due(), Limit: 1 })).flat();
  const backwards = (await pages({ ...due(), Limit: 1, ScanIndexForward: false })).flat();
  expect([...forwards].sort()).toEqual(["order-3014", "order-944"]);
  expect(backwards).toEqual([...forwards].reverse());
  await desk.client.send(new DeleteItemCommand({ TableName: TABLE, Key: key("order-944") }));
  expect(await pages(due())).toEqual([["order-3014"]]);
});

test.each([
  [
    "a number for text",
    { due: { N: "1" } },
    "One or more parameter values were invalid: Type mismatch for Index Key due Expected: S Actual: N IndexName: due",
  ],
  [
    "empty text",
    { list: { S: "" } },
    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: list, IndexKey: list",
  ],
])("An index key cannot be %s", async (_title, attributes, message) => {
  expect(await refusal(desk.put({ ...key("a"), ...attributes }))).toEqual({ name: "ValidationException", message });
});

describe("Whatever is written", () => {
  const pk = fc.constantFrom("a", "b", "c");
  const attributes = fc.record(
    { list: fc.constantFrom("x", "y"), due: fc.constantFrom("d1", "d2"), dueAtMs: fc.integer({ min: -2, max: 2 }) },
    { requiredKeys: [] },
  );
  const step = fc.oneof(
    fc.record({ verb: fc.constant("put" as const), pk, attributes }),
    fc.record({ verb: fc.constant("delete" as const), pk, attributes: fc.constant({}) }),
    fc.record({ verb: fc.constant("unlist" as const), pk, attributes: fc.constant({}) }),
  );
  type Step = { verb: "put" | "delete" | "unlist"; pk: string; attributes: Record<string, string | number> };
  const itemOf = ({ pk: name, attributes: given }: Step): Item => ({
    ...key(name),
    ...Object.fromEntries(
      Object.entries(given).map(([attribute, value]) => [
        attribute,
        typeof value === "number" ? { N: String(value) } : { S: value },
      ]),
    ),
  });
  const actionOf = (one: Step) => {
    if (one.verb === "put") return { Put: { TableName: TABLE, Item: itemOf(one) } };
    if (one.verb === "delete") return { Delete: { TableName: TABLE, Key: key(one.pk) } };
    const names = { ExpressionAttributeNames: { "#list": "list" } };
    return { Update: { TableName: TABLE, Key: key(one.pk), UpdateExpression: "REMOVE #list, due", ...names } };
  };
  const rows = async (IndexName?: string) =>
    (await desk.client.send(new ScanCommand({ TableName: TABLE, IndexName }))).Items ?? [];
  const sorted = (items: Item[]) => items.map((item) => JSON.stringify(Object.entries(item).sort())).sort();

  test("an index holds exactly the items that have its keys", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const one of steps) await desk.transact([actionOf(one)]);
        const items = await rows();
        expect(sorted(await rows("list"))).toEqual(sorted(items.filter((item) => item.list)));
        expect(sorted(await rows("due"))).toEqual(
          sorted(
            items
              .filter((item) => item.due && item.dueAtMs)
              .map((item) => ({
                pk: item.pk ?? { S: "" },
                sk: item.sk ?? { S: "" },
                due: item.due ?? { S: "" },
                dueAtMs: item.dueAtMs ?? { N: "" },
              })),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("Batches", () => {
  test("write and get many items", async () => {
    const put = (pk: string) => ({ PutRequest: { Item: { ...key(pk), list: { S: "open" } } } });
    await desk.put({ ...key("old"), list: { S: "open" } });
    const written = await desk.client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TABLE]: [put("a"), put("b"), { DeleteRequest: { Key: key("old") } }] },
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    expect(written.UnprocessedItems).toEqual({});
    expect(written.ConsumedCapacity).toEqual([{ TableName: TABLE, CapacityUnits: 6 }]);
    const got = await desk.client.send(
      new BatchGetItemCommand({
        RequestItems: { [TABLE]: { Keys: [key("a"), key("b"), key("old")], ConsistentRead: true } },
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    expect(got.Responses?.[TABLE]?.map((item) => item.pk?.S).sort()).toEqual(["a", "b"]);
    expect(got.ConsumedCapacity).toEqual([{ TableName: TABLE, CapacityUnits: 3 }]);
    expect(got.UnprocessedKeys).toEqual({});
  });

  test("refuse an item twice", async () => {
    const twice = { DeleteRequest: { Key: key("a") } };
    const batch = new BatchWriteItemCommand({ RequestItems: { [TABLE]: [twice, twice] } });
    expect(await refusal(desk.client.send(batch))).toEqual({
      name: "ValidationException",
      message: "Provided list of item keys contains duplicates",
    });
  });
});
