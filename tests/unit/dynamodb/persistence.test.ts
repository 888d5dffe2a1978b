import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ScanCommand, TransactWriteItemsCommand, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { key, openDesk, refusal, TABLE } from "./client.ts";
import { CREW, crewNames, crewOf } from "./crew.ts";

let path = "";
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "dynamodb-"));
});
afterEach(() => rm(path, { recursive: true }));

const scan = async (desk: Awaited<ReturnType<typeof openDesk>>, IndexName?: string): Promise<string[]> => {
  const names: string[] = [];
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await desk.client.send(new ScanCommand({ TableName: TABLE, IndexName, ExclusiveStartKey }));
    for (const item of page.Items ?? []) names.push(item.pk?.S ?? "");
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey);
  return names.sort();
};

test("Items, index rows, settings and tokens are there when the engine is opened again", async () => {
  let now = Date.UTC(2026, 10, 20);
  const first = await openDesk({ path, now: () => now });
  await first.put({ ...key("kept"), list: { S: "open" }, ttl: { N: String(now / 1000 + 60) } });
  const ttl = { AttributeName: "ttl", Enabled: true };
  await first.client.send(new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification: ttl }));
  await first.client.send(new TransactWriteItemsCommand(crewOf(1)));
  await first.engine.close();

  const second = await openDesk({ path, now: () => now });
  expect([await scan(second), await scan(second, "list")]).toEqual([
    [...crewNames(1), "kept"].sort(),
    [...crewNames(1), "kept"].sort(),
  ]);
  expect(await refusal(second.client.send(new TransactWriteItemsCommand(crewOf(1))))).toBe("done");
  now += 61_000;
  expect(await second.engine.sweepExpired()).toBe(1);
  // After ten minutes the token is forgotten, and the transaction is judged anew.
  now += 600_000;
  await second.put(key("another"));
  expect(await refusal(second.client.send(new TransactWriteItemsCommand(crewOf(1))))).toMatchObject({
    name: "TransactionCanceledException",
  });
  await second.engine.close();
});

test("A folder serves one engine at a time", async () => {
  const desk = await openDesk({ path });
  await expect(openDesk({ path })).rejects.toThrow();
  await desk.engine.close();
});

test("An engine that is closed answers with errors, and closing it again does nothing", async () => {
  const desk = await openDesk({ path });
  await desk.engine.close();
  await desk.engine.close();
  expect(await refusal(desk.put(key("late")))).toMatchObject({ name: "InternalServerError" });
});

const NODE = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
const WRITER = fileURLToPath(new URL("./writer.ts", import.meta.url));
const COMMITS = 5;

/** Runs the writer until it has killed itself, and yields the last commit it said was acknowledged. */
const writeUntilKilled = async (first: number, turns: number): Promise<number> => {
  const args = [WRITER, path, String(first), String(COMMITS), String(turns)];
  const writer = spawn(NODE, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(writer, "exit");
  let last = -1;
  for await (const line of createInterface({ input: writer.stdout })) last = Number(line);
  expect(await exited).toEqual([null, "SIGKILL"]);
  return last;
};

test("kill -9 loses no acknowledged transaction and tears none", async () => {
  await openDesk({ path }).then(({ engine }) => engine.close());
  let first = 0;
  for (const turns of [1, 100, 1_000]) {
    const last = await writeUntilKilled(first, turns);
    expect(last).toBeGreaterThanOrEqual(first + COMMITS - 1);
    const desk = await openDesk({ path });
    const items = await scan(desk);
    const committed = items.length / CREW;
    expect(committed).toBeGreaterThan(last);
    const numbers = Array.from({ length: committed }, (_, n) => n);
    expect(items).toEqual(numbers.flatMap(crewNames).sort());
    expect(await scan(desk, "list")).toEqual(items);
    // The transaction whose answer the kill may have swallowed is recognised by its token.
    expect(await refusal(desk.client.send(new TransactWriteItemsCommand(crewOf(committed - 1))))).toBe("done");
    await desk.engine.close();
    first = committed;
  }
});
