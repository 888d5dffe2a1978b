import { describe, expect, it } from "vitest";
import type { UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import type { Event, Live } from "#edge/middleware/state";
import { Fault, Refused, refuse } from "#kernel/refusal";
import type { Telemetry } from "#ports";
import {
  context,
  eventWith,
  everyAnswer,
  greet,
  linesWrittenBy,
  portsWith,
  rememberTelemetry,
  TOKEN,
} from "./given.ts";

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
    const replay = { status: 200, replayed: true, body: {} };
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
    [
      "of the caller",
      eventWith({ headers: badToken }),
      sayHello,
      401,
      "UNAUTHENTICATED",
      "info",
      "refused",
      "Refusals",
    ],
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
    ["something that is no error", throwing("s3cr3t"), "thrown: string"],
    ["nothing", throwing(undefined), "thrown: undefined"],
  ];
  it.each(cases)("%s", async (_, useCase, described) => {
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

describe("a failure of the chain itself is contained", () => {
  const encodes: readonly (readonly [string, () => { status: number; body: unknown }])[] = [
    [
      "an encoding that throws",
      () => {
        throw new Error("s3cr3t");
      },
    ],
    ["an answer that JSON cannot print", () => ({ status: 200, body: { times: Number.NaN } })],
  ];
  it.each(encodes)("%s", async (_, encode) => {
    const { answer, told } = await ask(eventWith(), sayHello, { ...greet, encode });
    expect(answer).toEqual(opaque);
    expect(told.slice(1)).toEqual([one("Requests"), one("Faults"), "flushed"]);
  });

  it("a dialect that cannot even say FAULT", async () => {
    const dialect = () => {
      throw new Error("s3cr3t");
    };
    const { answer, told } = await ask(eventWith({ body: "" }), sayHello, { ...greet, dialect });
    expect(answer).toEqual({ statusCode: 500, headers: everyAnswer });
    expect(told.slice(1)).toEqual([one("Requests"), one("Faults"), "flushed"]);
  });

  it("a clock that throws", async () => {
    const { telemetry, told } = rememberTelemetry();
    const live: Live = () => ({
      ...portsWith(telemetry),
      clock: () => {
        throw new Fault("no time");
      },
    });
    expect(await endpoint(greet, sayHello, live)(eventWith(), context)).toEqual(opaque);
    expect(told.slice(1)).toEqual([one("Requests"), one("Faults"), "flushed"]);
  });

  const failures: readonly (readonly [string, Live])[] = [
    ["ports that cannot be made", () => Promise.reject(new Error("the stage has no secret"))],
    [
      "ports that throw",
      () => {
        throw new Error("the stage has no secret");
      },
    ],
  ];
  it.each(failures)("%s, which are logged all the same", async (_, live) => {
    const lines = await linesWrittenBy(async () => {
      expect(await endpoint(greet, sayHello, live)(eventWith(), context)).toEqual(opaque);
    });
    expect(lines).toEqual([
      expect.objectContaining({
        level: "ERROR",
        message: "fault",
        endpoint: "greeting/greet",
        requestId: context.awsRequestId,
        fault: expect.stringMatching(/^Error: the stage has no secret\n/),
      }),
      expect.objectContaining({ endpoint: "greeting/greet", Requests: 1, Faults: 1 }),
    ]);
  });

  it("telemetry that throws: what was done stays done, so the answer stands, and the lost line counts as a fault", async () => {
    const fails = (): never => {
      throw new Error("standard output is closed");
    };
    const { telemetry, told } = rememberTelemetry();
    const cases: readonly (readonly [Partial<Telemetry>, readonly unknown[]])[] = [
      [{ log: fails }, [one("Requests"), one("Faults"), "flushed"]],
      [{ count: fails }, [expect.objectContaining({ message: "answered" }), "flushed"]],
      [{ flush: fails }, [expect.objectContaining({ message: "answered" }), one("Requests")]],
      [{ log: fails, count: fails, flush: fails }, []],
    ];
    for (const [broken, heard] of cases) {
      told.length = 0;
      const answer = await endpoint(greet, sayHello, () => portsWith({ ...telemetry, ...broken }))(
        eventWith(),
        context,
      );
      expect(answer.statusCode).toBe(200);
      expect(told).toEqual(heard);
    }
  });
});

describe("what the log and the answers never hold", () => {
  const bodies = [
    '{"name":"Ann Meier","times":2}',
    '{"name":"Ann Meier"',
    '{"name":"Ann Meier","times":-1,"Ann Meier":1}',
  ];
  it.each(bodies)("the body or the token of a request with %s", async (body) => {
    for (const useCase of [sayHello, throwing(new Refused(refuse("TOO_OFTEN", { name: "Ann Meier" })))]) {
      const { told } = await ask(eventWith({ body }), useCase);
      expect(JSON.stringify(told)).not.toMatch(/Ann Meier/);
      expect(JSON.stringify(told)).not.toContain(TOKEN);
    }
  });

  it("a wrong token", async () => {
    const { answer, told } = await ask(eventWith({ headers: { "x-token": "guessed" } }));
    expect(JSON.stringify([answer, told])).not.toContain("guessed");
  });
});
