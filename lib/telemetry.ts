/** Log and metrics as JSON lines on standard output (warnings and errors on standard error): CloudWatch reads both from there. */
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { LogFields, Metric, Telemetry } from "#ports";

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

const allowed = (fields: LogFields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fieldTypes).flatMap(([name, type]) => {
      const value: unknown = Reflect.get(fields, name);
      return typeof value === type ? [[name, value]] : [];
    }),
  );

const sum = (one: number, other: number): number => one + other;

/** The unit of each metric, and how several values of one invocation make one. */
const metricTypes: Readonly<Record<Metric, readonly ["Count" | "Milliseconds", typeof sum]>> = {
  Requests: ["Count", sum],
  Refusals: ["Count", sum],
  Faults: ["Count", sum],
  Busy: ["Count", sum],
  SweepExpired: ["Count", sum],
  SweepFailed: ["Count", sum],
  SweepOldestOverdueMs: ["Milliseconds", Math.max],
};

/**
 * The real telemetry: JSON lines at level INFO and above; one EMF line per endpoint and flush, which counts for the
 * endpoint (dimensions service, stage, endpoint) and for the stage (service, stage): an alarm cannot sum up endpoints.
 */
export const openTelemetry = ({ stage }: { readonly stage: string }): Telemetry => {
  const logger = new Logger({ serviceName: "tillgate", persistentKeys: { stage } });
  const metrics = new Metrics({ namespace: "Tillgate", serviceName: "tillgate", defaultDimensions: { stage } });
  // Kept here, one value per metric: Powertools writes out early at its limits and forgets the dimension by that.
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
        counted.delete(endpoint);
        metrics.addDimension("endpoint", endpoint);
        metrics.addDimensions({}); // the stage's own set: nothing but the defaults
        for (const [metric, value] of values) metrics.addMetric(metric, metricTypes[metric][0], value);
        metrics.publishStoredMetrics();
      }
    },
  };
};
