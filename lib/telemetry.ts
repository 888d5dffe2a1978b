/** Log and metrics as JSON lines on standard output (warnings and errors on standard error): CloudWatch reads both from there (decision 0007). */
import { Console } from "node:console";
import { LogFormatter, Logger, LogItem } from "@aws-lambda-powertools/logger";
import type { LogAttributes, UnformattedAttributes } from "@aws-lambda-powertools/logger/types";
import type { LogFields, Metric, Telemetry } from "#ports";

const SERVICE = "tillgate";
const NAMESPACE = "Tillgate";

/** What may be logged, again at run time: a name that is not here, or a value of another type, does not get out. */
const fieldTypes: Readonly<Record<keyof LogFields, "string" | "number" | "boolean">> = {
  endpoint: "string",
  requestId: "string",
  tenant: "string",
  subject: "string",
  status: "number",
  refusal: "string",
  replayed: "boolean",
  durationMs: "number",
  coldStart: "boolean",
  fault: "string",
  swept: "number",
  skipped: "number",
  failed: "number",
  oldestOverdueMs: "number",
};
const everyField = Object.entries(fieldTypes);

const allowed = (fields: LogFields): Readonly<Record<string, unknown>> => {
  const said: Record<string, unknown> = {};
  for (const [name, type] of everyField) {
    const value: unknown = Reflect.get(fields, name);
    if (typeof value === type) said[name] = value;
  }
  return said;
};

const sum = (one: number, other: number): number => one + other;

/** The unit of each metric, and how several values of one invocation make one. */
const metricTypes: Readonly<Record<Metric, readonly ["Count" | "Milliseconds", typeof sum]>> = {
  Requests: ["Count", sum],
  Refusals: ["Count", sum],
  Faults: ["Count", sum],
  Busy: ["Count", sum],
  Upstream: ["Count", sum],
  Unlimited: ["Count", sum],
  SweepExpired: ["Count", sum],
  SweepFailed: ["Count", sum],
  SweepOldestOverdueMs: ["Milliseconds", Math.max],
};

/** The endpoint's own figures, and the stage's: an alarm cannot sum up endpoints. */
const DIMENSIONS = [
  ["service", "stage", "endpoint"],
  ["service", "stage"],
];

/** One line in CloudWatch's embedded metric format: the values, and beside them which of the members are metrics and dimensions. */
const metricLine = (stage: string, endpoint: string, values: ReadonlyMap<Metric, number>) => ({
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      {
        Namespace: NAMESPACE,
        Dimensions: DIMENSIONS,
        Metrics: [...values.keys()].map((Name) => ({ Name, Unit: metricTypes[Name][0] })),
      },
    ],
  },
  service: SERVICE,
  stage,
  endpoint,
  ...Object.fromEntries(values),
});

/** A line has what it says and these; Powertools' own formatter also looks for a time zone and a sampling rate, which costs more than all the rest. */
class Line extends LogFormatter {
  override formatAttributes(frame: UnformattedAttributes, said: LogAttributes): LogItem {
    const { logLevel: level, message, timestamp, serviceName: service } = frame;
    return new LogItem({ attributes: { level, message, timestamp: timestamp.toISOString(), service, ...said } });
  }
}

/** The real telemetry: a JSON line per `log`, and one per endpoint and flush for all that was counted. */
export const openTelemetry = ({ stage }: { readonly stage: string }): Telemetry => {
  const logger = new Logger({ serviceName: SERVICE, persistentKeys: { stage }, logFormatter: new Line() });
  // Not the stream itself: it keeps a failure to itself, and that must not end a process that has answered.
  const lines = new Console({ stdout: process.stdout, stderr: process.stderr });
  const counted = new Map<string, Map<Metric, number>>();
  return {
    log: (level, message, fields) => logger[level](message, allowed(fields)),
    count: (metric, value, endpoint) => {
      const values = counted.get(endpoint) ?? new Map<Metric, number>();
      const before = values.get(metric);
      values.set(metric, before === undefined ? value : metricTypes[metric][1](before, value));
      counted.set(endpoint, values);
    },
    flush: () => {
      for (const [endpoint, values] of counted) {
        // Before it is written: what has failed once must not count twice later.
        counted.delete(endpoint);
        lines.info(JSON.stringify(metricLine(stage, endpoint, values)));
      }
    },
  };
};
