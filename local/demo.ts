/** `npm run demo`: plays every flow over HTTP against the running sandbox, or one that it starts; exits 1 on any surprise. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openPorts } from "#live";
import { openTeller } from "./demo/teller.ts";
import { tellWithdrawals } from "./demo/withdrawal.ts";
import { type Endpoint, findSandbox, sandboxEnvironment } from "./sandbox/environment.ts";
import { sandboxTenants } from "./sandbox/values.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const portIn = (): number => {
  try {
    const { values } = parseArgs({ options: { port: { type: "string", default: process.env.PORT ?? "3000" } } });
    return Number(values.port);
  } catch {
    process.stderr.write("Usage: npm run demo [-- --port 3000]\n");
    return process.exit(2);
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

const play = async ({ api, lambda, engine, clockOffsetMs = 0 }: Endpoint): Promise<number> => {
  const moved = clockOffsetMs === 0 ? {} : { TILLGATE_CLOCK_OFFSET_MS: String(clockOffsetMs) };
  const environment = { ...sandboxEnvironment(engine), ...moved };
  Object.assign(process.env, environment);
  const ports = openPorts(environment);
  const teller = openTeller(api, ports, print);
  const sweep = async (): Promise<void> => {
    const answered = await fetch(`${lambda}/2015-03-31/functions/tillgate-sandbox-expireDue/invocations`, {
      method: "POST",
      body: "{}",
    });
    teller.check("the sweep failed", answered.status === 200);
  };
  const [a = "", b = ""] = sandboxTenants.map(({ token }) => token);
  await tellWithdrawals({ teller, ports, sweep, tokens: { a, b } });
  return teller.surprises();
};

const port = portIn();
const running = findSandbox(port);
const own = running === undefined ? await startSandbox(port) : undefined;
const surprises = await play(running ?? own?.endpoint ?? process.exit(1));
await own?.stop();
print(surprises === 0 ? "\nEverything was as it should be." : `\n${surprises} surprises.`);
process.exit(surprises === 0 ? 0 : 1);
