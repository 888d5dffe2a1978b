/** What the handler is measured with: requests to real chains on the memory twin, with real telemetry, and a bare handler beside them. */
import { readFileSync } from "node:fs";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { AnyContract, UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import { idsBy } from "#kernel/ids";
import { HOUR_MS } from "#kernel/time";
import type { Ports } from "#ports";
import type { Store } from "#store/write";
import { openTelemetry } from "#telemetry";
import { type Bank, openBank, TOKEN, transactionIdOf, USER } from "../../support/bank.ts";
import { contextOf, everyContract, useCaseOf } from "../../support/desk.ts";

type Answer = APIGatewayProxyStructuredResultV2;

/** A rival: its handler, and the events of `count` requests, made before the clock runs on a bank that is new each time: a table in memory that grows would slow everybody down. */
export interface Contestant {
  readonly handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<Answer>;
  readonly events: (count: number) => Promise<readonly APIGatewayProxyEventV2[]>;
  /** Microseconds that the table has taken since the events were made. */
  readonly tableUs: () => number;
}

/** Ports on a bank's twin, otherwise as `live.ts` makes them: a clock that runs, random ids, and telemetry that is written out. */
export const openPortsOf = ({ world }: Bank, telemetry = openTelemetry({ stage: "bench" })): Ports => {
  const offsetMs = world.clock.nowMs - Date.now();
  const clock = () => Date.now() + offsetMs;
  return {
    ...world.ports,
    clock,
    ids: idsBy(clock),
    telemetry,
  };
};

/** A store, and the microseconds that its calls have taken so far. */
const clocked = (store: Store): { readonly store: Store; readonly spent: () => number } => {
  let spent = 0;
  const timed = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now();
    const result = await call();
    spent += (performance.now() - startedAt) * 1_000;
    return result;
  };
  return {
    store: {
      read: (keys) => timed(() => store.read(keys)),
      readEach: (keys) => timed(() => store.readEach(keys)),
      commit: (writes, token) => timed(() => store.commit(writes, token)),
      list: (range) => timed(() => store.list(range)),
    },
    spent: () => spent,
  };
};

/** A function has its own slice in it, and nothing of another: what more endpoints would do to the compiler's work and to the heap is not its cost. */
const SLICE = "withdrawal";

/** A bank whose one account never runs dry, and whose limits are never reached. */
const openRichBank = (): Promise<Bank> => {
  const plenty = "1000000000000";
  const limits = { transaction: plenty, day: plenty, week: plenty, month: plenty };
  return openBank([{ userId: USER, balance: plenty, limits }], { slice: SLICE });
};

const sample = (act: string): APIGatewayProxyEventV2 =>
  JSON.parse(readFileSync(new URL(`../../../events/${act}.json`, import.meta.url), "utf8"));

const eventOf = ({ headers, ...event }: APIGatewayProxyEventV2, body: string): APIGatewayProxyEventV2 => ({
  ...event,
  body,
  headers: { ...headers, "x-auth-token": TOKEN, "content-length": String(body.length) },
});

/** What is asked of a bank the nth time. */
type BodyOf = (bank: Bank, nth: number) => Promise<string>;

const startOf =
  (reference: (nth: number) => string, value: string): BodyOf =>
  async ({ world }, nth) =>
    `{"userId":${USER},"amount":{"value":${value},"currency":"CHF"},"dateOfTransaction":"2026-11-25T08:00:00.000Z",` +
    `"expiryTimeOfTheOrder":"${new Date(world.clock.nowMs + HOUR_MS).toISOString()}",` +
    `"sonectTransactionReferenceId":"${reference(nth)}","store":"Kiosk Bahnhof"}`;

const endOf: BodyOf = async (bank, nth) => {
  const started = await bank.start({ value: "1", reference: `to end ${nth}` });
  return `{"TransactionId":${transactionIdOf(started)},"UserId":${USER},"DateOperation":"2026-11-25T08:00:00Z"}`;
};

const openContestant = async (name: string, event: string, bodyOf: BodyOf): Promise<Contestant> => {
  const contract = (await everyContract(SLICE)).find((each) => each.name === name) as AnyContract;
  const useCase = (await useCaseOf(contract)) as UseCase<unknown, never, unknown>;
  const telemetry = openTelemetry({ stage: "bench" });
  const template = sample(event);
  let ports: Ports | undefined;
  let spent = (): number => 0;
  return {
    handler: endpoint(contract, useCase, () => ports ?? Promise.reject(new Error("no events were made"))),
    events: async (count) => {
      const bank = await openRichBank();
      const clockedTwin = clocked(bank.world.twin);
      ports = { ...openPortsOf(bank, telemetry), store: clockedTwin.store };
      spent = clockedTwin.spent;
      const events: APIGatewayProxyEventV2[] = [];
      for (let nth = 0; nth < count; nth++) events.push(eventOf(template, await bodyOf(bank, nth)));
      return events;
    },
    tableUs: () => spent(),
  };
};

/** The least that a middy handler does with such a request: reads its JSON and says some back. */
const bare = middy<APIGatewayProxyEventV2, Answer>({ timeoutEarlyInMillis: 0 }).handler(async ({ body }) => {
  const { userId } = JSON.parse(body ?? "{}");
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ userId }) };
});

const aNewOne = startOf((nth) => `new ${nth}`, "50.00");

/** By name. */
export const contestants: Readonly<Record<string, () => Promise<Contestant>>> = {
  bare: async () => ({
    ...(await openContestant("withdrawal/startOrder", "withdrawal/startOrder.I1", aNewOne)),
    handler: bare,
  }),
  start: () => openContestant("withdrawal/startOrder", "withdrawal/startOrder.I1", aNewOne),
  replay: () =>
    openContestant(
      "withdrawal/startOrder",
      "withdrawal/startOrder.I1",
      startOf(() => "the same", "50.00"),
    ),
  refusal: () =>
    openContestant(
      "withdrawal/startOrder",
      "withdrawal/startOrder.I1",
      startOf((nth) => `refused ${nth}`, "9000000000000"),
    ),
  settle: () => openContestant("withdrawal/settleOrder", "withdrawal/settleOrder.I2", endOf),
  cancel: () => openContestant("withdrawal/cancelOrder", "withdrawal/cancelOrder.I2", endOf),
};

/** A context of Lambda's for the nth request. */
export const context = (nth: number): Context => contextOf(`request-${nth}`);
