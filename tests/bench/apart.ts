/** Processes of their own, so that rivals do not share a heap or what the compiler has learnt, and print to nowhere. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What the environment of a measured process consists of: nothing of ours that would change how Node or the SDK behave. */
const environment = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, ...own });

/** A started process and what it complained of. */
export interface Apart {
  readonly child: ChildProcess;
  /** The next message; rejects when the process ends before. */
  readonly hear: <Message>() => Promise<Message>;
}

/** Starts a script of `apart/`; its one argument is `wish` as JSON. */
export const startApart = (script: URL, wish: unknown, own: Readonly<Record<string, string>> = {}): Apart => {
  const child = fork(fileURLToPath(script), [JSON.stringify(wish)], {
    env: environment(own),
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const hear = <Message>(): Promise<Message> =>
    new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Error(`${script.pathname} ended early:\n${complaint}`));
      child.once("close", onExit);
      child.once("message", (message) => {
        child.off("close", onExit);
        resolve(message as Message);
      });
    });
  return { child, hear };
};

/** Runs a script of `apart/` to its one message. */
export const runApart = async <Message>(
  script: URL,
  wish: unknown,
  own?: Readonly<Record<string, string>>,
): Promise<Message> => {
  const { child, hear } = startApart(script, wish, own);
  const message = await hear<Message>();
  child.disconnect();
  await new Promise((resolve) => child.once("close", resolve));
  return message;
};
