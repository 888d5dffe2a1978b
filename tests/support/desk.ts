/** The whole desk in one process: every endpoint's real chain on the tests' world, called as a client would call it over HTTP. */
import { existsSync, readdirSync } from "node:fs";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { sayPlainly } from "#desk/contract";
import { type AnyContract, type Route, routesOf, type UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import { unknownRoute } from "#edge/unknownRoute";
import type { Ports } from "#ports";

type Handler = ReturnType<typeof endpoint>;

/** An answer as a client sees it: header names in lower case. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a client sends. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Where it comes from; 127.0.0.1 unless it is told. */
  readonly address?: string;
}

/** A desk to call. */
export interface Desk {
  /** `VERB /path?query`, as a client would ask. */
  readonly call: (route: string, sent?: Sent) => Promise<Answered>;
}

const isContract = (exported: unknown): exported is AnyContract =>
  typeof exported === "object" && exported !== null && "route" in exported && "mayRefuse" in exported;

const lib = new URL("../../lib/", import.meta.url);

/** Every contract there is, by name; or those of one slice, and nothing of another is loaded. */
export const everyContract = async (slice?: string): Promise<readonly AnyContract[]> => {
  const paths = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
    (path) => /^\w+\/(?:\w+\.)?contract\.ts$/.test(path) && (slice === undefined || path.startsWith(`${slice}/`)),
  );
  const modules = await Promise.all(paths.map((path) => import(new URL(path, lib).href)));
  return modules.flatMap((module) => Object.values(module)).filter(isContract);
};

/** The use case of a contract: `lib/<slice>/<endpoint>.ts`, by convention. A page that is the function's own text has none. */
export const useCaseOf = async ({ name }: AnyContract): Promise<UseCase<unknown, never, unknown> | undefined> => {
  const file = new URL(`${name}.ts`, lib);
  if (!existsSync(file)) return undefined;
  const endpointName = name.split("/")[1] ?? "";
  const module = await import(file.href);
  if (typeof module[endpointName] !== "function") throw new Error(`lib/${name}.ts has no use case ${endpointName}`);
  return module[endpointName];
};

/** What stands in a route's `{…}` where a path is of this route. */
const segmentsIn = (route: Route, asked: string): Record<string, string> | undefined => {
  const pattern = route.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const groups = new RegExp(`^${pattern}$`).exec(asked);
  if (groups === null) return undefined;
  return Object.fromEntries(
    Object.entries(groups.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]),
  );
};

const eventOf = (
  route: Route | "$default",
  asked: string,
  segments: Record<string, string>,
  { headers = {}, body, address = "127.0.0.1" }: Sent,
): APIGatewayProxyEventV2 => {
  const [method = "", target = ""] = asked.split(" ");
  const [path = "", query = ""] = target.split("?");
  return {
    version: "2.0",
    routeKey: route,
    rawPath: path,
    rawQueryString: query,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(Object.keys(segments).length > 0 && { pathParameters: segments }),
    requestContext: {
      accountId: "000000000000",
      apiId: "desk",
      domainName: "localhost",
      domainPrefix: "localhost",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: address, userAgent: "test" },
      requestId: "gateway-request",
      routeKey: route,
      stage: "$default",
      time: "25/Nov/2026:08:00:00 +0000",
      timeEpoch: 0,
    },
    isBase64Encoded: body instanceof Uint8Array,
    ...(body !== undefined && { body: typeof body === "string" ? body : Buffer.from(body).toString("base64") }),
  };
};

/** A Lambda context with plenty of time left. */
export const contextOf = (awsRequestId: string): Context =>
  ({ awsRequestId, functionName: "test", getRemainingTimeInMillis: () => 60_000 }) as unknown as Context;

/** Opens a desk on these ports; of one slice alone where it is told. */
export const openDesk = async (ports: Ports, slice?: string): Promise<Desk> => {
  const contracts = await everyContract(slice);
  const unknown = unknownRoute(contracts, sayPlainly, () => ports);
  const served: (readonly [Route, Handler])[] = [];
  for (const contract of contracts) {
    const useCase = await useCaseOf(contract);
    if (useCase === undefined) continue;
    const handler = endpoint(contract, useCase, () => ports);
    served.push(...routesOf(contract).map((route) => [route, handler] as const));
  }
  // The gateway prefers a literal segment to one that is read.
  served.sort(([one], [other]) => one.split("{").length - other.split("{").length);
  let requests = 0;
  return {
    call: async (asked, sent = {}) => {
      const path = asked.replace(/\?.*$/, "");
      const found = served.find(([route]) => segmentsIn(route, path));
      const [route, handler] = found ?? (["$default", unknown] as const);
      const segments = (found && segmentsIn(found[0], path)) ?? {};
      const {
        statusCode = 0,
        headers = {},
        body = "",
      } = await handler(eventOf(route, asked, segments, sent), contextOf(`request-${++requests}`));
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
      return { status: statusCode, headers: Object.fromEntries(lower), body };
    },
  };
};
