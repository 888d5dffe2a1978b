/** First in, last out: gets the ports, names the request to the caller, and reports how it ended. */

import { report } from "#edge/middleware/report";
import type { AnywayStep, Live, Result } from "#edge/middleware/state";
import { openTelemetry } from "#telemetry";

const stamp = (result: Result, requestId: string): Result => ({
  ...result,
  headers: { ...result.headers, "X-Request-Id": requestId, "Cache-Control": "no-store" },
});

/** The outermost step of every function, HTTP or scheduled; `endpoint` is its name in logs and metrics. */
export const observe = (endpoint: string, live: Live): AnywayStep<unknown> => {
  let coldStart = true;
  const finish: NonNullable<AnywayStep<unknown>["after"]> = (request) => {
    if (request.response) request.response = stamp(request.response, request.context.awsRequestId);
    // Without ports there is nobody else to tell that they are missing.
    report(request.internal.ports?.telemetry ?? openTelemetry({ stage: "unknown" }), endpoint, request);
  };
  return {
    before: async ({ internal }) => {
      internal.coldStart = coldStart;
      coldStart = false;
      internal.ports = await live();
      internal.startedAtMs = internal.ports.clock();
    },
    after: finish,
    onError: finish,
  };
};
