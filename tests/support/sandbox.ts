/** A sandbox as its user starts it: `npm start`'s process on a free port, with data of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../house/sources.ts";

/** A started process and all that it printed. */
export interface Started {
  readonly port: number;
  readonly url: string;
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  /** Asks it to stop, as Ctrl-C does, and waits. */
  readonly stop: () => Promise<number | null>;
}

/** Runs a script of local/ and hears what it prints. */
export const run = (script: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, [join(root, "local", script), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (more: string) => (text += more));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, printed: () => text, ended };
};

/** Starts a sandbox and waits until it says that it serves; throws with what it printed when it ends before. */
export const startSandbox = async (port: number, args: readonly string[] = []): Promise<Started> => {
  const running = run("start.ts", args, { PORT: String(port) });
  const serves = new Promise<void>((resolve) => {
    running.child.stdout.on("data", () => running.printed().includes("Ctrl-C stops everything.") && resolve());
  });
  const first = await Promise.race([serves.then(() => "serves"), running.ended]);
  if (first !== "serves") throw new Error(`the sandbox ended with ${first}:\n${running.printed()}`);
  const stop = (): Promise<number | null> => {
    running.child.kill("SIGINT");
    return running.ended;
  };
  return { ...running, port, url: `http://127.0.0.1:${port}`, stop };
};

/** Runs the admin on a sandbox; resolves to its exit code and the JSON document that it told. */
export const runAdmin = async ({ port }: Started, ...args: readonly string[]) => {
  const running = run("admin.ts", [...args, "--json", "--port", String(port)]);
  const code = await running.ended;
  return { code, told: JSON.parse(running.printed()) as Record<string, unknown> };
};

/** Removes a sandbox's data. */
export const removeData = (port: number): void =>
  rmSync(join(root, ".tillgate", String(port)), { recursive: true, force: true });
