/** Where a sandbox is: the names that its functions and the admin find it by, and the file that tells them (sandbox.md). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** The sandbox's table. */
export const TABLE = "tillgate-sandbox";

/** The name of the sandbox's secret. */
export const SECRET_ID = "tillgate/sandbox";

/** The folder that holds a folder for each port. */
const SANDBOXES = join(import.meta.dirname, "../../.tillgate");

/**
 * The environment of everything that talks to a sandbox's engine, its clock moved where that is known. The engine
 * believes any credentials, and real ones have no business there: empty texts make the SDK overlook a profile and a
 * session of the operator's.
 */
export const sandboxEnvironment = (engineUrl: string, clockOffsetMs?: number): Readonly<Record<string, string>> => ({
  ...(clockOffsetMs !== undefined && { TILLGATE_CLOCK_OFFSET_MS: String(clockOffsetMs) }),
  STAGE: "sandbox",
  TABLE,
  SECRET_ID,
  AWS_ENDPOINT_URL_DYNAMODB: engineUrl,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: engineUrl,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_SESSION_TOKEN: "",
  AWS_PROFILE: "",
});

const Endpoint = z.object({
  engine: z.url(),
  api: z.url(),
  lambda: z.url(),
  pid: z.int().positive(),
  clockOffsetMs: z.int().optional(),
});

/** What a running sandbox tells in its `endpoint.json`: addresses, process, and how far its clock is moved. */
export type Endpoint = z.output<typeof Endpoint>;

const isRunning = (pid: number): boolean => {
  try {
    // Signal 0 only asks; a process of somebody else's is there too.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** The sandbox that runs on a port, or undefined where none does. */
export const findSandbox = (port: number, folder: string = SANDBOXES): Endpoint | undefined => {
  try {
    const endpoint = Endpoint.parse(JSON.parse(readFileSync(join(folder, String(port), "endpoint.json"), "utf8")));
    return isRunning(endpoint.pid) ? endpoint : undefined;
  } catch {
    return undefined;
  }
};
