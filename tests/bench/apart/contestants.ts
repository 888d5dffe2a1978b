/** What the handler is measured with: requests to real chains on the memory twin, with real logs and metrics, and a bare handler beside them. */
import { readFileSync } from "node:fs";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { AnyContract, UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import { randomSecret, randomTransactionId, uuidV7 } from "#kernel/ids";
import { HOUR_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { openTelemetry } from "#telemetry";
import { type Bank, openBank, TOKEN, transactionIdOf, USER } from "../../support/bank.ts";
import { contextOf, everyContract, useCaseOf } from "../../support/desk.ts";

type Answer = APIGatewayProxyStructuredResultV2;

/** A rival: its handler, and an event for each of `count` requests, made before the clock runs. */
export interface Contestant {
  readonly handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<Answer>;
  readonly events: (count: number) => Promise<readonly APIGatewayProxyEventV2[]>;
}

/** Ports on the twin, otherwise as `live.ts` makes them: a clock that runs, random ids, and telemetry that is written out. */
export const openPortsOf = ({ world }: Bank): Ports => {
  const offsetMs = world.clock.nowMs - Date.now();
  const clock = () => Date.now() + offsetMs;
  return {
    ...world.ports,
    clock,
    ids: { transactionId: randomTransactionId, uuid: () => uuidV7(clock()), secret: randomSecret },
    telemetry: openTelemetry({ stage: "bench" }),
  };
};

/** A bank whose one account never runs dry, and whose limits are never reached. */
export const openRichBank = (): Promise<Bank> => {
  const plenty = "1000000000000";
  const limits = { transaction: plenty, day: plenty, week: plenty, month: plenty };
  return openBank([{ userId: USER, balance: plenty, limits }]);
};

const sample = (act: string): APIGatewayProxyEventV2 =>
  JSON.parse(readFileSync(new URL(`../../../events/withdrawal/${act}.json`, import.meta.url), "utf8"));

const eventOf = (act: string, body: string): APIGatewayProxyEventV2 => {
  const { headers, ...event } = sample(act);
  return { ...event, body, headers: { ...headers, "x-auth-token": TOKEN, "content-length": String(body.length) } };
};

/** What startOrder is asked for the nth time. */
export const startBody = (nowMs: number, reference: string, value = "50.00"): string =>
  `{"userId":${USER},"amount":{"value":${value},"currency":"CHF"},"dateOfTransaction":"2026-11-25T08:00:00.000Z",` +
  `"expiryTimeOfTheOrder":"${new Date(nowMs + HOUR_MS).toISOString()}","sonectTransactionReferenceId":"${reference}","store":"Kiosk Bahnhof"}`;

const startsOf =
  (bank: Bank, bodyOf: (nth: number) => string): Contestant["events"] =>
  async (count) => {
    const template = eventOf("startOrder.I1", startBody(bank.world.clock.nowMs, "template"));
    return Array.from({ length: count }, (_, nth) => {
      const body = bodyOf(nth);
      return { ...template, body, headers: { ...template.headers, "content-length": String(body.length) } };
    });
  };

/** Settlements or cancellations, each of an order that is started now. */
const endsOf =
  (bank: Bank, act: "settleOrder" | "cancelOrder"): Contestant["events"] =>
  async (count) => {
    const events: APIGatewayProxyEventV2[] = [];
    for (let nth = 0; nth < count; nth++) {
      const started = await bank.start({ value: "1", reference: `${act} ${bank.world.twin.items().length} ${nth}` });
      const body = `{"TransactionId":${transactionIdOf(started)},"UserId":${USER},"DateOperation":"2026-11-25T08:00:00Z"}`;
      events.push(eventOf(`${act}.I2`, body));
    }
    return events;
  };

const handlerOf = async (ports: Ports, name: string): Promise<Contestant["handler"]> => {
  const contract = (await everyContract()).find((each) => each.name === `withdrawal/${name}`) as AnyContract;
  const useCase = (await useCaseOf(contract)) as UseCase<unknown, never, unknown>;
  return endpoint(contract, useCase, () => ports);
};

/** The least that a middy handler does with such a request: reads its JSON and says some back. */
const bare = middy<APIGatewayProxyEventV2, Answer>({ timeoutEarlyInMillis: 0 }).handler(async ({ body }) => {
  const { userId } = JSON.parse(body ?? "{}");
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ userId }) };
});

/** By name; each opens a bank of its own. */
export const contestants: Readonly<Record<string, () => Promise<Contestant>>> = Object.fromEntries(
  Object.entries({
    bare: async (bank: Bank) => ({ handler: bare, events: startsOf(bank, (nth) => startBody(0, `new ${nth}`)) }),
    start: async (bank: Bank) => {
      let made = 0;
      return {
        handler: await handlerOf(openPortsOf(bank), "startOrder"),
        events: startsOf(bank, () => startBody(bank.world.clock.nowMs, `new ${made++}`)),
      };
    },
    replay: async (bank: Bank) => ({
      handler: await handlerOf(openPortsOf(bank), "startOrder"),
      events: startsOf(bank, () => startBody(bank.world.clock.nowMs, "the same")),
    }),
    refusal: async (bank: Bank) => ({
      handler: await handlerOf(openPortsOf(bank), "startOrder"),
      events: startsOf(bank, (nth) => startBody(bank.world.clock.nowMs, `refused ${nth}`, "9000000000000")),
    }),
    settle: async (bank: Bank) => ({
      handler: await handlerOf(openPortsOf(bank), "settleOrder"),
      events: endsOf(bank, "settleOrder"),
    }),
    cancel: async (bank: Bank) => ({
      handler: await handlerOf(openPortsOf(bank), "cancelOrder"),
      events: endsOf(bank, "cancelOrder"),
    }),
  }).map(([name, open]) => [name, async () => open(await openRichBank())]),
);

/** A context of Lambda's for the nth request. */
export const context = (nth: number): Context => contextOf(`request-${nth}`);
