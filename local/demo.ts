/** `npm run demo`: plays every flow over HTTP against the running sandbox, or one that it starts; exits 1 on any surprise. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openPorts } from "#live";
import { isSameMoney, readAllBooks, tellBooks } from "./demo/books.ts";
import { stories } from "./demo/stories.ts";
import type { Stage, Story } from "./demo/story.ts";
import { openTeller } from "./demo/teller.ts";
import { credentials } from "./sandbox/credentials.ts";
import { type Endpoint, findSandbox, sandboxEnvironment } from "./sandbox/environment.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const slices = stories.map(({ slice }) => slice);
const USAGE = `Usage: npm run demo [-- --port 3000] [--only ${slices.join("|")}]`;

const stopWith = (why: string, code: number): never => {
  process.stderr.write(`${why}\n`);
  process.exit(code);
};

const readArguments = (): { readonly port: number; readonly chosen: readonly Story[] } => {
  try {
    const port = { type: "string", default: process.env.PORT ?? "3000" } as const;
    const { values } = parseArgs({ options: { port, only: { type: "string" } } });
    const chosen = stories.filter(({ slice }) => values.only === undefined || slice === values.only);
    return chosen.length > 0 ? { port: Number(values.port), chosen } : stopWith(USAGE, 2);
  } catch {
    return stopWith(USAGE, 2);
  }
};

/** Starts a sandbox of our own and waits for it; `stop` ends it. */
const startSandbox = async (port: number) => {
  const environment = { ...process.env, PORT: String(port) };
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.ts")], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const serves = new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
  await Promise.race([serves, ended]);
  const endpoint = findSandbox(port);
  if (endpoint === undefined) return process.exit(1);
  const stop = (): Promise<void> => {
    child.kill("SIGTERM");
    return ended;
  };
  return { endpoint, stop };
};

/** Lets a scheduled function run as its schedule would. */
const runJob = async (lambda: string, job: string): Promise<boolean> => {
  const name = `tillgate-sandbox-${job.replace("/", "-")}`;
  const answered = await fetch(`${lambda}/2015-03-31/functions/${name}/invocations`, { method: "POST", body: "{}" });
  return answered.status === 200;
};

/** Tells stories between two looks into the books; resolves to the number of surprises. */
const play = async (chosen: readonly Story[], { api, lambda, engine, clockOffsetMs }: Endpoint): Promise<number> => {
  const environment = sandboxEnvironment(engine, clockOffsetMs);
  Object.assign(process.env, environment);
  const ports = openPorts(environment);
  const teller = openTeller(api, credentials, print);
  const run = async (job: string): Promise<void> => teller.check(`${job} failed`, await runJob(lambda, job));
  const stage: Stage = { teller, ports, run };
  let books = await readAllBooks(ports);
  teller.chapter("The books before");
  tellBooks(teller, books);
  for (const { title, tell } of chosen) {
    print(`\n\n${title}\n${"═".repeat(title.length)}`);
    await tell(stage);
    const after = await readAllBooks(ports);
    teller.check(`${title}: the balances are not what they were before`, isSameMoney(books, after));
    books = after;
  }
  teller.chapter("The books after");
  tellBooks(teller, books);
  return teller.surprises();
};

const { port, chosen } = readArguments();
const running = findSandbox(port);
const own = running === undefined ? await startSandbox(port) : undefined;
const surprises = await play(chosen, running ?? own?.endpoint ?? process.exit(1)).finally(() => own?.stop());
print(surprises === 0 ? "\nEverything was as it should be." : `\n${surprises} surprises.`);
process.exit(surprises === 0 ? 0 : 1);
