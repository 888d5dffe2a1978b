/**
 * `npm run invoke -- events/withdrawal/startOrder.I1.json`: runs one function on a raw event, without HTTP, against the
 * running sandbox's table. The instants in its body are moved as far as the event's own time is from now, so that what it
 * says of time holds; and an app's token is one of now.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { signToken } from "#kernel/token";
import { APP_TOKEN } from "#pos/caller";
import { readSecret } from "#secrets";
import { buildIfStale } from "./build.ts";
import { findSandbox, SECRET_ID, sandboxEnvironment } from "./sandbox/environment.ts";
import { secrets } from "./sandbox/values/secrets.ts";

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

/** Whose an app's token is, whether or not it still holds. */
const customerOf = (token: string): string | undefined => {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).sub;
  } catch {
    return undefined;
  }
};

/** The event with a token that holds: one that lives for a day is not for a file. */
const signedNow = async (event: RawEvent): Promise<RawEvent> => {
  const { "x-auth-token": token = "", ...headers } = event.headers ?? {};
  const sub = customerOf(token);
  if (sub === undefined) return event;
  const { sign } = readSecret(secrets[SECRET_ID] ?? "", "sandbox");
  return { ...event, headers: { ...headers, "x-auth-token": await signToken(sign, APP_TOKEN, { sub }, Date.now()) } };
};

const { path, port, "transaction-id": transactionId } = readArguments();
const { engine } = findSandbox(Number(port)) ?? stopWith(`No sandbox runs on port ${port}. Start one: npm start`, 3);
const event = await signedNow(sentNow(naming(readEvent(path), transactionId)));
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
