import {
  DescribeTimeToLiveCommand,
  PutItemCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { key, openDesk, refusal, TABLE } from "./client.ts";

const START_MS = Date.UTC(2026, 10, 20);
let now = START_MS;
let desk: Awaited<ReturnType<typeof openDesk>>;

beforeEach(async () => {
  now = START_MS;
  desk = await openDesk({ now: () => now });
});
afterEach(() => desk.engine.close());

const setTtl = (Enabled: boolean, AttributeName = "ttl") =>
  desk.client.send(
    new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification: { AttributeName, Enabled } }),
  );
const describeTtl = async () =>
  (await desk.client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }))).TimeToLiveDescription;
const secondsFromStart = (seconds: number) => ({ N: String(START_MS / 1000 + seconds) });
const namesLeft = async (IndexName?: string) => {
  const { Items = [] } = await desk.client.send(new ScanCommand({ TableName: TABLE, IndexName }));
  return Items.map((item) => item.pk?.S).sort();
};

test("Time to live is described as it was last set", async () => {
  expect(await describeTtl()).toEqual({ TimeToLiveStatus: "DISABLED" });
  await setTtl(true);
  expect(await describeTtl()).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "ttl" });
  await setTtl(false);
  expect(await describeTtl()).toEqual({ TimeToLiveStatus: "DISABLED" });
});

test("Time to live refuses what changes nothing or another attribute", async () => {
  const invalid = (message: string) => ({ name: "ValidationException", message });
  expect(await refusal(setTtl(false))).toEqual(invalid("TimeToLive is already disabled"));
  await setTtl(true);
  expect(await refusal(setTtl(true))).toEqual(invalid("TimeToLive is already enabled"));
  expect(await refusal(setTtl(true, "other"))).toEqual(
    invalid("TimeToLive is active on a different AttributeName: current AttributeName is ttl"),
  );
});

test("A sweep deletes expired items and their index rows, by the engine's clock", async () => {
  await setTtl(true);
  const indexed = { list: { S: "open" }, due: { S: "due#1" }, dueAtMs: { N: "1" } };
  await desk.put({ ...key("soon"), ...indexed, ttl: secondsFromStart(60) });
  await desk.put({ ...key("later"), ...indexed, ttl: secondsFromStart(3600) });
  await desk.put({ ...key("never"), ...indexed });
  await desk.put({ ...key("no number"), ...indexed, ttl: { S: String(START_MS / 1000 - 60) } });
  await desk.put({ ...key("absurdly long ago"), ...indexed, ttl: { N: "1000" } });

  now = START_MS + 60_000;
  expect(await desk.engine.sweepExpired()).toBe(0);
  now += 1;
  expect(await desk.engine.sweepExpired()).toBe(1);
  const left = ["absurdly long ago", "later", "never", "no number"];
  expect([await namesLeft(), await namesLeft("list"), await namesLeft("due")]).toEqual([left, left, left]);
});

test("Nothing is swept from a table without time to live", async () => {
  await desk.put({ ...key("soon"), ttl: secondsFromStart(-60) });
  expect(await desk.engine.sweepExpired()).toBe(0);
  expect(await namesLeft()).toEqual(["soon"]);
});

test("An expired item is there until it is swept, as with the real service", async () => {
  await setTtl(true);
  await desk.put({ ...key("expired"), ttl: secondsFromStart(-60) });
  const again = new PutItemCommand({
    TableName: TABLE,
    Item: key("expired"),
    ConditionExpression: "attribute_not_exists(pk)",
  });
  expect(await refusal(desk.client.send(again))).toMatchObject({ name: "ConditionalCheckFailedException" });
  await desk.engine.sweepExpired();
  expect(await refusal(desk.client.send(again))).toBe("done");
});
