import { GetItemCommand, QueryCommand, TransactGetItemsCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultKind } from "../../../local/dynamodb/faults.ts";
import { key, openDesk, refusal, TABLE } from "./client.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.engine.close());

const put = (pk: string, more: object = {}) => ({ Put: { TableName: TABLE, Item: key(pk), ...more } });
const get = (pk: string) => ({ Get: { TableName: TABLE, Key: key(pk) } });

const CONFLICT = "Transaction is ongoing for the item";
const THROTTLED =
  "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.";
const EXCEEDED =
  "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";

const LOST = { name: "TimeoutError", message: "the answer was lost (injected fault)" };
const INTERNAL = { name: "InternalServerError", message: "Internal server error" };

const single: [FaultKind, object, boolean][] = [
  ["conflict", { name: "TransactionConflictException", message: CONFLICT }, false],
  ["throttle", { name: "ThrottlingException", message: THROTTLED }, false],
  ["throughput", { name: "ProvisionedThroughputExceededException", message: EXCEEDED }, false],
  ["internalError", INTERNAL, false],
  ["timeoutBefore", LOST, false],
  ["timeoutAfter", LOST, true],
];

describe("A fault of a single write", () => {
  test.each(single)("%s", async (kind, expected, done) => {
    desk.engine.faults.next({ operation: "PutItem", kind });
    expect(await refusal(desk.put(key("struck")))).toEqual(expected);
    expect(await desk.get("struck")).toEqual(done ? key("struck") : undefined);
  });
});

const reason = (code: string, message: string) => ({
  name: "TransactionCanceledException",
  message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${code}, None]`,
  reasons: [{ Code: code, Message: message }, { Code: "None" }],
});

const transacted: [FaultKind, object, boolean][] = [
  ["conflict", reason("TransactionConflict", CONFLICT), false],
  ["throttle", reason("ThrottlingError", THROTTLED), false],
  ["throughput", reason("ProvisionedThroughputExceeded", EXCEEDED), false],
  ["internalError", INTERNAL, false],
  ["timeoutBefore", LOST, false],
  ["timeoutAfter", LOST, true],
];

describe("A fault of a transaction", () => {
  test.each(transacted)("%s of a write", async (kind, expected, done) => {
    desk.engine.faults.next({ operation: "TransactWriteItems", kind });
    expect(await refusal(desk.transact([put("one"), put("two")]))).toEqual(expected);
    const items = [await desk.get("one"), await desk.get("two")];
    expect(items).toEqual(done ? [key("one"), key("two")] : [undefined, undefined]);
  });

  test.each(transacted)("%s of a read", async (kind, expected) => {
    desk.engine.faults.next({ operation: "TransactGetItems", kind });
    const command = new TransactGetItemsCommand({ TransactItems: [get("one"), get("two")] });
    expect(await refusal(desk.client.send(command))).toEqual(expected);
  });

  test("strikes the action it is aimed at, beside what the others say themselves", async () => {
    desk.engine.faults.next({ operation: "TransactWriteItems", kind: "conflict", at: 1 });
    const failing = put("one", { ConditionExpression: "attribute_exists(pk)" });
    expect(await refusal(desk.transact([failing, put("two"), put("three")]))).toEqual({
      name: "TransactionCanceledException",
      message:
        "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, TransactionConflict, None]",
      reasons: [
        { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
        { Code: "TransactionConflict", Message: CONFLICT },
        { Code: "None" },
      ],
    });
  });

  test("aimed past the last action is an error of the test, not a success", async () => {
    desk.engine.faults.next({ operation: "TransactWriteItems", kind: "conflict", at: 2 });
    expect(await refusal(desk.transact([put("one"), put("two")]))).toMatchObject({ name: "InternalServerError" });
    expect(await desk.get("one")).toBeUndefined();
  });

  test("that lost the answer is healed by the same token", async () => {
    desk.engine.faults.next({ operation: "TransactWriteItems", kind: "timeoutAfter" });
    const attempt = () =>
      desk.transact([put("one", { ConditionExpression: "attribute_not_exists(pk)" })], "token-of-one-attempt");
    expect(await refusal(attempt())).toEqual(LOST);
    expect(await refusal(attempt())).toBe("done");
  });
});

describe("Programmed faults", () => {
  test("strike once each, in order, and only their operation", async () => {
    desk.engine.faults.next({ operation: "PutItem", kind: "throttle" }, { operation: "PutItem", kind: "conflict" });
    desk.engine.faults.next({ operation: "UpdateItem", kind: "internalError" });
    const names = [];
    for (const pk of ["a", "b", "c"]) names.push(await refusal(desk.put(key(pk))));
    expect(names).toMatchObject([{ name: "ThrottlingException" }, { name: "TransactionConflictException" }, "done"]);
    expect(desk.engine.faults.pending()).toEqual([{ operation: "UpdateItem", kind: "internalError" }]);
    desk.engine.faults.clear();
    expect(await refusal(desk.update({ Key: key("a") }))).toBe("done");
  });

  test("of reads lose or refuse them", async () => {
    desk.engine.faults.next({ operation: "GetItem", kind: "timeoutBefore" }, { operation: "Query", kind: "throttle" });
    const reads = [
      new GetItemCommand({ TableName: TABLE, Key: key("a") }),
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: "a" } },
      }),
    ] as const;
    expect(await refusal(desk.client.send(reads[0]))).toEqual(LOST);
    expect(await refusal(desk.client.send(reads[1]))).toEqual({ name: "ThrottlingException", message: THROTTLED });
  });

  test("cannot be conflicts of plain reads, which never conflict", () => {
    expect(() => desk.engine.faults.next({ operation: "GetItem", kind: "conflict" })).toThrow(
      "GetItem never meets a transaction conflict",
    );
  });
});

describe("The log of calls", () => {
  test("tells every call in order, with its units and how it failed", async () => {
    await desk.put({ ...key("a"), list: { S: "open" } });
    await desk.transact([put("b"), put("c")]);
    await refusal(desk.transact([put("b", { ConditionExpression: "attribute_not_exists(pk)" })]));
    await desk.get("a");
    desk.engine.faults.next({ operation: "PutItem", kind: "timeoutAfter" });
    await refusal(desk.put(key("d")));
    expect(desk.engine.calls).toEqual([
      { operation: "PutItem", units: 2 },
      { operation: "TransactWriteItems", units: 4 },
      { operation: "TransactWriteItems", units: 0, error: "TransactionCanceledException" },
      { operation: "GetItem", units: 0.5 },
      { operation: "PutItem", units: 1, error: "TimeoutError" },
    ]);
  });
});

describe("The request handler", () => {
  test("rejects at once what was aborted before", async () => {
    const command = new GetItemCommand({ TableName: TABLE, Key: key("a") });
    const sent = desk.client.send(command, { abortSignal: AbortSignal.abort() });
    expect(await refusal(sent)).toEqual({ name: "AbortError", message: "Request aborted" });
    expect(desk.engine.calls).toEqual([]);
  });

  test("stops waiting when it is aborted, though the request is under way", async () => {
    const aborting = new AbortController();
    const handler = desk.engine.requestHandler;
    const body = JSON.stringify({ TableName: TABLE, Item: key("under way") });
    const headers = { "x-amz-target": "DynamoDB_20120810.PutItem" };
    const answer = handler.handle({ headers, body }, { abortSignal: aborting.signal });
    aborting.abort();
    expect(await refusal(answer)).toEqual({ name: "AbortError", message: "Request aborted" });
    expect(await desk.get("under way")).toEqual(key("under way"));
  });
});
