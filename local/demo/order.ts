/** How SONECT asks a bank for cash (sonect.md 4), as the stories need it. */
import { randomUUID } from "node:crypto";
import { MINUTE_MS } from "#kernel/time";
import { headersOf } from "../sandbox/credential.ts";
import { credentialFor } from "../sandbox/credentials.ts";
import type { Stage } from "./story.ts";
import type { Expected, Heard } from "./teller.ts";

/** Holds money for an order. */
export const START = "POST /api/sonect/startwithdrawal";

/** Posts what is held. */
export const SETTLE = "POST /api/sonect/settlewithdrawal";

/** Gives it back. */
export const CANCEL = "POST /api/sonect/cancelwithdrawal";

/** I2. */
export const done = '{"Message":"OK","ResultCode":0,"Skip":false}';

/** I1. */
export const started = /^\{"Message":"OK","ResultCode":0,"Skip":false,"TransactionId":\d+\}$/;

/** I6. */
export const final = '{"Message":"Transaction is already in final state","ResultCode":21,"Skip":false}';

/** SONECT asks a bank's desk, which it knows by the token that the bank has given it. */
export const asSonect =
  ({ teller }: Stage, bank: string) =>
  (route: string, body: string, expected: Expected): Promise<Heard> =>
    teller.call("SONECT", route, { headers: headersOf(credentialFor("integratorToken", bank)), body }, expected);

interface Start {
  readonly userId: number;
  readonly value: string;
  readonly reference?: string;
  readonly openForMs?: number;
}

/** What a start says; a reference of its own unless one is given. */
export const startBody = (
  nowMs: number,
  { userId, value, reference = `demo-${randomUUID()}`, openForMs = 10 * MINUTE_MS }: Start,
): string => {
  const [now, expiry] = [nowMs, nowMs + openForMs].map((ms) => new Date(ms).toISOString());
  return `{"userId":${userId},"amount":{"value":${value}},"dateOfTransaction":"${now}","expiryTimeOfTheOrder":"${expiry}","sonectTransactionReferenceId":"${reference}"}`;
};

/** What a settlement or a cancellation says of the order that a start was answered with. */
export const endBody = (nowMs: number, userId: number, heard: Heard): string => {
  const transactionId = /"TransactionId":(\d+)/.exec(heard.body)?.[1] ?? "0";
  return `{"TransactionId":${transactionId},"UserId":${userId},"DateOperation":"${new Date(nowMs).toISOString()}"}`;
};
