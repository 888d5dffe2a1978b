/** The raw events of events/, each through its endpoint's real chain on a freshly seeded sandbox: what its name promises comes back. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { sayPlainly } from "#desk/contract";
import type { UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import { unknownRoute } from "#edge/unknownRoute";
import { readSecret } from "#live";
import type { Ports } from "#ports";
import { sweepDue } from "#sweep/expireDue";
import { SECRET_ID } from "../../local/sandbox/environment.ts";
import { secrets } from "../../local/sandbox/values.ts";
import { seedSandbox } from "../../local/sandbox.ts";
import { root } from "../house/sources.ts";
import { contextOf, everyContract, useCaseOf } from "../support/desk.ts";
import { openTestPorts } from "../support/ports.ts";

const folder = join(root, "events");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".json"))
  .sort();

const read = (path: string) => JSON.parse(readFileSync(join(folder, path), "utf8")) as APIGatewayProxyEventV2;

const I = (Message: string, ResultCode: number) => `{"Message":"${Message}","ResultCode":${ResultCode},"Skip":false}`;

/** What each expectation in a file's name stands for (sonect.md 4.2, and the desk's own). */
const promises: Readonly<Record<string, readonly [status: number, body: RegExp | string]>> = {
  I1: [200, /^\{"Message":"OK","ResultCode":0,"Skip":false,"TransactionId":[1-9]\d{0,15}\}$/],
  I2: [200, I("OK", 0)],
  I3: [200, I("Generic error", 1)],
  I4: [200, I("Order not found", 1)],
  I5: [200, I("Cash limit exceeded", 4)],
  I7: [200, I("Insufficient balance", 1222)],
  I8: [400, I("Invalid request", 1)],
  I9: [401, I("Unauthorized", 1)],
  ok: [200, '{"status":"ok"}'],
  404: [404, ""],
  405: [405, ""],
};

/** An event that ends an order names one that a start has just made: numbers are drawn, so it is put in here. */
const naming = (event: APIGatewayProxyEventV2, transactionId: string): APIGatewayProxyEventV2 => {
  const body = event.body?.replace("4503599627370001", transactionId);
  return {
    ...event,
    ...(body !== undefined && { body }),
    headers: { ...event.headers, "content-length": String(Buffer.byteLength(body ?? "")) },
  };
};

/** The ports of a freshly seeded sandbox, on the twin. */
const openSandbox = async (): Promise<Ports> => {
  const { ports } = openTestPorts();
  const sandbox = { ...ports, secrets: async () => readSecret(secrets[SECRET_ID] ?? "", "sandbox") };
  await seedSandbox(sandbox);
  return sandbox;
};

const handlerOf = async (name: string, ports: Ports) => {
  const contracts = await everyContract();
  if (name === "desk/unknownRoute") return unknownRoute(contracts, sayPlainly, () => ports);
  const contract = contracts.find((each) => each.name === name);
  const useCase = contract && (await useCaseOf(contract));
  if (contract === undefined || useCase === undefined) throw new Error(`there is no endpoint ${name}`);
  return endpoint(contract, useCase as UseCase<unknown, never, unknown>, () => ports);
};

describe("events", () => {
  test.each(files.filter((path) => !/^sweep\/|^desk\/docs/.test(path)))("%s", async (path) => {
    const [, name = "", expectation = ""] = /^(.*?)\.(.*)\.json$/.exec(path) ?? [];
    const [status, body] = promises[expectation] ?? [];
    const begun = await openSandbox();
    const start = await handlerOf("withdrawal/startOrder", begun);
    const started = await start(read("withdrawal/startOrder.I1.json"), contextOf("start"));
    const transactionId = /"TransactionId":(\d+)/.exec(String(started.body))?.[1] ?? "";
    const ports = name === "withdrawal/startOrder" ? await openSandbox() : begun;
    const answered = await (await handlerOf(name, ports))(naming(read(path), transactionId), contextOf("asked"));
    expect(answered.statusCode).toBe(status);
    if (body instanceof RegExp) expect(answered.body).toMatch(body);
    else expect(answered.body ?? "").toBe(body);
  });

  test("sweep/expireDue.scheduled.json is all that the sweep is given", async () => {
    const world = openTestPorts();
    await sweepDue(world.ports, { remainingMs: () => 60_000 });
    expect(read("sweep/expireDue.scheduled.json")).toMatchObject({
      "detail-type": "Scheduled Event",
      source: "aws.events",
    });
    expect(world.telemetry.counts.map(({ metric, value }) => [metric, value])).toEqual([
      ["SweepExpired", 0],
      ["SweepFailed", 0],
      ["SweepOldestOverdueMs", 0],
    ]);
  });

  test("there is one for every function", () => {
    const functions = readdirSync(join(root, "functions"), { recursive: true, encoding: "utf8" })
      .filter((path) => /^\w+\/\w+\.ts$/.test(path))
      .map((path) => path.replace(/\.ts$/, ""));
    expect([...new Set(files.map((path) => path.split(".")[0]))].sort()).toEqual(functions.sort());
  });
});
