/** serverless-offline as a child process: the gateway that serves every function on this machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** How long the gateway may take to begin serving, on a slow machine. */
const READY_WITHIN_MS = 60_000;

/** How often it is asked meanwhile. */
const ASK_EVERY_MS = 50;

/** How long it may take to end by itself before it is ended. */
const END_WITHIN_MS = 3_000;

/** A running gateway. */
export interface Gateway {
  readonly url: string;
  /** Where functions can be invoked as the AWS SDK does, for those that no route reaches. */
  readonly lambda: string;
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Whether nobody listens on a loopback port. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

/** A loopback port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });

const linesOf = (child: ChildProcess, tell: (line: string) => void): void => {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(tell);
    });
  }
};

const serves = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/health`)).status === 200;
  } catch {
    return false;
  }
};

/** Starts the gateway and waits until it serves; `tell` hears every line that it and its functions print. Throws when it ends before. */
export const startGateway = async (
  port: number,
  environment: NodeJS.ProcessEnv,
  tell: (line: string) => void,
): Promise<Gateway> => {
  const url = `http://127.0.0.1:${port}`;
  const lambdaPort = await freePort();
  const ports = ["--httpPort", String(port), "--lambdaPort", String(lambdaPort), "--host", "127.0.0.1"];
  // serverless-offline itself, not through npx, and of a process group of its own: its end is ours to order.
  const args = [
    "--import",
    join(root, "local/apiGateway.mjs"),
    join(root, "node_modules/serverless/bin/serverless.js"),
    "offline",
  ];
  const child = spawn(process.execPath, [...args, "--stage", "sandbox", "--useInProcess", "--noSponsor", ...ports], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
  linesOf(child, tell);
  let isRunning = true;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      isRunning = false;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), END_WITHIN_MS);
    await ended;
    clearTimeout(late);
  };
  for (const since = Date.now(); Date.now() - since < READY_WITHIN_MS; ) {
    if (!isRunning) throw new Error("the gateway ended before it served");
    if (await serves(url)) return { url, lambda: `http://127.0.0.1:${lambdaPort}`, ended, stop };
    await new Promise((resume) => setTimeout(resume, ASK_EVERY_MS));
  }
  await stop();
  throw new Error("the gateway did not serve in time");
};
