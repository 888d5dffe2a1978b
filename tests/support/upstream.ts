/** A partner's own system as it should not be: a real server on this machine that answers in any way, and counts what it was asked. */
import { randomInt } from "node:crypto";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createSecureServer, type ServerOptions } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** A request that has arrived, whole. */
export interface Received {
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a server does with a request that has arrived, whole. */
export type Behaviour = (answer: ServerResponse, socket: Socket) => void;

/** A server. */
export interface Server {
  readonly port: number;
  /** What has arrived so far. */
  readonly received: readonly Received[];
  readonly connections: () => number;
  /** Begins to listen where it has been promised to. */
  readonly listen: () => Promise<void>;
  /** Resolves once every connection has come to its end: then nothing more arrives. */
  readonly close: () => Promise<void>;
}

interface Settings {
  /** Its certificate and key; without them it speaks unencrypted. */
  readonly tls?: ServerOptions;
  /** What happens to a connection before anything has arrived. */
  readonly greet?: (socket: Socket) => void;
  readonly host?: string;
}

/** Below the ports that systems give away by themselves: one that is free stays free until its server listens again. */
const promisedPort = (): number => randomInt(20_000, 30_000);

const readBody = async (asked: IncomingMessage): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of asked as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts).toString();
};

const make = (listener: RequestListener, tls: Settings["tls"]) =>
  tls ? createSecureServer(tls, listener) : createServer(listener);

const listening = (server: ReturnType<typeof make>, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

const closing = (server: ReturnType<typeof make>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

const prepare = (behave: Behaviour, { tls, greet, host = "127.0.0.1" }: Settings) => {
  const received: Received[] = [];
  let connections = 0;
  const server = make(async (asked, answer) => {
    const body = await readBody(asked).catch(() => undefined);
    if (body === undefined) return;
    received.push({ route: `${asked.method} ${asked.url}`, headers: asked.headers, body });
    behave(answer, asked.socket);
  }, tls);
  server.on("connection", (socket: Socket) => {
    connections += 1;
    socket.on("error", () => {});
    greet?.(socket);
  });
  // Whoever is tested ends its connections; a server that waited for them for ever would hide it if it did not.
  const close = async () => {
    server.closeIdleConnections();
    await closing(server);
  };
  onTestFinished(async () => {
    server.closeAllConnections();
    await closing(server);
  });
  return { server, host, received, connections: () => connections, close };
};

/** Opens a server, which ends with the test that has opened it. */
export const openServer = async (behave: Behaviour, settings: Settings = {}): Promise<Server> => {
  const { server, host, ...seen } = prepare(behave, settings);
  await listening(server, 0, host);
  const { port } = server.address() as AddressInfo;
  return { ...seen, port, listen: async () => {} };
};

/** Promises a server that refuses every connection until it is told to listen. */
export const promiseServer = async (behave: Behaviour, settings: Settings = {}): Promise<Server> => {
  const { server, host, ...seen } = prepare(behave, settings);
  for (;;) {
    const port = promisedPort();
    try {
      await listening(server, port, host);
    } catch {
      continue;
    }
    await closing(server);
    return { ...seen, port, listen: () => listening(server, port, host) };
  }
};

/** Answers as it should be done. */
export const says =
  (status: number, body: string | Uint8Array = "", headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (answer) => {
    answer.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  };

const writes =
  (text: string): Behaviour =>
  (_, socket) => {
    socket.end(text);
  };

/** Again and again, until nobody listens any more. */
const repeats =
  (first: string, text: string): Behaviour =>
  (_, socket) => {
    socket.write(first);
    const ticking = setInterval(() => socket.write(text), 10);
    socket.once("close", () => clearInterval(ticking));
  };

/** Ways to be so slow that only the time limit ends it. */
export const slow = {
  "says nothing": () => {},
  "sends a header now and then": repeats("HTTP/1.1 200 OK\r\n", "X-More: 1\r\n"),
  "sends a character now and then": repeats("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
  "says again and again that it goes on": repeats("", "HTTP/1.1 100 Continue\r\n\r\n"),
} as const satisfies Readonly<Record<string, Behaviour>>;

/** The longest answer that is read. */
export const LONGEST = 65_536;

/** Ways to spoil an answer that would otherwise be right, and what we say of each. */
export const spoilt = (body: string) =>
  ({
    "resets the connection": [(_: unknown, socket: Socket) => void socket.resetAndDestroy(), "ECONNRESET"],
    "ends without a word": [writes(""), "ECONNRESET"],
    "does not speak HTTP": [writes("220 mail.example.com ESMTP\r\n"), "HPE_INVALID_CONSTANT"],
    "speaks another protocol from now on": [
      writes("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"),
      "another protocol",
    ],
    "promises more than it sends": [writes(`HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n${body}`), "ECONNRESET"],
    "sends more than it promises": [
      writes(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}.`),
      "HPE_INVALID_CONSTANT",
    ],
    "ends within a chunk": [
      writes(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n${body}`),
      "ECONNRESET",
    ],
    "tells two lengths": [
      writes(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
      "HPE_INVALID_TRANSFER_ENCODING",
    ],
    "has no end of headers": [
      writes(`HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}\r\n\r\n`),
      "HPE_HEADER_OVERFLOW",
    ],
    "sends a byte too many": [says(200, body.padEnd(LONGEST + 1)), "too long an answer"],
    "does not end": [
      (answer: ServerResponse) => void answer.writeHead(200).write(body.padEnd(LONGEST + 1)),
      "too long an answer",
    ],
    "compresses unasked": [says(200, gzipSync(body), { "content-encoding": "gzip" }), "an encoded answer"],
    "is not UTF-8": [says(200, Buffer.from(`${body}\xff`, "latin1")), "an answer that is not UTF-8"],
  }) as const satisfies Readonly<Record<string, readonly [Behaviour, why: string]>>;
