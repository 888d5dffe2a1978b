/** The starts that our bundle and the usual one are both asked for, and the answers that both have to give. */
import { readFileSync } from "node:fs";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { HOUR_MS } from "#kernel/time";
import { TOKEN } from "../support/bank.ts";

/** A customer with money. */
export const RICH = 1001;

/** One without. */
export const POOR = 1002;

const sample: APIGatewayProxyEventV2 = JSON.parse(
  readFileSync(new URL("../../events/withdrawal/startOrder.I1.json", import.meta.url), "utf8"),
);

// One for all: a repeated start says the same.
const expiry = new Date(Date.now() + HOUR_MS).toISOString();

/** A start of one franc under a reference. */
export const startOf = (reference: string, userId = RICH, value = "1.00"): APIGatewayProxyEventV2 => {
  const body =
    `{"userId":${userId},"amount":{"value":${value},"currency":"CHF"},"dateOfTransaction":"2026-11-25T08:00:00.000Z",` +
    `"expiryTimeOfTheOrder":"${expiry}","sonectTransactionReferenceId":"${reference}"}`;
  return {
    ...sample,
    body,
    headers: { ...sample.headers, "x-auth-token": TOKEN, "content-length": String(body.length) },
  };
};

/** The answer to a start that is done or was. */
export const started = /"ResultCode":0,.*"TransactionId":\d+/;

/** What is asked of each process, in this order; references are each process's own. */
export const acts: readonly (readonly [
  act: string,
  event: (own: string, nth: number) => APIGatewayProxyEventV2,
  RegExp,
])[] = [
  ["a new one", (own, nth) => startOf(`${own} ${nth}`), started],
  ["a repeated one", (own) => startOf(`${own} 0`), started],
  ["above the balance", (own, nth) => startOf(`${own} poor ${nth}`, POOR), /"ResultCode":1222/],
  ["an unreadable one", (own, nth) => startOf(`${own} bad ${nth}`, RICH, '"x"'), /"Invalid request"/],
];
