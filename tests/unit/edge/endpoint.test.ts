import { describe, expect, it } from "vitest";
import type { UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import type { Event, Live } from "#edge/middleware/state";
import { Fault, Refused, refuse } from "#kernel/refusal";
import type { Telemetry } from "#ports";
import { context, eventWith, everyAnswer, greet, portsWith, rememberTelemetry, TOKEN } from "./given.ts";

type Greeted = { readonly greeting: string; readonly times: bigint };
type Greet = UseCase<{ readonly name: string; readonly times: bigint }, Greeted, { readonly tenant: string }>;

const sayHello: Greet = async ({ name, times }, _, { tenant }) => ({ greeting: `Hello ${name} of ${tenant}`, times });

const throwing =
  (error: unknown): Greet =>
  async () => {
    throw error;
  };

/** Sends one request to a fresh endpoint; gives the answer and what the telemetry was told. */
const ask = async (event: Event, useCase: Greet = sayHello, row = greet) => {
  const { telemetry, told } = rememberTelemetry();
  const answer = await endpoint(row, useCase, () => portsWith(telemetry))(event, context);
  return { answer, told };
};

const json = { "content-type": "application/json", ...everyAnswer };
const opaque = { statusCode: 500, headers: json, body: '{"no":"FAULT"}' };
const one = (count: string) => ({ count, value: 1, endpoint: "greeting/greet" });
const fields = {
  endpoint: "greeting/greet",
  requestId: context.awsRequestId,
  tenant: "tenant-a",
  durationMs: 5,
  coldStart: true,
};

describe("an endpoint", () => {
  it("answers what the use case says, and tells the telemetry once", async () => {
    const { answer, told } = await ask(eventWith());
    expect(answer).toEqual({
      statusCode: 200,
      headers: json,
      body: '{"greeting":"Hello Ann of tenant-a","times":2}',
    });
    expect(told).toEqual([
      { log: "info", message: "answered", fields: { ...fields, status: 200 } },
      one("Requests"),
      "flushed",
    ]);
  });

  it("marks a repeated answer in the log", async () => {
    const replay = { status: 200, headers: { "Idempotency-Replayed": "true" }, body: {} };
    const { answer, told } = await ask(eventWith(), sayHello, { ...greet, encode: () => replay });
    expect(answer).toEqual({ statusCode: 200, headers: { ...json, "Idempotency-Replayed": "true" }, body: "{}" });
    expect(told[0]).toEqual({ log: "info", message: "answered", fields: { ...fields, status: 200, replayed: true } });
  });

  it("starts cold once", async () => {
    const { telemetry, told } = rememberTelemetry();
    const handler = endpoint(greet, sayHello, () => portsWith(telemetry));
    await handler(eventWith(), context);
    await handler(eventWith(), context);
    expect(told.flatMap((each) => (typeof each === "object" && "log" in each ? [each.fields.coldStart] : []))).toEqual([
      true,
      false,
    ]);
  });
});

describe("a refusal", () => {
  const busy = throwing(new Refused(refuse("BUSY")));
  const tooOften = throwing(new Refused(refuse("TOO_OFTEN", { why: "three times today" })));
  const badToken = { "content-type": "application/json", "x-token": "another" };
  const cases = [
    ["of the slice", eventWith(), tooOften, 200, "TOO_OFTEN", "info", "refused: three times today", "Refusals"],
    ["of the edge", eventWith(), busy, 503, "BUSY", "warn", "refused", "Busy"],
    ["of the body", eventWith({ body: "{" }), sayHello, 400, "MALFORMED", "info", "refused: not JSON", "Refusals"],
    ["of the caller", eventWith({ headers: badToken }), sayHello, 401, "UNAUTHENTICATED", "info", "refused", "Refusals"],
  ] as const;
  it.each(cases)("%s is said in the dialect", async (_, event, useCase, statusCode, code, log, message, metric) => {
    const { answer, told } = await ask(event, useCase);
    expect(answer).toEqual({ statusCode, headers: json, body: `{"no":"${code}"}` });
    const { tenant, ...anonymous } = fields;
    const known = code === "UNAUTHENTICATED" ? anonymous : { ...anonymous, tenant };
    expect(told).toEqual([
      { log, message, fields: { ...known, status: statusCode, refusal: code } },
      one("Requests"),
      one(metric),
      "flushed",
    ]);
  });

  it("of the caller comes before one of the body, and the use case never hears of either", async () => {
    const { answer } = await ask(eventWith({ headers: {}, body: "{" }), throwing(new Fault("reached")));
    expect(answer).toEqual({ statusCode: 401, headers: json, body: '{"no":"UNAUTHENTICATED"}' });
  });
});

describe("a fault is opaque to the caller and plain in the log", () => {
  const undeclared = new Refused(refuse("NEVER_DECLARED", { secret: "s3cr3t" }));
  const cases: readonly (readonly [string, Greet, string])[] = [
    ["an error", throwing(new TypeError("s3cr3t is not a function")), "TypeError: s3cr3t is not a function"],
    ["a fault", throwing(new Fault("s3cr3t")), "Fault: s3cr3t"],
    ["a refusal that the contract does not declare", throwing(undeclared), "Refused: NEVER_DECLARED"],
    ["a refusal that the dialect cannot say", throwing(new Refused(refuse("UNSPEAKABLE"))), "Fault: no words"],
    ["the refusal FAULT", throwing(new Refused(refuse("FAULT"))), "Refused: FAULT"],
    ["something that is no error", throwing("s3cr3t"), "a string was thrown"],
    ["nothing", throwing(undefined), "a undefined was thrown"],
    ["what JSON cannot print", async () => ({ greeting: "Hello", times: 0n, [Symbol.toPrimitive]: 1 }), ""],
  ];
  it.each(cases.slice(0, -1))("%s", async (_, useCase, described) => {
    const { answer, told } = await ask(eventWith(), useCase);
    expect(answer).toEqual(opaque);
    expect(told).toEqual([
      {
        log: "error",
        message: "fault",
        fields: { ...fields, status: 500, fault: expect.stringMatching(new RegExp(`^${described}(\n {4}at |$)`)) },
      },
      one("Requests"),
      one("Faults"),
      "flushed",
    ]);
  });
});
