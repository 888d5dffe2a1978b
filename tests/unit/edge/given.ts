/** Requests, ports that remember what they were told, and one endpoint in a protocol of its own. */
import type { Context } from "aws-lambda";
import { vi } from "vitest";
import * as z from "zod";
import { type Answer, type Asked, type Caller, contract, type Scheme } from "#edge/contract";
import type { Event } from "#edge/middleware/state";
import { integer } from "#kernel/json";
import { Fault, type Refusal, Refused, refuse } from "#kernel/refusal";
import type { LogFields, Ports, Telemetry } from "#ports";

/** What was logged, counted and flushed, in this order. */
export type Told =
  | { readonly log: "info" | "warn" | "error"; readonly message: string; readonly fields: LogFields }
  | { readonly count: string; readonly value: number; readonly endpoint: string }
  | "flushed";

/** Telemetry that keeps everything it is told. */
export const rememberTelemetry = (): { readonly telemetry: Telemetry; readonly told: Told[] } => {
  const told: Told[] = [];
  return {
    told,
    telemetry: {
      log: (log, message, fields) => told.push({ log, message, fields }),
      count: (count, value, endpoint) => told.push({ count, value, endpoint }),
      flush: () => told.push("flushed"),
    },
  };
};

/** The instant of every clock here; each look at it takes 5 ms. */
export const START_MS = Date.parse("2026-11-25T09:00:00Z");

const unreachable = (): never => {
  throw new Fault("the edge has no business there");
};

/** Ports of which only the clock and the telemetry work. */
export const portsWith = (telemetry: Telemetry): Ports => {
  let nowMs = START_MS;
  return {
    store: { read: unreachable, readEach: unreachable, commit: unreachable, list: unreachable },
    clock: () => {
      nowMs += 5;
      return nowMs - 5;
    },
    ids: {
      number: unreachable,
      uuid: unreachable,
      uuid4: unreachable,
      letters: unreachable,
      digits: unreachable,
      nonce: unreachable,
      ulid: unreachable,
      secret: unreachable,
    },
    secrets: unreachable,
    origin: "https://desk.example.com",
    post: unreachable,
    recall: unreachable,
    pause: unreachable,
    telemetry,
  };
};

/** An invocation's context. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: "tillgate",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:eu-central-1:000000000000:function:tillgate",
  memoryLimitInMB: "256",
  awsRequestId: "11111111-2222-4333-8444-555555555555",
  logGroupName: "tillgate",
  logStreamName: "tillgate",
  getRemainingTimeInMillis: () => 1_234,
  done: unreachable,
  fail: unreachable,
  succeed: unreachable,
};

/** The token that the endpoint's scheme knows. */
export const TOKEN = "a-token-that-nobody-else-has";

/** A request with a good token, a good body and what is said here instead. */
export const eventWith = (change: Partial<Event> = {}, verb = "POST", path = "/greet"): Event => ({
  version: "2.0",
  routeKey: `${verb} ${path}`,
  rawPath: path,
  rawQueryString: "",
  headers: { "content-type": "application/json", "x-token": TOKEN },
  requestContext: {
    accountId: "000000000000",
    apiId: "local",
    domainName: "localhost",
    domainPrefix: "localhost",
    http: { method: verb, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
    requestId: "constant",
    routeKey: `${verb} ${path}`,
    stage: "$default",
    time: "25/Nov/2026:09:00:00 +0000",
    timeEpoch: START_MS,
  },
  isBase64Encoded: false,
  body: '{"name":"Ann","times":2}',
  ...change,
});

/** A request as the chain keeps it, with these headers. */
export const askedWith = (headers: Asked["headers"]): Asked => ({
  verb: "POST",
  path: "/greet",
  query: "",
  segments: {},
  headers,
  body: { bytes: Buffer.of(), wasText: true },
  address: "127.0.0.1",
});

/** Knows one token. */
export const tokenScheme: Scheme<Caller> = {
  name: "token",
  openapi: [{ type: "apiKey", in: "header", name: "X-Token" }],
  authenticate: async ({ headers }) => {
    if (headers["x-token"] !== TOKEN) throw new Refused(refuse("UNAUTHENTICATED"));
    return { tenant: "tenant-a" };
  },
};

const statuses: Readonly<Record<string, number>> = {
  UNKNOWN_ROUTE: 404,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  MALFORMED: 400,
  BUSY: 503,
  FAULT: 500,
  TOO_OFTEN: 200,
};

/** `{"no": <code>}`, with the status of the code; cannot say UNSPEAKABLE. */
export const dialect = ({ code, facts }: Refusal): Answer => {
  if (code === "UNSPEAKABLE") throw new Fault("no words");
  if (facts.allow !== undefined) return { status: 405, headers: { Allow: String(facts.allow) } };
  return { status: statuses[code] ?? 500, body: { no: code } };
};

/** What the endpoint is asked. */
export const Greeting = z.object({ name: z.string().min(1), times: integer(1n, 9n) });

/** An endpoint that greets. */
export const greet = contract({
  name: "greeting/greet",
  route: "POST /greet",
  summary: "Greets.",
  auth: tokenScheme,
  request: Greeting,
  reply: z.object({ greeting: z.string(), times: z.int() }),
  encode: ({ greeting, times }: { readonly greeting: string; readonly times: bigint }) => ({
    status: 200,
    body: { greeting, times },
  }),
  dialect,
  mayRefuse: ["TOO_OFTEN", "UNSPEAKABLE"],
  io: { reads: 0, commits: 0 },
});

/** The JSON lines that are written to standard output and error meanwhile. */
export const linesWrittenBy = async (act: () => unknown): Promise<readonly unknown[]> => {
  const lines: unknown[] = [];
  const keep = (line: unknown): boolean => lines.push(JSON.parse(String(line))) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(keep));
  try {
    await act();
    return lines;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

/** The headers of every answer. */
export const everyAnswer = { "X-Request-Id": context.awsRequestId, "Cache-Control": "no-store" };
