import { describe, expect, it } from "vitest";
import type { Answer, Headers } from "#edge/contract";
import { authenticate } from "#edge/middleware/authenticate";
import { observe } from "#edge/middleware/observe";
import { perform } from "#edge/middleware/perform";
import { rawBody } from "#edge/middleware/rawBody";
import { print, respond } from "#edge/middleware/respond";
import { speak } from "#edge/middleware/speak";
import type { Event, Result, State } from "#edge/middleware/state";
import { rawNumber } from "#kernel/json";
import { Fault, Refused, refuse } from "#kernel/refusal";
import {
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

describe("rawBody keeps what was sent", () => {
  const cases: readonly (readonly [string, Partial<Event>, Pick<State, "headers" | "body">])[] = [
    [
      "header names in lower case",
      { headers: { "X-Token": "Abc", accept: "*/*" }, body: "" },
      { headers: { "x-token": "Abc", accept: "*/*" }, body: { bytes: Buffer.of(), wasText: true } },
    ],
    [
      "text as UTF-8",
      { headers: {}, body: "ë" },
      { headers: {}, body: { bytes: Buffer.of(0xc3, 0xab), wasText: true } },
    ],
    [
      "base64 decoded",
      { headers: {}, body: "/wA=", isBase64Encoded: true },
      { headers: {}, body: { bytes: Buffer.of(0xff, 0), wasText: false } },
    ],
  ];
  it.each(cases)("%s", (_, change, kept) => {
    const request = requestOf(
      { headers: {}, body: { bytes: Buffer.of(1), wasText: false } },
      { event: eventWith(change) },
    );
    rawBody().before?.(request);
    expect(request.internal).toEqual(kept);
  });

  it("no body as zero bytes", () => {
    const { body: _, ...event } = eventWith({ headers: {} });
    const request = requestOf({ headers: {}, body: { bytes: Buffer.of(1), wasText: false } }, { event });
    rawBody().before?.(request);
    expect(request.internal).toEqual({ headers: {}, body: { bytes: Buffer.of(), wasText: true } });
  });
});

describe("authenticate", () => {
  it("puts the caller into the state", async () => {
    const request = requestOf({ ports, headers: { "x-token": TOKEN }, caller: { tenant: "" } });
    await authenticate(tokenScheme).before?.(request);
    expect(request.internal.caller).toEqual({ tenant: "tenant-a" });
  });

  it("passes the scheme's refusal on", async () => {
    const request = requestOf({ ports, headers: {}, caller: { tenant: "" } });
    await expect(authenticate(tokenScheme).before?.(request)).rejects.toEqual(new Refused(refuse("UNAUTHENTICATED")));
  });

  it("lets anybody ask when there is no scheme", async () => {
    const request = requestOf<{ ports: typeof ports; headers: Headers; caller: undefined }>({
      ports,
      headers: {},
      caller: undefined,
    });
    await authenticate<undefined>(undefined).before?.(request);
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
