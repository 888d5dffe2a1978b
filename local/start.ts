/** `npm start`: the sandbox of sandbox.md, from one command. `--fresh` empties its data; `PORT` moves it. */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { openPorts } from "#live";
import { isOpenToAnybody } from "#sale/caller";
import { listMerchants } from "./admin/merchant.ts";
import { buildIfStale } from "./build.ts";
import { openEngine } from "./dynamodb/engine.ts";
import { serveEngine } from "./dynamodb/server.ts";
import { isFree, startGateway } from "./offline.ts";
import { credentials } from "./sandbox/credentials.ts";
import { type Endpoint, sandboxEnvironment, TABLE } from "./sandbox/environment.ts";
import { triesAt } from "./sandbox/tries.ts";
import { secrets } from "./sandbox/values/secrets.ts";
import { seedSandbox } from "./sandbox.ts";
import { shortLine, welcome } from "./screen.ts";
import { makeTable } from "./table.ts";

/** How often it is looked whether npm is still there. */
const LOOK_AFTER_NPM_MS = 250;

const root = join(import.meta.dirname, "..");
const startedAtMs = Date.now();

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const stopWith = (why: string): never => {
  process.stderr.write(`${why}\n`);
  process.exit(1);
};

const readArguments = () => {
  try {
    const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false } } });
    return values;
  } catch {
    return stopWith("Usage: npm start [-- --fresh]");
  }
};

const { fresh } = readArguments();
const port = Number(process.env.PORT ?? 3000);
if (!Number.isInteger(port) || port < 1 || port > 65_535) stopWith(`PORT is ${process.env.PORT}, which is no port.`);
const offsetMs = Number(process.env.TILLGATE_CLOCK_OFFSET_MS ?? 0);
if (!Number.isInteger(offsetMs)) stopWith("TILLGATE_CLOCK_OFFSET_MS is not a whole number of milliseconds.");
if (!(await isFree(port)))
  stopWith(`Port ${port} is taken. Stop what listens there, or choose another: PORT=3100 npm start`);

const folder = join(root, ".tillgate", String(port));
const data = join(folder, "data");
const endpointFile = join(folder, "endpoint.json");
const log = join(folder, "desk.log");

/** The engine's own lock on its data falls with the process that holds it, however that ends. */
const openData = async () => {
  mkdirSync(folder, { recursive: true });
  try {
    return await openEngine({ path: data, now: () => Date.now() + offsetMs });
  } catch (error) {
    const isLocked = String((error as { cause?: { code?: string } }).cause?.code ?? error).includes("LOCK");
    return stopWith(
      isLocked
        ? `${relative(root, folder)} is in use by another sandbox.`
        : `The data in ${relative(root, folder)} cannot be opened: ${error}`,
    );
  }
};

await buildIfStale();
if (fresh) rmSync(folder, { recursive: true, force: true });
const engine = await openData();
writeFileSync(log, "");
await makeTable(engine, TABLE);
const server = await serveEngine(engine, { secrets });
const environment = { ...process.env, ...sandboxEnvironment(server.url), PUBLIC_URL: `http://127.0.0.1:${port}` };
Object.assign(process.env, environment);
const ports = openPorts(environment);
await seedSandbox(ports);
const unguarded = (await listMerchants(ports)).filter(isOpenToAnybody);

let isStopping = false;
const hear = (line: string): void => {
  appendFileSync(log, `${line}\n`);
  const short = shortLine(line);
  if (short !== undefined && !isStopping) say(short);
};

const closeEngine = async (): Promise<void> => {
  rmSync(endpointFile, { force: true });
  await server.close();
  await engine.close();
};

const gateway = await startGateway(port, environment, hear).catch(async (error: unknown) => {
  await closeEngine();
  return stopWith(`${error instanceof Error ? error.message : error}. What it said is in ${relative(root, log)}.`);
});
const endpoint: Endpoint = {
  engine: server.url,
  api: gateway.url,
  lambda: gateway.lambda,
  pid: process.pid,
  clockOffsetMs: offsetMs,
};
writeFileSync(endpointFile, `${JSON.stringify(endpoint)}\n`);
say(
  welcome({
    url: gateway.url,
    folder: relative(root, folder),
    tookMs: Date.now() - startedAtMs,
    credentials,
    unguarded: unguarded.map(({ tenant }) => tenant),
    tries: triesAt(Date.now() + offsetMs),
  }),
);

const stop = async (code: number): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  await gateway.stop();
  await closeEngine();
  process.exit(code);
};

// npm may be ended without a word to us: then nobody is left to stop this.
const npm = process.env.npm_lifecycle_event === "start" ? process.ppid : undefined;
const orphaned = (): void => void (npm !== undefined && process.ppid !== npm && stop(1));
setInterval(orphaned, LOOK_AFTER_NPM_MS).unref();

process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));
process.on("SIGHUP", () => void stop(0));
void gateway.ended.then(() => {
  if (!isStopping) process.stderr.write(`The gateway has ended. What it said is in ${relative(root, log)}.\n`);
  return stop(1);
});
