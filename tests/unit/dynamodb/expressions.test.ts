// Conditions and updates as the real service judges and applies them.
import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Item, key, openDesk, refusal, TABLE } from "./client.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.engine.close());

const FAILED = { name: "ConditionalCheckFailedException", message: "The conditional request failed" };

const NAMES: Record<string, string> = { "#day": "used:day:2026-11-20", "#list": "list", "#nothing": "constructor" };
const VALUES: Item = {
  ":two": { N: "2" },
  ":five": { N: "5.0" },
  ":nine": { N: "9" },
  ":text": { S: "word" },
  ":wo": { S: "wo" },
  ":set": { SS: ["b", "a"] },
  ":map": { M: { deep: { L: [{ N: "1" }] } } },
  ":bytes": { B: Uint8Array.of(1, 2) },
  ":first": { B: Uint8Array.of(1) },
  ":off": { BOOL: false },
  ":type": { S: "BOOL" },
  ":zero": { N: "0" },
};

// Only what an expression uses may be sent along.
const used = <Value>(all: Record<string, Value>, expression: string): Record<string, Value> | undefined => {
  const found = Object.entries(all).filter(([name]) => new RegExp(`${name}(?![A-Za-z])`).test(expression));
  return found.length ? Object.fromEntries(found) : undefined;
};
const bound = (expression: string) => ({
  ExpressionAttributeNames: used(NAMES, expression),
  ExpressionAttributeValues: used(VALUES, expression),
});

describe("A condition", () => {
  const item: Item = {
    ...key("conditions"),
    five: { N: "5" },
    alsoFive: { N: "5" },
    word: { S: "word" },
    blank: { S: "" },
    tags: { SS: ["a", "b"] },
    doc: { M: { deep: { L: [{ N: "1" }] } } },
    bytes: { B: Uint8Array.of(1, 2) },
    flag: { BOOL: false },
    nil: { NULL: true },
    "used:day:2026-11-20": { N: "7" },
  };
  beforeAll(() => desk.put(item));

  const truth: [string, boolean][] = [
    ["five = :five", true],
    ["five = alsoFive", true],
    ["five <> :five", false],
    ["five <> :nine", true],
    ["five = :text", false],
    ["five <> :text", true],
    ["tags = :set", true],
    ["doc = :map", true],
    ["doc.deep[0] < :five", true],
    ["bytes = :bytes", true],
    // A missing attribute equals nothing, not even another missing one.
    ["gone = :five", false],
    ["gone <> :five", true],
    ["gone = absent", false],
    ["gone <> absent", true],
    ["gone < :five", false],
    ["gone >= :five", false],
    ["gone <= absent", false],
    ["NOT gone = :five", true],
    ["five BETWEEN :two AND :nine", true],
    ["five BETWEEN :two AND gone", false],
    ["gone BETWEEN :two AND :nine", false],
    ["five IN (:two, :five)", true],
    ["five IN (:two, gone)", false],
    ["gone IN (:two, absent)", false],
    ["five < :text", false],
    ["word > :wo", true],
    ["flag < nil", false],
    ["attribute_not_exists(gone) OR gone <= :five", true],
    ["attribute_not_exists(five) OR five <= :five", true],
    ["attribute_not_exists(five) OR five <= :two", false],
    ["attribute_exists(flag) AND attribute_exists(nil) AND attribute_exists(blank)", true],
    ["attribute_exists(#nothing)", false],
    ["attribute_exists(doc.deep[1])", false],
    ["attribute_type(flag, :type)", true],
    ["attribute_type(gone, :type)", false],
    ["begins_with(word, :wo)", true],
    ["begins_with(bytes, :first)", true],
    ["begins_with(gone, :wo)", false],
    ["contains(word, :wo)", true],
    ["contains(tags, :wo)", false],
    ["contains(gone, :wo)", false],
    ["size(tags) = :two", true],
    ["size(blank) = :zero", true],
    ["size(gone) <> :two", true],
    ["#day > :five AND (flag = :off OR gone = :five)", true],
  ];
  test.each(truth)("%s is %s", async (condition, outcome) => {
    const put = new PutItemCommand({
      TableName: TABLE,
      Item: item,
      ConditionExpression: condition,
      ...bound(condition),
    });
    expect(await refusal(desk.client.send(put))).toEqual(outcome ? "done" : FAILED);
  });

  test.each(["PutItem", "UpdateItem", "DeleteItem"])(
    "that fails tells the item of a %s that asks for it",
    async (operation) => {
      const failing = {
        TableName: TABLE,
        ConditionExpression: "gone = :five",
        ExpressionAttributeValues: { ":five": { N: "5" } },
      };
      const send = (more: { ReturnValuesOnConditionCheckFailure?: "ALL_OLD" }, pk: string): Promise<unknown> => {
        if (operation === "PutItem")
          return desk.client.send(new PutItemCommand({ ...failing, ...more, Item: key(pk) }));
        if (operation === "UpdateItem") return desk.update({ ...failing, ...more, Key: key(pk) });
        return desk.client.send(new DeleteItemCommand({ ...failing, ...more, Key: key(pk) }));
      };
      const told = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
      await expect(send(told, "conditions")).rejects.toMatchObject({ ...FAILED, Item: item });
      await expect(send(told, "nobody")).rejects.toMatchObject({ ...FAILED, Item: undefined });
      await expect(send({}, "conditions")).rejects.toMatchObject({ ...FAILED, Item: undefined });
    },
  );
});

describe("An update", () => {
  const start: Item = {
    n: { N: "1" },
    m: { N: "10" },
    tags: { SS: ["a", "b"] },
    doc: { M: { x: { N: "1" } } },
    entries: { L: [{ S: "0" }, { S: "1" }, { S: "2" }, { S: "3" }] },
  };
  const updates: [string, Item, Item][] = [
    ["ADD fresh :two", start, { ...start, fresh: { N: "2" } }],
    ["ADD n :five", start, { ...start, n: { N: "6" } }],
    ["SET n = n - :nine", start, { ...start, n: { N: "-8" } }],
    ["SET fresh = if_not_exists(fresh, :zero) + :two", start, { ...start, fresh: { N: "2" } }],
    ["SET n = if_not_exists(n, :zero) + :two", start, { ...start, n: { N: "3" } }],
    ["REMOVE gone, alsoGone", start, start],
    [
      "REMOVE n, m",
      start,
      { tags: { SS: ["a", "b"] }, doc: { M: { x: { N: "1" } } }, entries: start.entries ?? { L: [] } },
    ],
    [
      "SET fresh = :text ADD n :two, m :five REMOVE doc DELETE tags :set",
      start,
      { fresh: { S: "word" }, n: { N: "3" }, m: { N: "15" }, entries: start.entries ?? { L: [] } },
    ],
    // Operands are the item as it was, in whatever order the clauses come.
    ["SET n = m, m = n", start, { ...start, n: { N: "10" }, m: { N: "1" } }],
    ["SET twin = n ADD n :two", start, { ...start, twin: { N: "1" }, n: { N: "3" } }],
    [
      "SET twin = doc, doc.x = :two",
      start,
      { ...start, twin: { M: { x: { N: "1" } } }, doc: { M: { x: { N: "2" } } } },
    ],
    ["SET doc.y = :two REMOVE doc.x", start, { ...start, doc: { M: { y: { N: "2" } } } }],
    ["REMOVE entries[0], entries[2]", start, { ...start, entries: { L: [{ S: "1" }, { S: "3" }] } }],
    [
      "SET entries[1] = :two, entries[9] = :nine",
      start,
      { ...start, entries: { L: [{ S: "0" }, { N: "2" }, { S: "2" }, { S: "3" }, { N: "9" }] } },
    ],
    [
      "SET entries = list_append(entries, entries)",
      { entries: { L: [{ N: "1" }] } },
      { entries: { L: [{ N: "1" }, { N: "1" }] } },
    ],
    ["ADD tags :set", { tags: { SS: ["b", "c"] } }, { tags: { SS: ["b", "c", "a"] } }],
    ["SET #day = :two", {}, { "used:day:2026-11-20": { N: "2" } }],
  ];
  test.each(updates)("%s", async (UpdateExpression, before, after) => {
    await desk.put({ ...key("updates"), ...before });
    await desk.update({ Key: key("updates"), UpdateExpression, ...bound(UpdateExpression) });
    expect(await desk.get("updates")).toEqual({ ...key("updates"), ...after });
  });

  const OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range";
  const WRONG_TYPE = "An operand in the update expression has an incorrect data type";
  const refused: [string, Item, string][] = [
    ["SET n = gone", {}, "The provided expression refers to an attribute that does not exist in the item"],
    ["SET n = word + :two", { word: { S: "1" } }, WRONG_TYPE],
    ["ADD word :two", { word: { S: "1" } }, WRONG_TYPE],
    ["ADD word :set", { word: { N: "1" } }, WRONG_TYPE],
    ["SET doc.x = :two", {}, "The document path provided in the update expression is invalid for update"],
    ["ADD big :two", { big: { N: `1${"0".repeat(38)}` } }, OVERFLOW],
    ["SET big = big - :two", { big: { N: `1${"0".repeat(50)}` } }, OVERFLOW],
    [
      "SET due = :two",
      {},
      "One or more parameter values were invalid: Type mismatch for Index Key due Expected: S Actual: N IndexName: due",
    ],
    [
      "SET pk = :text",
      {},
      "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key",
    ],
  ];
  test.each(refused)("%s is refused and changes nothing", async (UpdateExpression, before, message) => {
    await desk.put({ ...key("updates"), ...before });
    const update = desk.update({ Key: key("updates"), UpdateExpression, ...bound(UpdateExpression) });
    expect(await refusal(update)).toEqual({ name: "ValidationException", message });
    expect(await desk.get("updates")).toEqual({ ...key("updates"), ...before });
  });

  test("keeps 38 digits exactly", async () => {
    const digits = "12345678901234567890123456789012345678";
    await desk.put({ ...key("digits"), n: { N: digits } });
    await desk.update({
      Key: key("digits"),
      UpdateExpression: "ADD n :one",
      ConditionExpression: "n = :n AND n < :more",
      ExpressionAttributeValues: {
        ":one": { N: "1" },
        ":n": { N: digits },
        ":more": { N: "12345678901234567890123456789012345679" },
      },
    });
    expect(await desk.get("digits")).toEqual({ ...key("digits"), n: { N: "12345678901234567890123456789012345679" } });
  });

  test("creates the item it is about", async () => {
    await desk.update({
      Key: key("created"),
      UpdateExpression: "ADD n :two",
      ExpressionAttributeValues: { ":two": { N: "2" } },
    });
    expect(await desk.get("created")).toEqual({ ...key("created"), n: { N: "2" } });
  });

  test.each([
    ["ALL_OLD", { ...key("values"), n: { N: "1" }, m: { N: "5" } }],
    ["UPDATED_OLD", { n: { N: "1" } }],
    ["ALL_NEW", { ...key("values"), n: { N: "3" }, m: { N: "5" } }],
    ["UPDATED_NEW", { n: { N: "3" } }],
    ["NONE", undefined],
  ] as const)("answers with %s attributes", async (ReturnValues, expected) => {
    await desk.put({ ...key("values"), n: { N: "1" }, m: { N: "5" } });
    const { Attributes } = await desk.update({
      Key: key("values"),
      UpdateExpression: "ADD n :two",
      ExpressionAttributeValues: { ":two": { N: "2" } },
      ReturnValues,
    });
    expect(Attributes).toEqual(expected);
  });

  test("lets exactly one of a hundred conditional updates win", async () => {
    const attempts = Array.from({ length: 100 }, (_, i) =>
      refusal(
        desk.update({
          Key: key("race"),
          UpdateExpression: "SET winner = :me",
          ConditionExpression: "attribute_not_exists(winner)",
          ExpressionAttributeValues: { ":me": { N: String(i) } },
        }),
      ),
    );
    const results = await Promise.all(attempts);
    expect(results.filter((result) => result === "done")).toHaveLength(1);
    expect(results.filter((result) => result !== "done")).toEqual(Array(99).fill(FAILED));
  });

  test("refuses the old interface instead of ignoring it", async () => {
    const update = desk.update({ Key: key("old"), AttributeUpdates: { n: { Action: "PUT", Value: { N: "1" } } } });
    expect(await refusal(update)).toEqual({
      name: "ValidationException",
      message: "AttributeUpdates is not supported by the embedded engine: use expressions",
    });
  });
});
