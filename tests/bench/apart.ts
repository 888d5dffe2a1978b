/** Processes of their own, so that rivals do not share a heap or what the compiler has learnt, and print to nowhere. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What the environment of a measured process consists of: nothing of ours that would change how Node or the SDK behave. */
const environment = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, ...own });

/** A started process. */
export interface Apart {
  /** Sends a message and hears the next one back; rejects when the process ends before. */
  readonly ask: <Answer>(message: unknown) => Promise<Answer>;
  /** Hears the next message; rejects when the process ends before. */
  readonly hear: <Answer>() => Promise<Answer>;
  /** Lets it go; resolves when it has ended. */
  readonly end: () => Promise<void>;
}

/** Starts a script of `apart/`; its one argument is `wish` as JSON. */
export const startApart = (script: URL, wish: unknown, own: Readonly<Record<string, string>> = {}): Apart => {
  const child = fork(fileURLToPath(script), [JSON.stringify(wish)], {
    env: environment(own),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const hear: Apart["hear"] = () =>
    Promise.race([
      new Promise((resolve) => child.once("message", resolve)),
      ended.then(() => {
        throw new Error(`${script.pathname} ended early:\n${complaint}`);
      }),
    ]) as Promise<never>;
  return {
    hear,
    ask: (message) => {
      const heard = hear();
      child.send(message as object);
      return heard as Promise<never>;
    },
    end: () => {
      child.kill();
      return ended;
    },
  };
};

/** Runs a script of `apart/` to its one message. */
export const runApart = async <Answer>(
  script: URL,
  wish: unknown,
  own?: Readonly<Record<string, string>>,
): Promise<Answer> => {
  const apart = startApart(script, wish, own);
  const answer = await apart.hear<Answer>();
  await apart.end();
  return answer;
};
