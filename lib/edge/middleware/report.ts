/** How the end of an invocation reads in the log and in the metrics. */
import type middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { Result, State } from "#edge/middleware/state";
import { describeFault } from "#kernel/refusal";
import type { LogFields, Metric, Telemetry } from "#ports";

/** A request at its end, whatever became of it. */
export type Ended = middy.Request<unknown, Result, Error, Context, Partial<State>>;

interface Outcome {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly metric?: Metric;
  readonly fields?: LogFields;
}

const outcomeOf = ({ error, response, internal: { refusal, fault } }: Ended): Outcome => {
  if (refusal === undefined && !error) return { level: "info", message: response ? "answered" : "done" };
  if (refusal === undefined || refusal.code === "FAULT") {
    return { level: "error", message: "fault", metric: "Faults", fields: { fault: describeFault(fault ?? error) } };
  }
  // A no that is a server's error, and not one to come back after, is that of a system which was asked.
  const isFailure = (response?.statusCode ?? 0) >= 500;
  const isBusy = refusal.code === "BUSY" || (isFailure && refusal.code === "RATE_LIMITED");
  return {
    level: isFailure ? "warn" : "info",
    message: typeof refusal.facts.why === "string" ? `refused: ${refusal.facts.why}` : "refused",
    metric: isBusy ? "Busy" : isFailure ? "Upstream" : "Refusals",
    fields: { refusal: refusal.code },
  };
};

const tenantIn = (named: unknown): string | undefined =>
  typeof named === "object" && named !== null && "tenant" in named && typeof named.tenant === "string"
    ? named.tenant
    : undefined;

const fieldsOf = (endpoint: string, { context, internal, response }: Ended): LogFields => {
  const { ports, startedAtMs, coldStart, caller, refusal, subject } = internal;
  // Who is known and may not is no caller, but told by the refusal.
  const tenant = tenantIn(caller) ?? tenantIn(refusal?.facts);
  return {
    endpoint,
    requestId: context.awsRequestId,
    ...(tenant !== undefined && { tenant }),
    ...(subject !== undefined && { subject }),
    ...(response?.statusCode !== undefined && { status: response.statusCode }),
    ...(response?.headers?.["Idempotency-Replayed"] === "true" && { replayed: true }),
    ...(ports && startedAtMs !== undefined && { durationMs: ports.clock() - startedAtMs }),
    ...(coldStart !== undefined && { coldStart }),
  };
};

const succeeds = (step: () => void): boolean => {
  try {
    step();
    return true;
  } catch {
    return false;
  }
};

/**
 * Logs and counts how an invocation ended, and writes the metrics out. Never throws: what was decided is committed by
 * now, so the answer outlives its log line; a line that could not be written counts as a fault.
 */
export const report = (telemetry: Telemetry, endpoint: string, ended: Ended): void => {
  const { level, message, metric, fields } = outcomeOf(ended);
  const logged = succeeds(() => telemetry.log(level, message, { ...fieldsOf(endpoint, ended), ...fields }));
  succeeds(() => telemetry.count("Requests", 1, endpoint));
  if (metric) succeeds(() => telemetry.count(metric, 1, endpoint));
  if (!logged) succeeds(() => telemetry.count("Faults", 1, endpoint));
  succeeds(() => telemetry.flush());
};
