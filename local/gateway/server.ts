/** The gateway over HTTP, on this machine alone. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Gateway } from "./simulator.ts";
import { failure, type Reply } from "./wire.ts";

/** The longest request, in bytes (sbc.md 2). */
const MAX_BODY_BYTES = 16_384;

/** How long a request may take to arrive. */
const REQUEST_WITHIN_MS = 30_000;

/** Where this simulator's own API is; nothing of the vendor's. */
const CONTROL = "/simulator/sales";

/** A gateway that is being served. */
export interface ServedGateway {
  /** Of Perform and Sale status: address and prefix. */
  readonly base: string;
  readonly url: string;
  readonly close: () => Promise<void>;
}

const readBody = async (asked: IncomingMessage): Promise<string | undefined> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of asked as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length <= MAX_BODY_BYTES) parts.push(part);
  }
  return length <= MAX_BODY_BYTES ? Buffer.concat(parts).toString() : undefined;
};

const readObject = async (asked: IncomingMessage): Promise<unknown> => {
  try {
    return JSON.parse((await readBody(asked)) ?? "");
  } catch {
    return undefined;
  }
};

const segment = "([0-9A-Za-z-]{1,64})";

type Route = readonly [
  method: string,
  before: string,
  after: RegExp,
  reply: (segments: readonly string[], said: unknown) => Reply,
];

const routesOf = (gateway: Gateway): readonly Route[] => {
  const { prefix } = gateway.settings;
  const placed = ([endpointId = "", invoiceId = ""]: readonly string[]) => ({ endpointId, invoiceId });
  const sale = new RegExp(`^/sale/${segment}/${segment}$`);
  const status = new RegExp(`^/sale/${segment}/${segment}/status$`);
  const one = new RegExp(`^/${segment}$`);
  return [
    ["POST", prefix, sale, (segments, said) => gateway.perform(placed(segments), said)],
    ["POST", prefix, status, (segments, said) => gateway.status(placed(segments), said)],
    ["PUT", CONTROL, one, ([invoiceId = ""], said) => gateway.planFor(invoiceId, said)],
    ["GET", CONTROL, one, ([invoiceId = ""]) => gateway.tell(invoiceId)],
  ];
};

const answer = async (routes: readonly Route[], asked: IncomingMessage): Promise<Reply | undefined> => {
  const [path = ""] = (asked.url ?? "").split("?");
  for (const [method, before, after, reply] of routes) {
    const isHere = method === asked.method && path.startsWith(before);
    const found = isHere ? after.exec(path.slice(before.length)) : null;
    if (found === null) continue;
    const said = method === "GET" ? undefined : await readObject(asked);
    const isWanting = method !== "GET" && said === undefined;
    return isWanting ? failure("INVALID_REQUEST", "Body is not a JSON object") : reply(found.slice(1), said);
  }
  return undefined;
};

const send = (answering: ServerResponse, reply: Reply | undefined): void => {
  const body = reply === undefined ? "" : JSON.stringify(reply.body);
  answering
    .writeHead(reply?.status ?? 404, { "content-type": "application/json", "cache-control": "no-store" })
    .end(body);
};

/** Serves a gateway on a port of 127.0.0.1; 0 is any that is free. Rejects where the port is taken. */
export const serveGateway = async (gateway: Gateway, port = 0): Promise<ServedGateway> => {
  const routes = routesOf(gateway);
  const server = createServer({ requestTimeout: REQUEST_WITHIN_MS }, (asked, answering) => {
    answer(routes, asked).then(
      (reply) => send(answering, reply),
      () => answering.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    base: `${url}${gateway.settings.prefix}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, gateway.close()]);
    },
  };
};
