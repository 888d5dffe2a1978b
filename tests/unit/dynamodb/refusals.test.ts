// Requests that the service refuses and that dynalite, beneath this engine, would let through.
import { DeleteItemCommand, PutItemCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Item, key, openDesk, refusal, TABLE } from "./client.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
  await desk.put({ ...key("a"), flag: { BOOL: true }, n: { N: "1" } });
});
afterAll(() => desk.engine.close());

/** One call of the wire protocol, for what the SDK's types do not let one say. */
const ask = async (operation: string, input: object): Promise<unknown> =>
  JSON.parse((await desk.engine.handle(`DynamoDB_20120810.${operation}`, JSON.stringify(input))).body);

const invalid = (message: string) => ({ name: "ValidationException", message });
const invalidAnswer = (message: string) => ({ __type: "com.amazon.coral.validate#ValidationException", message });

describe("A comparison by order", () => {
  const wrong = (operator: string, type: string): string =>
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
  const table: [condition: string, value: Item[string], message: string][] = [
    ["n < :v", { BOOL: true }, wrong("<", "BOOL")],
    [":v <= n", { NULL: true }, wrong("<=", "NULL")],
    ["NOT (gone = n OR n > :v)", { SS: ["a"] }, wrong(">", "SS")],
    ["size(n) >= :v", { L: [] }, wrong(">=", "L")],
    ["n BETWEEN :v AND :v", { M: {} }, wrong("BETWEEN", "M")],
  ];
  test.each(table)("%s with %o is refused, whatever the item", async (condition, value, message) => {
    const ExpressionAttributeValues = { ":v": value };
    const put = new PutItemCommand({
      TableName: TABLE,
      Item: key("a"),
      ConditionExpression: condition,
      ExpressionAttributeValues,
    });
    expect(await refusal(desk.client.send(put))).toEqual(invalid(`Invalid ConditionExpression: ${message}`));
    const query = desk.query({
      KeyConditionExpression: "pk = :pk",
      FilterExpression: condition,
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ":pk": { S: "a" } },
    });
    expect(await refusal(query)).toEqual(invalid(`Invalid FilterExpression: ${message}`));
  });

  test("with what an item has instead of a number does not hold", async () => {
    const put = new PutItemCommand({ TableName: TABLE, Item: key("a"), ConditionExpression: "flag < n" });
    expect(await refusal(desk.client.send(put))).toMatchObject({ name: "ConditionalCheckFailedException" });
  });
});

describe("A query is refused that asks", () => {
  const due = { IndexName: "due", KeyConditionExpression: "due = :p", ExpressionAttributeValues: { ":p": { S: "d" } } };
  const own = { KeyConditionExpression: "pk = :p", ExpressionAttributeValues: { ":p": { S: "a" } } };
  const byKey = (condition: string, value: Item[string]) => ({
    KeyConditionExpression: condition,
    ExpressionAttributeValues: { ":p": { S: "a" }, ":v": value },
  });
  const index = "One or more parameter values were invalid: Global secondary index due does not project";
  const table: [title: string, input: Omit<QueryCommandInput, "TableName">, message: string][] = [
    ["an index for what it does not have", { ...due, ProjectionExpression: "pk, n, flag" }, `${index} [n, flag]`],
    [
      "an index to filter by what it does not have",
      { ...due, FilterExpression: "n = flag" },
      "One or more parameter values were invalid: Secondary index due does not project one or more filter attributes: [n, flag]",
    ],
    [
      "a filtered index for whole items",
      { ...due, FilterExpression: "attribute_exists(sk)", Select: "ALL_ATTRIBUTES" },
      "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index due because its projection type is not ALL",
    ],
    [
      "for some attributes and names none",
      { ...own, Select: "SPECIFIC_ATTRIBUTES" },
      "1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    ],
    [
      "for a count and names attributes",
      { ...own, Select: "COUNT", ProjectionExpression: "n" },
      "Cannot specify the ProjectionExpression when choosing to get only the Count",
    ],
    [
      "the table for what an index has",
      { ...own, Select: "ALL_PROJECTED_ATTRIBUTES" },
      "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
    ],
    [
      "for keys from an empty one",
      byKey("pk = :p AND sk >= :v", { S: "" }),
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: sk",
    ],
    [
      "an index for an empty key",
      { IndexName: "list", KeyConditionExpression: "list = :v", ExpressionAttributeValues: { ":v": { S: "" } } },
      "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: list, IndexKey: list",
    ],
  ];
  const names = { "#list": "list" };
  test.each(table)("%s", async (_title, { KeyConditionExpression = "", ...input }, message) => {
    const plain = KeyConditionExpression.replace(/\blist\b/, "#list");
    const asked = { ...input, KeyConditionExpression: plain };
    const query = desk.query(plain.includes("#") ? { ...asked, ExpressionAttributeNames: names } : asked);
    expect(await refusal(query)).toEqual(invalid(message));
  });
});

describe("A write is refused", () => {
  test("that brings an attribute without a name, also deep inside", async () => {
    const deep = { L: [{ M: { "": { S: "x" } } }] };
    expect(await refusal(desk.put({ ...key("b"), "": { S: "x" } }))).toEqual(invalid("Empty attribute name"));
    expect(await refusal(desk.put({ ...key("b"), deep }))).toEqual(invalid("Empty attribute name"));
    const update = { Key: key("b"), UpdateExpression: "SET deep = :v", ExpressionAttributeValues: { ":v": deep } };
    expect(await refusal(desk.update(update))).toEqual(
      invalid("ExpressionAttributeValues contains invalid value: Empty attribute name for key :v"),
    );
  });

  test("for an empty key of an index before its condition is judged", async () => {
    const put = new PutItemCommand({
      TableName: TABLE,
      Item: { ...key("b"), due: { S: "" } },
      ConditionExpression: "attribute_exists(pk)",
    });
    expect(await refusal(desk.client.send(put))).toMatchObject({
      message: expect.stringContaining("IndexName: due, IndexKey: due"),
    });
  });

  test("that deletes an item and asks how it is afterwards", async () => {
    const erase = new DeleteItemCommand({ TableName: TABLE, Key: key("b"), ReturnValues: "ALL_NEW" });
    expect(await refusal(desk.client.send(erase))).toEqual(invalid("ReturnValues can only be ALL_OLD or NONE"));
  });
});

describe("A transaction", () => {
  const put = (pk: string, more: object = {}) => ({ Put: { TableName: TABLE, Item: { ...key(pk), ...more } } });
  const oneOf = (value: string, member: string, values: string): string =>
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values}]`;

  test("is refused where it chooses what there is not", async () => {
    const capacity = { TransactItems: [put("c")], ReturnConsumedCapacity: "SOME" };
    expect(await ask("TransactWriteItems", capacity)).toEqual(
      invalidAnswer(oneOf("SOME", "returnConsumedCapacity", "INDEXES, TOTAL, NONE")),
    );
    const failure = { Put: { ...put("c").Put, ReturnValuesOnConditionCheckFailure: "ALL_NEW" } };
    expect(await ask("TransactWriteItems", { TransactItems: [failure] })).toEqual(
      invalidAnswer(oneOf("ALL_NEW", "returnValuesOnConditionCheckFailure", "ALL_OLD, NONE")),
    );
  });

  test("is refused where a get is missing", async () => {
    expect(await ask("TransactGetItems", { TransactItems: [{}] })).toEqual(
      invalidAnswer(
        "1 validation error detected: Value null at 'transactItems.1.member.get' failed to satisfy constraint: Member must not be null",
      ),
    );
  });

  test("is refused where its items have more than 4 MB together, and changes nothing", async () => {
    const large = Array.from({ length: 11 }, (_, n) => put(`large-${n}`, { text: { S: "x".repeat(390_000) } }));
    expect(await ask("TransactWriteItems", { TransactItems: large })).toEqual(
      invalidAnswer("Transaction payload size cannot exceed 4MB"),
    );
    expect(await desk.get("large-0")).toBeUndefined();
    expect(await ask("TransactWriteItems", { TransactItems: large.slice(1) })).toEqual({});
  });

  test("takes no notice of a member that only an operation of its own has", async () => {
    const erase = { Delete: { TableName: TABLE, Key: key("large-1"), ReturnValues: "ALL_NEW" } };
    expect(await ask("TransactWriteItems", { TransactItems: [erase] })).toEqual({});
    expect(await desk.get("large-1")).toBeUndefined();
  });
});
