/** A desk behind a real HTTP server on this machine: whoever speaks HTTP may call it, and what it answers may be tampered with. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Answered, Desk } from "./desk.ts";

/** What a request was: `VERB /path?query`, and its body. */
export interface Asked {
  readonly route: string;
  readonly body: string;
}

/** Calls the desk for a request, or answers it otherwise; with another body where it says so. */
export type Middleman = (asked: Asked, forward: (body?: string) => Promise<Answered>) => Promise<Answered>;

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
    const headers = headersOf(request);
    const one = { route, body: sent.toString() };
    asked.push(one);
    const answered = await middleman(one, (body = "") => {
      const bytes = body === "" ? sent : Buffer.from(body);
      const { "content-length": _, ...rest } = headers;
      return call(route, bytes.length === 0 ? { headers: rest } : { headers: rest, body: bytes });
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
