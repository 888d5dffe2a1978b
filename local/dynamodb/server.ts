// The engine over HTTP for `npm start`: DynamoDB and GetSecretValue on one loopback port, and a timer for time to live.
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Engine } from "./engine.ts";
import { missingToken, requestTooLarge, unknownOperation } from "./errors.ts";
import { answerSecrets, SECRETS_TARGET } from "./secrets.ts";
import { type Answer, CONTENT_TYPE, type Handle, refuse } from "./wire.ts";

/** The largest request body, by the service's quota of 16 MB for a batch. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** How often expired items are deleted; the service promises days, a desk wants to see it happen. */
const SWEEP_EVERY_MS = 5_000;

/** What a server listens on (a free port unless given) and the secrets it tells. */
export interface ServerOptions {
  readonly port?: number;
  readonly host?: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A listening server. */
export interface EngineServer {
  readonly url: string;
  readonly port: number;
  /** Stops listening and drops every connection, idle or not; the engine stays open. */
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // Read on to the end, or the client would see a reset instead of the refusal.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw requestTooLarge();
  return Buffer.concat(chunks).toString("utf8");
};

const answer = async (request: IncomingMessage, handle: Handle): Promise<Answer> => {
  try {
    const body = await readBody(request);
    const target = request.headers["x-amz-target"];
    if (request.method !== "POST" || typeof target !== "string") throw unknownOperation();
    // The signature itself is not checked: on a desk every credential is good.
    if (!request.headers.authorization?.startsWith("AWS4-")) throw missingToken();
    return await handle(target, body);
  } catch (error) {
    return refuse(error);
  }
};

const respond = async (request: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> => {
  try {
    const { statusCode, body } = await answer(request, handle);
    response.writeHead(statusCode, {
      "content-type": CONTENT_TYPE,
      "content-length": Buffer.byteLength(body),
      "x-amzn-requestid": randomUUID(),
    });
    response.end(body);
  } catch {
    // A lost answer, or a client that went away while it was asking.
    request.socket.destroy();
  }
};

/** Serves an engine; the caller closes both, the server first. */
export const serveEngine = async (
  engine: Engine,
  { port = 0, host = "127.0.0.1", secrets = {} }: ServerOptions = {},
): Promise<EngineServer> => {
  const tellSecret = answerSecrets(secrets);
  const handle: Handle = (target, body) =>
    target.startsWith(SECRETS_TARGET) ? tellSecret(target, body) : engine.handle(target, body);
  const server = createServer((request, response) => void respond(request, response, handle));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  // A sweep that fails (the engine was closed first) is left to the next one.
  const timer = setInterval(() => void engine.sweepExpired().catch(() => undefined), SWEEP_EVERY_MS);
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    close: () => {
      clearInterval(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
};
