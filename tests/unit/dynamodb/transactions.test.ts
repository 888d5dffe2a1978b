import { TransactGetItemsCommand, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { key, openDesk, refusal, TABLE } from "./client.ts";

let now = 0;
let desk: Awaited<ReturnType<typeof openDesk>>;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 20);
  desk = await openDesk({ now: () => now });
  await desk.put({ ...key("rich"), balance: { N: "100" }, due: { S: "due#1" }, dueAtMs: { N: "5" } });
  desk.engine.calls.length = 0;
});
afterEach(() => desk.engine.close());

const put = (pk: string, more: object = {}): TransactWriteItem => ({
  Put: { TableName: TABLE, Item: key(pk), ...more },
});
const take = (amount: string, more: object = {}): TransactWriteItem => ({
  Update: {
    TableName: TABLE,
    Key: key("rich"),
    UpdateExpression: "ADD balance :minus",
    ConditionExpression: "balance >= :amount",
    ExpressionAttributeValues: { ":minus": { N: `-${amount}` }, ":amount": { N: amount } },
    ...more,
  },
});
const remove = (pk: string): TransactWriteItem => ({ Delete: { TableName: TABLE, Key: key(pk) } });
const check = (pk: string, condition = "attribute_exists(pk)", more: object = {}): TransactWriteItem => ({
  ConditionCheck: { TableName: TABLE, Key: key(pk), ConditionExpression: condition, ...more },
});

const ALL_OLD = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
const NONE = { Code: "None" };
const FAILED = { Code: "ConditionalCheckFailed", Message: "The conditional request failed" };
const RICH = { ...key("rich"), balance: { N: "100" }, due: { S: "due#1" }, dueAtMs: { N: "5" } };
const cancelled = (...reasons: { Code: string }[]) => ({
  name: "TransactionCanceledException",
  message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map((reason) => reason.Code).join(", ")}]`,
  reasons,
});
const invalid = (message: string) => ({ name: "ValidationException", message });

describe("TransactWriteItems", () => {
  test("puts, updates, deletes and checks together", async () => {
    await desk.put(key("old"));
    await desk.transact([put("new"), take("30"), remove("old"), check("absent", "attribute_not_exists(pk)")]);
    const items = await Promise.all(["new", "rich", "old", "absent"].map(desk.get));
    expect(items).toEqual([key("new"), { ...RICH, balance: { N: "70" } }, undefined, undefined]);
  });

  const cancellations: [string, TransactWriteItem[], { Code: string }[]][] = [
    ["a failed condition", [put("new"), take("101")], [NONE, FAILED]],
    [
      "a failed condition that tells its item",
      [put("new"), take("101", ALL_OLD)],
      [NONE, { ...FAILED, Item: RICH } as never],
    ],
    ["a failed condition on a missing item has none to tell", [check("absent", undefined, ALL_OLD)], [FAILED]],
    [
      "several failed conditions",
      [check("absent"), put("new"), put("rich", { ConditionExpression: "attribute_not_exists(pk)" })],
      [FAILED, NONE, FAILED],
    ],
    [
      "an update that cannot be applied",
      [put("new"), { Update: { TableName: TABLE, Key: key("rich"), UpdateExpression: "SET a = gone" } }],
      [
        NONE,
        {
          Code: "ValidationError",
          Message: "The provided expression refers to an attribute that does not exist in the item",
        } as never,
      ],
    ],
    [
      "a key that does not fit, beside a failed condition",
      [{ Delete: { TableName: TABLE, Key: { pk: { S: "half" } } } }, check("absent")],
      [{ Code: "ValidationError", Message: "The provided key element does not match the schema" } as never, FAILED],
    ],
  ];
  test.each(cancellations)("is cancelled by %s and changes nothing", async (_title, actions, reasons) => {
    expect(await refusal(desk.transact(actions))).toEqual(cancelled(...reasons));
    expect([await desk.get("new"), await desk.get("rich")]).toEqual([undefined, RICH]);
  });

  const many = (count: number) => Array.from({ length: count }, (_, i) => put(`many-${i}`));
  const refusals: [string, TransactWriteItem[], object][] = [
    [
      "an item twice",
      [put("rich"), check("rich")],
      invalid("Transaction request cannot include multiple operations on one item"),
    ],
    [
      "an action that is two",
      [{ ...put("new"), ...remove("old") }],
      invalid("TransactItems can only contain one of Check, Put, Update or Delete"),
    ],
    ["an action that is none", [{}], invalid("TransactItems can only contain one of Check, Put, Update or Delete")],
    [
      "nothing",
      [],
      invalid(
        "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ),
    ],
    [
      "101 actions",
      many(101),
      invalid(
        "1 validation error detected: Value '[101 items]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100",
      ),
    ],
    [
      "a table that does not exist",
      [{ Put: { TableName: "nowhere", Item: key("new") } }],
      { name: "ResourceNotFoundException", message: "Requested resource not found" },
    ],
    [
      "an expression that is none",
      [check("rich", "balance >")],
      { name: "ValidationException", message: expect.stringContaining("Invalid ConditionExpression: Syntax error") },
    ],
  ];
  test.each(refusals)("refuses %s", async (_title, actions, expected) => {
    expect(await refusal(desk.transact(actions))).toEqual(expected);
  });

  test("takes 100 actions", async () => {
    await desk.transact(many(100));
    expect(await desk.get("many-99")).toEqual(key("many-99"));
  });

  test("lets exactly one of a hundred conflicting transactions through", async () => {
    const attempts = Array.from({ length: 100 }, (_, i) => refusal(desk.transact([take("100"), put(`winner-${i}`)])));
    const results = await Promise.all(attempts);
    expect(results.filter((result) => result === "done")).toHaveLength(1);
    expect(results.filter((result) => result !== "done")).toEqual(Array(99).fill(cancelled(FAILED, NONE)));
    expect(await desk.get("rich")).toEqual({ ...RICH, balance: { N: "0" } });
  });
});

describe("A ClientRequestToken", () => {
  test("makes the same transaction happen once", async () => {
    await desk.transact([take("30"), put("new")], "token");
    await desk.transact([take("30"), put("new")], "token");
    expect(await desk.get("rich")).toEqual({ ...RICH, balance: { N: "70" } });
  });

  test("is the same whatever order a request's members come in", async () => {
    await desk.transact([{ Put: { TableName: TABLE, Item: { pk: { S: "new" }, sk: { S: "order" } } } }], "token");
    await desk.transact([{ Put: { Item: { sk: { S: "order" }, pk: { S: "new" } }, TableName: TABLE } }], "token");
    expect(await desk.get("new")).toEqual(key("new"));
  });

  test("is refused for another transaction", async () => {
    await desk.transact([take("30")], "token");
    expect(await refusal(desk.transact([take("31")], "token"))).toEqual({
      name: "IdempotentParameterMismatchException",
      message: "The ClientRequestToken was used before with other transaction items",
    });
    expect(await desk.get("rich")).toEqual({ ...RICH, balance: { N: "70" } });
  });

  test("is remembered for ten minutes", async () => {
    await desk.transact([take("30")], "token");
    now += 10 * 60_000 - 1;
    await desk.transact([take("30")], "token");
    expect(await desk.get("rich")).toEqual({ ...RICH, balance: { N: "70" } });
    now += 1;
    await desk.transact([take("31")], "token");
    expect(await desk.get("rich")).toEqual({ ...RICH, balance: { N: "39" } });
  });

  test("is not used up by a transaction that was cancelled", async () => {
    expect(await refusal(desk.transact([take("101")], "token"))).toEqual(cancelled(FAILED));
    await desk.transact([take("99")], "token");
    expect(await desk.get("rich")).toEqual({ ...RICH, balance: { N: "1" } });
  });

  test("is at most 36 characters long", async () => {
    expect(await refusal(desk.transact([put("new")], "t".repeat(37)))).toEqual(
      invalid(
        `1 validation error detected: Value '${"t".repeat(37)}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36`,
      ),
    );
  });
});

describe("TransactGetItems", () => {
  const get = (...pks: string[]) =>
    desk.client.send(
      new TransactGetItemsCommand({ TransactItems: pks.map((pk) => ({ Get: { TableName: TABLE, Key: key(pk) } })) }),
    );

  test("answers in the order of the request, missing items empty", async () => {
    const { Responses } = await get("absent", "rich");
    expect(Responses).toEqual([{}, { Item: RICH }]);
  });

  test("answers with what a projection names", async () => {
    const { Responses } = await desk.client.send(
      new TransactGetItemsCommand({
        TransactItems: [
          {
            Get: {
              TableName: TABLE,
              Key: key("rich"),
              ProjectionExpression: "#b",
              ExpressionAttributeNames: { "#b": "balance" },
            },
          },
        ],
      }),
    );
    expect(Responses).toEqual([{ Item: { balance: { N: "100" } } }]);
  });

  test("sees every transaction whole", async () => {
    await desk.put({ ...key("left"), n: { N: "0" } });
    await desk.put({ ...key("right"), n: { N: "0" } });
    const add = (pk: string): TransactWriteItem => ({
      Update: {
        TableName: TABLE,
        Key: key(pk),
        UpdateExpression: "ADD n :one",
        ExpressionAttributeValues: { ":one": { N: "1" } },
      },
    });
    const reads = Array.from({ length: 30 }, async () => {
      await desk.transact([add("left"), add("right")]);
      const { Responses = [] } = await get("left", "right");
      return Responses.map(({ Item }) => Item?.n?.N);
    });
    for (const [left, right] of await Promise.all(reads)) expect(left).toBe(right);
  });

  test.each([
    [
      "nothing",
      [],
      "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ["an item twice", ["rich", "rich"], "Transaction request cannot include multiple operations on one item"],
  ])("refuses %s", async (_title, pks, message) => {
    expect(await refusal(get(...pks))).toEqual(invalid(message));
  });

  test("is cancelled by a key that does not fit", async () => {
    const command = new TransactGetItemsCommand({
      TransactItems: [{ Get: { TableName: TABLE, Key: { pk: { S: "half" } } } }],
    });
    const reason = { Code: "ValidationError", Message: "The provided key element does not match the schema" };
    expect(await refusal(desk.client.send(command))).toEqual(cancelled(reason));
  });
});
