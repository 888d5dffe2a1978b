/** A headless Chromium, spoken to by the DevTools protocol over Node's own WebSocket: no package, no download. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where a browser is installed; undefined where none is. `CHROMIUM` names one that is elsewhere. */
export const findBrowser = (): string | undefined => {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM ?? "", ...places].find((path) => path !== "" && existsSync(path));
};

type Fields = Readonly<Record<string, unknown>>;
type Hear = (method: string, params: Fields) => void;

/** A tab, alone with its cookies and storage. */
export interface Page {
  /** What the console and the security policy complain of: none that is only an answer's status. */
  readonly complaints: readonly string[];
  /** `METHOD path` of every request that has been sent, in order. */
  readonly requests: readonly string[];
  readonly send: (method: string, params?: Fields) => Promise<Fields>;
  readonly visit: (url: string) => Promise<void>;
  /** What an expression gives in the page; a promise is awaited. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Waits until an expression holds; the document's changes are looked at, not the clock. */
  readonly until: (expression: string) => Promise<void>;
}

/** A running browser. */
export interface Browser {
  readonly open: () => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** The address that it prints when it is ready. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the browser ended with ${code}:\n${said}`)));
  });

interface Line {
  readonly send: (method: string, params: Fields, session?: string) => Promise<Fields>;
  /** Who hears the events of a tab. */
  readonly heard: Map<string, Hear>;
  readonly hangUp: () => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

const connect = async (address: string): Promise<Line> => {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  const waiting = new Map<number, PromiseWithResolvers<Fields>>();
  const heard = new Map<string, Hear>();
  socket.addEventListener("message", ({ data }) => {
    const { id, method, sessionId, params, result, error }: Message = JSON.parse(String(data));
    if (id === undefined) return heard.get(sessionId ?? "")?.(method ?? "", params ?? {});
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result ?? {});
    waiting.delete(id);
  });
  let sent = 0;
  const send = (method: string, params: Fields, sessionId?: string): Promise<Fields> => {
    const answered = Promise.withResolvers<Fields>();
    waiting.set(++sent, answered);
    socket.send(JSON.stringify({ id: sent, method, params, sessionId }));
    return answered.promise;
  };
  return { send, heard, hangUp: () => socket.close() };
};

/** What an event complains of; undefined where it is none. */
const complaintOf = (method: string, params: Fields): string | undefined => {
  if (method === "Runtime.exceptionThrown") return JSON.stringify(params.exceptionDetails);
  if (method === "Runtime.consoleAPICalled" && params.type === "error") return JSON.stringify(params.args);
  const { level, source, text } = (params.entry ?? {}) as Fields;
  return method === "Log.entryAdded" && level === "error" && source !== "network" ? `${source}: ${text}` : undefined;
};

const openPage = async ({ send, heard }: Line): Promise<Page> => {
  const { browserContextId } = await send("Target.createBrowserContext", {});
  const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
  const session = String((await send("Target.attachToTarget", { targetId, flatten: true })).sessionId);
  const [complaints, requests]: [string[], string[]] = [[], []];
  heard.set(session, (method, params) => {
    const complaint = complaintOf(method, params);
    if (complaint !== undefined) complaints.push(complaint);
    if (method !== "Network.requestWillBeSent") return;
    const { method: verb, url } = params.request as Fields;
    requests.push(`${verb} ${new URL(String(url)).pathname}`);
  });
  const ask = (method: string, params: Fields = {}) => send(method, params, session);
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await ask(`${domain}.enable`);
  const evaluate = async (expression: string): Promise<unknown> => {
    const given = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (given.exceptionDetails) throw new Error(JSON.stringify(given.exceptionDetails));
    return (given.result as Fields).value;
  };
  const until = async (expression: string): Promise<void> => {
    await evaluate(`new Promise((done) => {
      const watcher = new MutationObserver(() => look());
      const look = () => { if (${expression}) { watcher.disconnect(); done(); } };
      watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    })`);
  };
  const visit = async (url: string): Promise<void> => {
    const { errorText } = await ask("Page.navigate", { url });
    if (errorText !== undefined) throw new Error(`${url}: ${errorText}`);
  };
  return { complaints, requests, send: ask, visit, evaluate, until };
};

/** Starts a browser with a profile of its own. */
export const startBrowser = async (path: string): Promise<Browser> => {
  const profile = mkdtempSync(join(tmpdir(), "tillgate-browser-"));
  // Chromium's own sandbox does not start for root, whom containers like.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-gpu", "--disable-dev-shm-usage"];
  const args = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, ...quiet, ...asRoot];
  const child = spawn(path, [...args, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  // It would live on with nobody to close it.
  process.once("exit", () => child.kill("SIGKILL"));
  const line = await connect(await addressOf(child));
  const close = async (): Promise<void> => {
    await line.send("Browser.close", {});
    line.hangUp();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { open: () => openPage(line), close };
};
