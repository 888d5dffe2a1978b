/** The whole desk in one process: every endpoint's real chain on the tests' world, called as a client would call it over HTTP. */
import { readdirSync } from "node:fs";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import type { AnyContract, UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
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
}

/** A desk to call. */
export interface Desk {
  readonly call: (route: string, sent?: Sent) => Promise<Answered>;
}

const isContract = (exported: unknown): exported is AnyContract =>
  typeof exported === "object" && exported !== null && "route" in exported && "mayRefuse" in exported;

const lib = new URL("../../lib/", import.meta.url);

/** Every contract there is, by name. */
export const everyContract = async (): Promise<readonly AnyContract[]> => {
  const slices = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((path) =>
    /^\w+\/contract\.ts$/.test(path),
  );
  const modules = await Promise.all(slices.map((path) => import(new URL(path, lib).href)));
  return modules.flatMap((module) => Object.values(module)).filter(isContract);
};

/** The use case of a contract: `lib/<slice>/<endpoint>.ts`, by convention. Pages have none. */
export const useCaseOf = async ({ name }: AnyContract): Promise<UseCase<unknown, never, unknown> | undefined> => {
  const endpointName = name.split("/")[1] ?? "";
  const module = await import(new URL(`${name}.ts`, lib).href).catch(() => undefined);
  return module?.[endpointName];
};

const eventOf = (route: string, { headers = {}, body }: Sent): APIGatewayProxyEventV2 => {
  const [method = "", path = ""] = route.split(" ");
  return {
    version: "2.0",
    routeKey: route,
    rawPath: path,
    rawQueryString: "",
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    requestContext: {
      accountId: "000000000000",
      apiId: "desk",
      domainName: "localhost",
      domainPrefix: "localhost",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
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

/** Opens a desk on these ports. */
export const openDesk = async (ports: Ports): Promise<Desk> => {
  const handlers = new Map<string, Handler>();
  for (const contract of await everyContract()) {
    const useCase = await useCaseOf(contract);
    if (useCase !== undefined)
      handlers.set(
        contract.route,
        endpoint(contract, useCase as UseCase<unknown, never, unknown>, () => ports),
      );
  }
  let requests = 0;
  return {
    call: async (route, sent = {}) => {
      const handler = handlers.get(route);
      if (handler === undefined) throw new Error(`no endpoint at ${route}`);
      const {
        statusCode = 0,
        headers = {},
        body = "",
      } = await handler(eventOf(route, sent), contextOf(`request-${++requests}`));
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
      return { status: statusCode, headers: Object.fromEntries(lower), body };
    },
  };
};
