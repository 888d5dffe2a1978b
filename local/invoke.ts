/**
 * `npm run invoke -- events/withdrawal/startOrder.I1.json`: runs one function on a raw event, without HTTP, against the
 * running sandbox's table. The instants in its body are moved as far as the event's own time is from now, so that what it
 * says of time holds.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildIfStale } from "./build.ts";
import { findSandbox, sandboxEnvironment } from "./sandbox/environment.ts";

const root = join(import.meta.dirname, "..");
const USAGE =
  "Usage: npm run invoke -- events/<slice>/<function>.<expectation>.json [--transaction-id N] [--port 3000]";

const stopWith = (why: string, code: number): never => {
  process.stderr.write(`${why}\n`);
  process.exit(code);
};

const readArguments = () => {
  const options = {
    "transaction-id": { type: "string" },
    port: { type: "string", default: process.env.PORT ?? "3000" },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { ...values, path: positionals[0] ?? stopWith(USAGE, 2) };
  } catch {
    return stopWith(USAGE, 2);
  }
};

interface RawEvent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly requestContext?: { readonly timeEpoch?: number };
}

const readEvent = (path: string): RawEvent => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as RawEvent;
  } catch {
    return stopWith(`${path} is no event that can be read.`, 2);
  }
};

const withBody = (event: RawEvent, body: string): RawEvent => ({
  ...event,
  body,
  headers: { ...event.headers, "content-length": String(Buffer.byteLength(body)) },
});

/** The order that a settlement or cancellation is of: its number is drawn, so no file can know it. */
const naming = (event: RawEvent, transactionId: string | undefined): RawEvent => {
  if (event.body === undefined || transactionId === undefined) return event;
  return withBody(event, event.body.replace(/"TransactionId":\d+/, `"TransactionId":${transactionId}`));
};

/** The event as if it had been sent now. */
const sentNow = (event: RawEvent): RawEvent => {
  const elapsedMs = Date.now() - (event.requestContext?.timeEpoch ?? Date.now());
  const moved = (text: string) => new Date(Date.parse(text) + elapsedMs).toISOString();
  return event.body === undefined ? event : withBody(event, event.body.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moved));
};

const { path, port, "transaction-id": transactionId } = readArguments();
const { engine } = findSandbox(Number(port)) ?? stopWith(`No sandbox runs on port ${port}. Start one: npm start`, 3);
const event = sentNow(naming(readEvent(path), transactionId));
await buildIfStale();
const environment = { ...process.env, ...sandboxEnvironment(engine) };
const functionName = `${basename(dirname(path))}-${basename(path).split(".")[0]}`;
const args = ["invoke", "local", "--stage", "sandbox", "--function", functionName, "--data", JSON.stringify(event)];
const { status } = spawnSync(process.execPath, [join(root, "node_modules/serverless/bin/serverless.js"), ...args], {
  cwd: root,
  env: environment,
  stdio: "inherit",
});
process.exit(status ?? 1);
