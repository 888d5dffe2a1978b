import { once } from "node:events";
import { connect } from "node:net";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRequestHandler } from "../../../local/dynamodb/requestHandler.ts";
import { answerSecrets } from "../../../local/dynamodb/secrets.ts";
import { type EngineServer, serveEngine } from "../../../local/dynamodb/server.ts";
import { clientOf, key, openDesk, refusal, TABLE, verbsOf } from "./client.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
let server: EngineServer;
beforeEach(async () => {
  desk = await openDesk();
  server = await serveEngine(desk.engine, { secrets: { "tillgate/sandbox": '{"pepper":"p"}' } });
});
afterEach(async () => {
  await server.close();
  await desk.engine.close();
});

const put = (pk: string, more: object = {}) => ({ Put: { TableName: TABLE, Item: key(pk), ...more } });

describe("DynamoDB over HTTP", () => {
  test("serves the SDK's client like the in-process handler", async () => {
    const remote = clientOf({ endpoint: server.url });
    const { transact, get } = verbsOf(remote);
    await transact([put("a"), put("b")]);
    expect([await get("a"), await desk.get("b")]).toEqual([key("a"), key("b")]);
    const failing = put("a", {
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    expect(await refusal(transact([failing]))).toMatchObject({
      name: "TransactionCanceledException",
      reasons: [{ Code: "ConditionalCheckFailed", Item: key("a") }],
    });
    remote.destroy();
  });

  test("loses an answer by dropping the connection", async () => {
    const remote = clientOf({ endpoint: server.url });
    desk.engine.faults.next({ operation: "PutItem", kind: "timeoutBefore" });
    expect(await refusal(verbsOf(remote).put(key("before")))).toMatchObject({
      name: "TimeoutError",
      message: "socket hang up",
    });
    desk.engine.faults.next({ operation: "PutItem", kind: "timeoutAfter" });
    expect(await refusal(verbsOf(remote).put(key("after")))).toMatchObject({
      name: "TimeoutError",
      message: "socket hang up",
    });
    expect([await desk.get("before"), await desk.get("after")]).toEqual([undefined, key("after")]);
    remote.destroy();
  });

  const SIGNED = { authorization: "AWS4-HMAC-SHA256 Credential=a" };
  const target = (operation: string) => ({ ...SIGNED, "x-amz-target": `DynamoDB_20120810.${operation}` });
  const type = (error: string) => `com.amazon.coral.service#${error}`;
  const SERIALIZATION = { __type: type("SerializationException"), message: "" };
  const UNKNOWN = { __type: type("UnknownOperationException"), message: "" };
  const requests: [string, RequestInit, number, object][] = [
    [
      "an unsigned request",
      { headers: { "x-amz-target": "DynamoDB_20120810.ListTables" }, body: "{}" },
      400,
      { __type: type("MissingAuthenticationTokenException"), message: "Request is missing Authentication Token" },
    ],
    ["no target", { headers: SIGNED, body: "{}" }, 400, UNKNOWN],
    ["an unknown operation", { headers: target("Explode"), body: "{}" }, 400, UNKNOWN],
    ["an operation that is a member of every object", { headers: target("constructor"), body: "{}" }, 400, UNKNOWN],
    ["another protocol", { headers: { ...SIGNED, "x-amz-target": "Kinesis.PutRecord" }, body: "{}" }, 400, UNKNOWN],
    ["another method", { method: "PUT", headers: target("ListTables"), body: "{}" }, 400, UNKNOWN],
    ["no body", { headers: target("PutItem") }, 400, SERIALIZATION],
    ["no JSON", { headers: target("PutItem"), body: "{" }, 400, SERIALIZATION],
    ["JSON that is no object", { headers: target("PutItem"), body: "[]" }, 400, SERIALIZATION],
    [
      "members of a wrong type",
      { headers: target("TransactWriteItems"), body: '{"TransactItems":[{"Put":7}]}' },
      400,
      {
        __type: type("SerializationException"),
        message: "TransactItems.0.Put: Invalid input: expected record, received number",
      },
    ],
    [
      "values of a wrong type",
      { headers: target("PutItem"), body: '{"TableName":"desk","Item":{"pk":{"S":7}}}' },
      400,
      { __type: type("SerializationException"), message: "NUMBER_VALUE cannot be converted to String" },
    ],
    [
      "a body beyond the limit",
      { headers: target("PutItem"), body: "x".repeat(16 * 1024 * 1024 + 1) },
      413,
      { __type: type("RequestEntityTooLargeException"), message: "Request body is too large" },
    ],
  ];
  test.each(requests)("answers %s with a clean error", async (_title, request, status, body) => {
    const answer = await fetch(server.url, { method: "POST", ...request });
    expect([answer.status, await answer.json()]).toEqual([status, body]);
  });

  test("survives a client that hangs up in the middle of a request", async () => {
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write("POST / HTTP/1.1\r\nhost: desk\r\ncontent-length: 100\r\n\r\n{");
    socket.destroy();
    const remote = clientOf({ endpoint: server.url });
    expect(await refusal(verbsOf(remote).put(key("a")))).toBe("done");
    remote.destroy();
  });

  test("closes at once, idle connections or not", async () => {
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    socket.resume();
    await server.close();
    await closed;
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

describe("Secrets Manager", () => {
  const ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:tillgate/sandbox";
  const ask = (config: object, SecretId: string) =>
    new SecretsManagerClient({
      region: "us-east-1",
      credentials: { accessKeyId: "desk", secretAccessKey: "desk" },
      maxAttempts: 1,
      ...config,
    }).send(new GetSecretValueCommand({ SecretId }));

  test.each(["tillgate/sandbox", ARN])("tells the secret %s over the same port", async (id) => {
    expect(await ask({ endpoint: server.url }, id)).toMatchObject({
      ARN,
      Name: "tillgate/sandbox",
      SecretString: '{"pepper":"p"}',
    });
  });

  test.each(["tillgate/production", "constructor"])("does not know %s", async (id) => {
    expect(await refusal(ask({ endpoint: server.url }, id))).toEqual({
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    });
  });

  test("answers in process too", async () => {
    const requestHandler = createRequestHandler(answerSecrets({ mine: "secret" }));
    expect(await ask({ requestHandler }, "mine")).toMatchObject({ SecretString: "secret" });
  });

  test("does nothing but tell", async () => {
    const answer = await answerSecrets({})("secretsmanager.DeleteSecret", "{}");
    expect(answer.statusCode).toBe(400);
  });
});
