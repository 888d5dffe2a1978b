/** Functions on disk, functions that are deployed and contracts are the same list, said three times. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { routesOf } from "#edge/contract";
import { everyContract } from "../support/desk.ts";
import { readService } from "../support/serverless.ts";

const root = join(import.meta.dirname, "../..");
const { functions, provider } = readService("sandbox");

/** `<slice>/<function>` of every function on disk. */
const onDisk = globSync("functions/*/*.ts", { cwd: root })
  .filter((path) => !path.endsWith(".d.ts"))
  .map((path) => path.replace(/^functions\/(.*)\.ts$/, "$1"));

/** What a function must be called, by its place on disk: `withdrawal/startOrder` is `withdrawal-startOrder`. */
const wiringOf = (path: string) => [
  path.replace("/", "-"),
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

test("every contract is a function at its routes, and what is left is the clock's and the unknown route", async () => {
  const contracts = (await everyContract()).map((row) => [row.name, routesOf(row).map((httpApi) => ({ httpApi }))]);
  const deployed = Object.values(functions).map(({ handler, events }) => [
    handler.replace(/^dist\/(.*)\.handler$/, "$1"),
    events,
  ]);
  expect(Object.fromEntries(deployed)).toEqual({
    ...Object.fromEntries(contracts),
    "sweep/expireDue": [{ schedule: "rate(1 minute)" }],
    "sweep/closeDays": [{ schedule: "rate(1 hour)" }],
    "desk/unknownRoute": [{ httpApi: "*" }],
  });
});

test("the unknown route knows the contracts of every slice", () => {
  const knowing = readFileSync(join(root, "functions/desk/unknownRoute.ts"), "utf8");
  const isListed = (name: string): boolean => new RegExp(`\\[[^\\]]*\\b${name}\\b`).test(knowing);
  const unknown = globSync("lib/*/{contract,*.contract}.ts", { cwd: root }).flatMap((path) => {
    const whole = new RegExp(`^import \\* as (\\w+) from "#${path.slice("lib/".length, -".ts".length)}";$`, "m");
    if (isListed(whole.exec(knowing)?.[1] ?? "none")) return [];
    const declared = readFileSync(join(root, path), "utf8").matchAll(/^export const (\w+Contract) = /gm);
    return [...declared].map(([, name = ""]) => name).filter((name) => !isListed(name));
  });
  expect(unknown).toEqual([]);
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
