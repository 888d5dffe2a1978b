import { describe, expect, it } from "vitest";
import type { LogFields, Telemetry } from "#ports";
import { openTelemetry } from "#telemetry";
import { linesWrittenBy } from "./given.ts";

/** The lines that telemetry of a stage writes. */
const linesOf = (act: (telemetry: Telemetry) => void): Promise<readonly unknown[]> =>
  linesWrittenBy(() => act(openTelemetry({ stage: "test" })));

const every: Required<LogFields> = {
  endpoint: "greeting/greet",
  requestId: "r-1",
  tenant: "tenant-a",
  subject: "4711",
  status: 200,
  refusal: "TOO_OFTEN",
  replayed: true,
  durationMs: 12.5,
  coldStart: false,
  fault: "Error: x",
  swept: 1,
  skipped: 2,
  failed: 3,
  oldestOverdueMs: 4,
};

const frame = (level: string, message: string) => ({
  level,
  message,
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  service: "tillgate",
  stage: "test",
});

describe("a log line", () => {
  it.each(["info", "warn", "error"] as const)("at level %s holds every field there is", async (level) => {
    expect(await linesOf(({ log }) => log(level, "answered", every))).toEqual([
      { ...frame(level.toUpperCase(), "answered"), ...every },
    ]);
  });

  it("holds no other field, and none of another type", async () => {
    const smuggled = {
      endpoint: "greeting/greet",
      body: "s3cr3t",
      token: "s3cr3t",
      message: "s3cr3t",
      tenant: { name: "s3cr3t" },
      status: "s3cr3t",
      durationMs: 12n,
      fault: new Error("s3cr3t"),
    };
    expect(await linesOf(({ log }) => log("info", "answered", smuggled as unknown as LogFields))).toEqual([
      { ...frame("INFO", "answered"), endpoint: "greeting/greet" },
    ]);
  });
});

/** The line of these metrics. */
const metricsOf = (endpoint: string, values: Readonly<Record<string, number>>, unit = "Count") => ({
  _aws: {
    Timestamp: expect.any(Number),
    CloudWatchMetrics: [
      {
        Namespace: "Tillgate",
        Dimensions: [
          ["service", "stage", "endpoint"],
          ["service", "stage"],
        ],
        Metrics: Object.keys(values).map((Name) => ({ Name, Unit: unit })),
      },
    ],
  },
  service: "tillgate",
  stage: "test",
  endpoint,
  ...values,
});

describe("metrics", () => {
  it("are one line per invocation, which counts for the endpoint and for the stage", async () => {
    expect(
      await linesOf(({ count, flush }) => {
        count("Requests", 1, "greeting/greet");
        count("Faults", 1, "greeting/greet");
        flush();
        count("Requests", 1, "greeting/greet");
        flush();
      }),
    ).toEqual([metricsOf("greeting/greet", { Requests: 1, Faults: 1 }), metricsOf("greeting/greet", { Requests: 1 })]);
  });

  it("lose nothing to the limits of a line", async () => {
    expect(
      await linesOf(({ count, flush }) => {
        for (let i = 0; i < 250; i++) count("SweepExpired", 2, "sweep/expireDue");
        flush();
      }),
    ).toEqual([metricsOf("sweep/expireDue", { SweepExpired: 500 })]);
  });

  it("keep the oldest of several ages, in milliseconds", async () => {
    expect(
      await linesOf(({ count, flush }) => {
        for (const ageMs of [20, 70, 50]) count("SweepOldestOverdueMs", ageMs, "sweep/expireDue");
        flush();
      }),
    ).toEqual([metricsOf("sweep/expireDue", { SweepOldestOverdueMs: 70 }, "Milliseconds")]);
  });

  it("stay apart when invocations of two endpoints overlap", async () => {
    expect(
      await linesOf(({ count, flush }) => {
        count("Requests", 1, "greeting/greet");
        count("Requests", 1, "greeting/part");
        flush();
      }),
    ).toEqual([metricsOf("greeting/greet", { Requests: 1 }), metricsOf("greeting/part", { Requests: 1 })]);
  });

  it("are silent when nothing was counted", async () => {
    expect(await linesOf(({ flush }) => flush())).toEqual([]);
  });
});
