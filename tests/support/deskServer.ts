/** A desk behind a real HTTP server on this machine: whoever speaks HTTP may call it, and what it answers may be tampered with. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Answered, Desk } from "./desk.ts";

/** What a request was: `VERB /path?query`, its headers with names in lower case, and its body. */
export interface Asked {
  readonly route: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Calls the desk for a request, changed where it says so, or answers it otherwise. */
export type Middleman = (asked: Asked, forward: (change?: Partial<Asked>) => Promise<Answered>) => Promise<Answered>;

/** A desk that is served. */
export interface DeskServer {
  readonly base: string;
  /** Every request so far. */
  readonly asked: readonly Asked[];
}

const readBody = async (asked: IncomingMessage): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of asked as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
};

const headersOf = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value = ""]) => [name, [value].flat().join(", ")]));

/** Serves a desk on a free port until the test has finished. */
export const serveDesk = async (
  call: Desk["call"],
  middleman: Middleman = (_, forward) => forward(),
): Promise<DeskServer> => {
  const asked: Asked[] = [];
  const server = createServer(async (request, answering) => {
    const route = `${request.method} ${request.url}`;
    const sent = await readBody(request);
    const { "content-length": _, ...headers } = headersOf(request);
    const one = { route, headers, body: sent.toString() };
    asked.push(one);
    const answered = await middleman(one, (change = {}) => {
      // Bytes that are no text have to arrive as they are.
      const body = change.body === undefined ? sent : Buffer.from(change.body);
      const said = { headers: change.headers ?? headers };
      return call(change.route ?? route, body.length === 0 ? said : { ...said, body });
    });
    answering.writeHead(answered.status, answered.headers).end(answered.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};
