/** The raw events of events/, each through its function's real chain on a freshly seeded sandbox: what its name promises comes back. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Ports } from "#ports";
import { readSecret } from "#secrets";
import { SECRET_ID } from "../../local/sandbox/environment.ts";
import { secrets } from "../../local/sandbox/values/secrets.ts";
import { seedSandbox } from "../../local/sandbox.ts";
import { root } from "../house/sources.ts";
import { contextOf } from "../support/desk.ts";
import { handlerOf, jobs, readEvent, runJob } from "../support/handlers.ts";
import { openTestPorts } from "../support/ports.ts";
import { promises } from "./promises/all.ts";

const filesIn = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((path) => pattern.test(path));

/** An event: `<slice>/<name>.<expectation>.json`. */
const events = filesIn("events", /\.json$/)
  .toSorted()
  .map((path) => {
    const [, slice = "", name = "", expectation = ""] = /^(\w+)\/(\w+)\.(\w+)\.json$/.exec(path) ?? [];
    return { path, slice, name, expectation };
  });
const jobNames = Object.keys(jobs) as (keyof typeof jobs)[];
const asked = events.filter(({ slice, name }) => !jobNames.some((job) => job === `${slice}/${name}`));

/** The ports of a freshly seeded sandbox, on the twin, that draw these ids from now on. */
const openSandbox = async (ids: Partial<Ports["ids"]> = {}): Promise<Ports> => {
  const { ports } = openTestPorts();
  const sandbox = { ...ports, secrets: async () => readSecret(secrets[SECRET_ID] ?? "", "sandbox") };
  await seedSandbox(sandbox);
  return { ...sandbox, ids: { ...sandbox.ids, ...ids } };
};

const send = async (path: string, ports: Ports) => {
  const [name = ""] = path.split(".");
  return (await handlerOf(name, ports))(readEvent(path), contextOf(path));
};

describe("events", () => {
  test.each(asked)("$path", async ({ path, slice, name, expectation }) => {
    const promised = promises[slice];
    const [status, body] = promised?.answers[expectation] ?? [];
    const ports = await openSandbox(promised?.ids?.());
    for (const before of promised?.before?.[name] ?? []) await send(before, ports);
    const answered = await send(path, ports);
    expect(answered.statusCode).toBe(status);
    if (body instanceof RegExp) expect(answered.body).toMatch(body);
    else expect(answered.body ?? "").toBe(body);
  });

  test("every promise is some event's, and every event's expectation is promised", () => {
    const made = Object.entries(promises).flatMap(([slice, { answers }]) =>
      Object.keys(answers).map((expectation) => `${slice} ${expectation}`),
    );
    const named = new Set(asked.map(({ slice, expectation }) => `${slice} ${expectation}`));
    expect([...named].toSorted()).toEqual(made.toSorted());
  });

  test.each(jobNames)("%s.scheduled.json is all that the job is given", async (name) => {
    expect(readEvent(`${name}.scheduled.json`)).toMatchObject({
      "detail-type": "Scheduled Event",
      source: "aws.events",
    });
    const { ports, telemetry } = openTestPorts();
    await runJob(name, ports);
    expect(telemetry.logs.at(-1)).toMatchObject({ level: "info", message: "done", fields: { endpoint: name } });
  });

  test("there is one for every function", () => {
    const functions = filesIn("functions", /^\w+\/\w+\.ts$/).map((path) => path.replace(/\.ts$/, ""));
    expect([...new Set(events.map(({ slice, name }) => `${slice}/${name}`))].toSorted()).toEqual(functions.toSorted());
  });
});
