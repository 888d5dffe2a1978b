/** A bundle in a process of its own, as Lambda would run it: imported once, then asked whatever comes. */
import { createRequire } from "node:module";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";

/** An answer and how long it took. */
export interface BundleAnswer {
  readonly status: number;
  readonly body: string;
  readonly tookMs: number;
}

/** What the process tells first. */
export interface Imported {
  readonly importMs: number;
}

interface Bundle {
  readonly handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
}

const path: string = JSON.parse(process.argv[2] ?? '""');
const require = createRequire(import.meta.url);
const importedAt = performance.now();
const { handler }: Bundle = require(path);
process.send?.({ importMs: performance.now() - importedAt } satisfies Imported);

let asked = 0;
process.on("message", async (event: APIGatewayProxyEventV2) => {
  const startedAt = performance.now();
  const awsRequestId = `request-${++asked}`;
  const context = { awsRequestId, functionName: "bench", getRemainingTimeInMillis: () => 20_000 };
  const { statusCode = 0, body = "" } = await handler(event, context as unknown as Context);
  process.send?.({ status: statusCode, body, tookMs: performance.now() - startedAt } satisfies BundleAnswer);
});
