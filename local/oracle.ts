/**
 * `npm run oracle -- --accept-licence [--operations 100000] [--seed 1]`: holds the embedded engine against Amazon's
 * DynamoDB Local. The store's specification is run against it, then a differential run compares the two, answer by
 * answer. Exits 1 on a difference that docs/oracle.md does not explain.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { javaFault, startDynamoDbLocal } from "./oracle/java.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "tests/oracle");

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const stopWith = (why: string, code: number): never => {
  process.stderr.write(`${why}\n`);
  return process.exit(code);
};

const NOTE = `DynamoDB Local is Amazon's and comes under a licence of its own, which asks for an AWS account in good standing.
The licence: https://aws.amazon.com/dynamodb/dynamodblocallicense/ (installed with it as LICENSE.txt). Nothing else here needs either.`;

const USAGE = "npm run oracle -- --accept-licence [--operations 100000] [--seed 1]";

const readArguments = () => {
  try {
    const { values } = parseArgs({
      options: {
        "accept-licence": { type: "boolean", default: process.env.TILLGATE_ORACLE_ACCEPT_LICENCE === "1" },
        operations: { type: "string" },
        seed: { type: "string" },
      },
    });
    return values;
  } catch {
    return stopWith(`Usage: ${USAGE}`, 2);
  }
};

const { "accept-licence": isAccepted, operations, seed } = readArguments();
say(NOTE);
if (!isAccepted)
  stopWith(`If you have such an account and accept it: ${USAGE}, or TILLGATE_ORACLE_ACCEPT_LICENCE=1`, 2);
const fault = javaFault();
if (fault !== undefined) stopWith(fault, 1);

const changedAtMs = (path: string): number => statSync(join(folder, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (changedAtMs("node_modules/.package-lock.json") < changedAtMs("package-lock.json")) {
  say("Installing DynamoDB Local into tests/oracle, once (56 MB).");
  const npm = ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"];
  const { status, error } = spawnSync("npm", npm, { cwd: folder, stdio: "inherit" });
  if (status !== 0) stopWith(`npm ci failed in tests/oracle: ${error?.message ?? "it says why above"}.`, 1);
}

const local = await startDynamoDbLocal(folder).catch((error: unknown) =>
  stopWith(error instanceof Error ? error.message : String(error), 1),
);
let running: ChildProcess | undefined;

const stop = async (code: number): Promise<never> => {
  running?.kill("SIGTERM");
  await local.stop();
  return process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(1));

/** Runs a program of ours on this Node with the oracle's address; whether it succeeded. On its leash it ends when we do. */
const succeeds = (...args: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", join(root, "local/leash.mjs"), ...args], {
      cwd: root,
      env: { ...process.env, TILLGATE_ORACLE_URL: local.url },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    running = child;
    child.once("exit", (code) => resolve(code === 0));
  });

say(`DynamoDB Local answers at ${local.url}.`);
const isStore = await succeeds("node_modules/vitest/vitest.mjs", "run", "--config", "tests/oracle/vitest.config.ts");
const isSame = await succeeds(
  "tests/oracle/differential.ts",
  ...(operations === undefined ? [] : ["--operations", operations]),
  ...(seed === undefined ? [] : ["--seed", seed]),
);
await stop(isStore && isSame ? 0 : 1);
