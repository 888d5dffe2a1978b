/** startOrder as the samples of its libraries would have it: middy, Powertools, zod, the document client. The bench compares ours with it. */

import { IdempotencyConfig } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { makeHandlerIdempotent } from "@aws-lambda-powertools/idempotency/middleware";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import { captureLambdaHandler } from "@aws-lambda-powertools/tracer/middleware";
import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import { findTenant } from "./auth.ts";
import { dynamoDb, idempotencyTable } from "./clients.ts";
import { logger, metrics, tracer } from "./powertools.ts";
import { startOrderSchema } from "./schema.ts";
import { startWithdrawal } from "./startWithdrawal.ts";

interface ParsedEvent {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const refused = (message: string, code: number) => json(200, { Message: message, ResultCode: code, Skip: false });

const startOrder = async (event: ParsedEvent) => {
  const tenant = await findTenant(event.headers["x-auth-token"]);
  if (!tenant) return json(401, { Message: "Unauthorized", ResultCode: 1, Skip: false });
  const parsed = startOrderSchema.safeParse(event.body);
  if (!parsed.success) {
    logger.warn("invalid request", { issues: parsed.error.issues });
    return json(400, { Message: "Invalid request", ResultCode: 1, Skip: false });
  }
  const result = await startWithdrawal(tenant, parsed.data);
  metrics.addMetric("OrdersStarted", MetricUnit.Count, result.started ? 1 : 0);
  logger.info("withdrawal", { tenant: tenant.id, result });
  if (!result.started) return refused(result.message, result.code);
  return json(200, { Message: "OK", ResultCode: 0, Skip: result.skip, TransactionId: result.transactionId });
};

const persistenceStore = new DynamoDBPersistenceLayer({ tableName: idempotencyTable, awsSdkV3Client: dynamoDb });

const config = new IdempotencyConfig({
  eventKeyJmesPath: '[headers."x-auth-token", body.sonectTransactionReferenceId]',
  payloadValidationJmesPath: "body",
  expiresAfterSeconds: 24 * 60 * 60,
});

export const handler = middy(startOrder)
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(captureLambdaHandler(tracer))
  .use(logMetrics(metrics, { captureColdStartMetric: true }))
  .use(httpHeaderNormalizer())
  .use(httpJsonBodyParser())
  .use(makeHandlerIdempotent({ persistenceStore, config }))
  .use(httpErrorHandler());
