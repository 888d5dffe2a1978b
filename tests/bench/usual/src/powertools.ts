/** Powertools, as its documentation sets them up. */
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";

export const logger = new Logger({ serviceName: "withdrawals" });
export const metrics = new Metrics({ namespace: "Withdrawals", serviceName: "withdrawals" });
export const tracer = new Tracer({ serviceName: "withdrawals" });
