import { describe, expect, it } from "vitest";
import type { Answer, Asked, Dialect } from "#edge/contract";
import { asked } from "#edge/middleware/asked";
import { authenticate } from "#edge/middleware/authenticate";
import { observe } from "#edge/middleware/observe";
import { perform } from "#edge/middleware/perform";
import { print, respond } from "#edge/middleware/respond";
import { speak } from "#edge/middleware/speak";
import type { Event, Result, State } from "#edge/middleware/state";
import { rawNumber } from "#kernel/json";
import { Fault, Outage, type Refusal, Refused, refuse } from "#kernel/refusal";
import {
  askedWith,
  context,
  dialect,
  eventWith,
  everyAnswer,
  portsWith,
  rememberTelemetry,
  START_MS,
  TOKEN,
  tokenScheme,
} from "./given.ts";

const ports = portsWith(rememberTelemetry().telemetry);

/** middy's request, with a state of which a step uses these fields. */
const requestOf = <Uses extends Partial<State>>(
  internal: Uses,
  { event = eventWith(), response, error }: { event?: Event; response?: Result; error?: Error } = {},
) => ({ event, context, response, error, internal });

describe("asked keeps what was sent", () => {
  const bytes = (...all: number[]) => Buffer.from(all);
  const { http } = eventWith().requestContext;
  const cases: readonly (readonly [string, Partial<Event>, Partial<Asked>])[] = [
    [
      "header names in lower case",
      { headers: { "X-Token": "Abc", accept: "*/*" } },
      { headers: { "x-token": "Abc", accept: "*/*" } },
    ],
    ["text as UTF-8", { body: "ë" }, { body: { bytes: bytes(0xc3, 0xab), wasText: true } }],
    ["base64 decoded", { body: "/wA=", isBase64Encoded: true }, { body: { bytes: bytes(0xff, 0), wasText: false } }],
    ["a path as it was escaped", { rawPath: "/greet/a%2Fb" }, { path: "/greet/a%2Fb" }],
    ["the path's segments", { pathParameters: { id: "a/b" } }, { segments: { id: "a/b" } }],
    ["a query as it was escaped", { rawQueryString: "a=%20&a=1" }, { query: "a=%20&a=1" }],
    [
      "verb and address",
      { requestContext: { ...eventWith().requestContext, http: { ...http, method: "PUT", sourceIp: "::1" } } },
      { verb: "PUT", address: "::1" },
    ],
  ];
  const plain = askedWith({});
  it.each(cases)("%s", (_, change, kept) => {
    const request = requestOf({ asked: plain }, { event: eventWith({ headers: {}, body: "", ...change }) });
    asked().before?.(request);
    expect(request.internal.asked).toEqual({ ...plain, ...kept });
  });

  it("no body as zero bytes", () => {
    const { body: _, ...event } = eventWith({ headers: {} });
    const request = requestOf({ asked: askedWith({ old: "1" }) }, { event });
    asked().before?.(request);
    expect(request.internal.asked).toEqual(plain);
  });
});

describe("authenticate", () => {
  it("puts the caller into the state", async () => {
    const request = requestOf({ ports, asked: askedWith({ "x-token": TOKEN }), caller: { tenant: "" } });
    await authenticate(tokenScheme, "greeting/greet").before?.(request);
    expect(request.internal.caller).toEqual({ tenant: "tenant-a" });
  });

  it("passes the scheme's refusal on", async () => {
    const request = requestOf({ ports, asked: askedWith({}), caller: { tenant: "" } });
    await expect(authenticate(tokenScheme, "greeting/greet").before?.(request)).rejects.toEqual(
      new Refused(refuse("UNAUTHENTICATED")),
    );
  });

  it("lets anybody ask when there is no scheme", async () => {
    const request = requestOf<{ ports: typeof ports; asked: Asked; caller: undefined }>({
      ports,
      asked: askedWith({}),
      caller: undefined,
    });
    await authenticate<undefined>(undefined, "greeting/greet").before?.(request);
    expect(request.internal.caller).toBe(undefined);
  });
});

describe("perform", () => {
  it("gives the use case the wish, the ports and the caller, and keeps what it says", async () => {
    const request = requestOf<{
      wish: string;
      ports: typeof ports;
      caller: string;
      said: unknown;
      subject: string | undefined;
    }>({
      wish: "a wish",
      ports,
      caller: "a caller",
      said: undefined,
      subject: undefined,
    });
    const useCase = async (...given: unknown[]): Promise<unknown> => given;
    await perform(useCase, (wish, said) => `${wish}, ${said === undefined ? "unsaid" : "said"}`).before?.(request);
    expect(request.internal.said).toEqual(["a wish", ports, "a caller"]);
    expect(request.internal.subject).toBe("a wish, said");
  });
});

describe("respond prints", () => {
  const json = { "content-type": "application/json" };
  const cases: readonly (readonly [string, Answer, Result])[] = [
    [
      "an object compactly, integers of any size and numbers as written",
      { status: 200, body: { b: 2n ** 60n, a: rawNumber("1.50"), gone: undefined } },
      { statusCode: 200, headers: json, body: '{"b":1152921504606846976,"a":1.50}' },
    ],
    [
      "text as HTML",
      { status: 200, body: "<p>" },
      { statusCode: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: "<p>" },
    ],
    [
      "text as what its headers say, in whatever case",
      { status: 200, headers: { "Content-Type": "text/css" }, body: "p{}" },
      { statusCode: 200, headers: { "Content-Type": "text/css" }, body: "p{}" },
    ],
    [
      "a replay",
      { status: 200, body: {}, replayed: true },
      { statusCode: 200, headers: { ...json, "Idempotency-Replayed": "true" }, body: "{}" },
    ],
    ["no body", { status: 405, headers: { Allow: "GET" } }, { statusCode: 405, headers: { Allow: "GET" } }],
    ["null as JSON", { status: 200, body: null }, { statusCode: 200, headers: json, body: "null" }],
  ];
  it.each(cases)("%s", (_, answer, result) => {
    expect(print(answer)).toEqual(result);
    const request = requestOf({ said: answer });
    respond((said: Answer) => said).after?.(request);
    expect(request.response).toEqual(result);
  });
});

describe("speak", () => {
  const json = { "content-type": "application/json" };
  const fault = { statusCode: 500, headers: json, body: '{"no":"FAULT"}' };
  const refused = (code: string) => new Refused(refuse(code));
  const cases: readonly (readonly [string, Error, Result, string])[] = [
    [
      "a declared refusal",
      refused("TOO_OFTEN"),
      { statusCode: 200, headers: json, body: '{"no":"TOO_OFTEN"}' },
      "TOO_OFTEN",
    ],
    ["a refusal of the edge", refused("BUSY"), { statusCode: 503, headers: json, body: '{"no":"BUSY"}' }, "BUSY"],
    ["an undeclared refusal", refused("OTHER"), fault, "FAULT"],
    ["a refusal named like a method of objects", refused("toString"), fault, "FAULT"],
    [
      "an error that only looks like a refusal",
      Object.assign(new Error(), { refusal: refuse("BUSY") }),
      fault,
      "FAULT",
    ],
    ["any error", new Error("s3cr3t"), fault, "FAULT"],
  ];
  it.each(cases)("says %s", (_, error, result, code) => {
    const request = requestOf<Partial<State>>({}, { error });
    speak(() => dialect, ["TOO_OFTEN"]).onError?.(request);
    expect(request.response).toEqual(result);
    expect(request.internal).toEqual({ refusal: refuse(code), fault: error });
  });

  const bare: readonly (readonly [Refusal, Result])[] = [
    [refuse("UNKNOWN_ROUTE"), { statusCode: 404, headers: {} }],
    [refuse("UNKNOWN_ROUTE", { allow: "GET" }), { statusCode: 405, headers: { Allow: "GET" } }],
    [refuse("FAULT"), { statusCode: 500, headers: {} }],
  ];
  it.each(bare)("says %j as HTTP does where the dialect has no words", (refusal, result) => {
    const request = requestOf<Partial<State>>({}, { error: new Refused(refusal) });
    speak(() => () => undefined, []).onError?.(request);
    expect(request.response).toEqual(result);
  });

  it.each([
    [{ Allow: "GET" }, { Allow: "GET", "Retry-After": "7" }],
    [{ "Retry-After": "2" }, { "Retry-After": "2" }],
  ])("tells how long to wait beside the dialect's %j, unless that does", (said, headers) => {
    const refusal = refuse("RATE_LIMITED", { retryAfterSeconds: 7 });
    const request = requestOf<Partial<State>>({}, { error: new Refused(refusal) });
    speak(() => () => ({ status: 429, headers: said }), []).onError?.(request);
    expect(request.response).toEqual({ statusCode: 429, headers });
  });

  it("tells a dialect of a table that does not answer", () => {
    const error = new Outage("the table does not answer");
    const request = requestOf<Partial<State>>({}, { error });
    speak(
      () =>
        ({ code, facts }) => ({ status: 503, body: { code, facts } }),
      [],
    ).onError?.(request);
    expect(request.response?.body).toBe('{"code":"FAULT","facts":{"outage":"the table"}}');
    expect(request.internal.fault).toBe(error);
  });

  it("lets the dialect look at what was asked", () => {
    const dialect: Dialect = (_, asked) => ({ status: 403, body: { id: asked?.segments.id } });
    const asked = { ...askedWith({}), segments: { id: "7" } };
    const request = requestOf<Partial<State>>({ asked }, { error: new Error("any") });
    speak(() => dialect, []).onError?.(request);
    expect(request.response).toEqual({ statusCode: 403, headers: json, body: '{"id":"7"}' });
  });

  it("keeps the dialect's own error when it has no words", () => {
    const request = requestOf<Partial<State>>({}, { error: refused("UNSPEAKABLE") });
    speak(() => dialect, ["UNSPEAKABLE"]).onError?.(request);
    expect(request.response).toEqual(fault);
    expect(request.internal).toEqual({ refusal: refuse("FAULT"), fault: new Fault("no words") });
  });
});

describe("observe", () => {
  it("starts with the ports and the time", async () => {
    const request = requestOf<Partial<State>>({});
    const here = portsWith(rememberTelemetry().telemetry);
    await observe("greeting/greet", async () => here).before?.(request);
    expect(request.internal).toEqual({ coldStart: true, ports: here, startedAtMs: START_MS });
  });

  it.each(["after", "onError"] as const)("%s: stamps the answer, whatever its headers said", (hook) => {
    const { telemetry } = rememberTelemetry();
    const response = { statusCode: 200, headers: { "Cache-Control": "public", Allow: "GET" } };
    const request = requestOf<Partial<State>>({ ports: portsWith(telemetry) }, { response });
    observe("greeting/greet", () => portsWith(telemetry))[hook]?.(request);
    expect(request.response).toEqual({ statusCode: 200, headers: { Allow: "GET", ...everyAnswer } });
  });
});
