/** Functions on disk, functions that are deployed and contracts are the same list, said three times. */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { everyContract } from "../support/desk.ts";
import { readService } from "../support/serverless.ts";

const root = join(import.meta.dirname, "../..");
const { functions, provider } = readService("sandbox");

/** `<slice>/<function>` of every function on disk. */
const onDisk = globSync("functions/*/*.ts", { cwd: root })
  .filter((path) => !path.endsWith(".d.ts"))
  .map((path) => path.replace(/^functions\/(.*)\.ts$/, "$1"));

/** What a function must be called, by its place on disk. */
const wiringOf = (path: string) => [
  basename(path),
  { handler: `dist/${path}.handler`, patterns: [`dist/${path}.cjs`], environment: undefined },
];

test("every function on disk is deployed from its own bundle, and nothing else is", () => {
  const deployed = Object.entries(functions).map(
    ([
      name,
      {
        handler,
        package: { patterns },
        environment,
      },
    ]) => [name, { handler, patterns, environment }],
  );
  expect(Object.fromEntries(deployed)).toEqual(Object.fromEntries(onDisk.map(wiringOf)));
});

test("no two slices have a function of the same name", () => {
  expect(onDisk.map((path) => basename(path)).toSorted()).toEqual(Object.keys(functions).toSorted());
});

test("every contract is a function at its route, and what is left is the clock's and the unknown route", async () => {
  const contracts = (await everyContract()).map(({ name, route }) => [name, { httpApi: route }]);
  const deployed = Object.values(functions).flatMap(({ handler, events }) =>
    events.map((event) => [handler.replace(/^dist\/(.*)\.handler$/, "$1"), event]),
  );
  expect(Object.fromEntries(deployed)).toEqual({
    ...Object.fromEntries(contracts),
    "sweep/expireDue": { schedule: "rate(1 minute)" },
    "sweep/closeDays": { schedule: "rate(1 hour)" },
    "desk/unknownRoute": { httpApi: "*" },
  });
});

test("every function has the same environment: four names", () => {
  expect(provider.environment).toEqual({
    STAGE: "sandbox",
    TABLE: "tillgate-sandbox",
    SECRET_ID: "tillgate/sandbox",
    PUBLIC_URL: "http://127.0.0.1:3000",
  });
});

test("every slice with functions has a functions.yml, which serverless.yml lists", () => {
  const slices = [...new Set(onDisk.map((path) => dirname(path)))];
  const text = readFileSync(join(root, "serverless.yml"), "utf8");
  const listed = [...text.matchAll(/\$\{file\(functions\/(\w+)\/functions\.yml\)\}/g)].map(([, slice]) => slice);
  expect(listed.toSorted()).toEqual(slices.toSorted());
});

test("serverless.yml stays a table of contents: under 80 lines", () => {
  expect(readFileSync(join(root, "serverless.yml"), "utf8").split("\n").length).toBeLessThan(80);
});
