/** The same starts to our bundle and to the usual one, on one engine over HTTP: first answers, later ones, and what they cost. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { type EngineServer, serveEngine } from "../../local/dynamodb/server.ts";
import { SECRET_ID as SANDBOX_SECRET } from "../../local/sandbox/environment.ts";
import { secrets } from "../../local/sandbox/values/secrets.ts";
import { openBank } from "../support/bank.ts";
import { PEPPER } from "../support/ports.ts";
import type { BundleAnswer, Imported } from "./apart/bundle.ts";
import { type Apart, startApart } from "./apart.ts";
import { median, ratioOf, takeTurns } from "./measure.ts";
import type { Table } from "./report.ts";
import { acts, POOR, RICH, started, startOf } from "./starts.ts";
import { type BenchTable, openBenchTable, TABLE, type Usage, usageOf } from "./table.ts";

const IDEMPOTENCY_TABLE = "bench-idempotency";
const SECRET_ID = "bench";

const createIdempotencyTable = (table: BenchTable) =>
  table.engine.handle(
    "DynamoDB_20120810.CreateTable",
    JSON.stringify({
      TableName: IDEMPOTENCY_TABLE,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );

/** The sandbox's environment, which lets a function leave the real world, with the tests' pepper. */
const environmentOf = ({ url }: EngineServer): Readonly<Record<string, string>> => ({
  STAGE: "sandbox",
  TABLE,
  IDEMPOTENCY_TABLE,
  SECRET_ID,
  AWS_ENDPOINT_URL_DYNAMODB: url,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
});

/** What one request took and cost. */
interface Answered {
  readonly ms: number;
  readonly usage: Usage;
}

/** Asks, expecting an answer like this; a rival that answers otherwise does not do the same work. */
const askFor = async (
  apart: Apart,
  table: BenchTable,
  event: APIGatewayProxyEventV2,
  expected: RegExp,
): Promise<Answered> => {
  table.engine.calls.length = 0;
  const { body, tookMs } = await apart.ask<BundleAnswer>(event);
  if (!expected.test(body)) throw new Error(`${event.body} was answered ${body}`);
  return { ms: tookMs, usage: usageOf(table.engine.calls) };
};

const FIRST = "import and the first answer";

/** One process from its start to its end: each act several times over, the medians told. */
const lifeOf = (bundle: string, table: BenchTable, server: EngineServer, repeats: number) => async (turn: number) => {
  const own = `${bundle.length}-${turn}`;
  const apart = startApart(new URL("./apart/bundle.ts", import.meta.url), bundle, environmentOf(server));
  try {
    const { importMs } = await apart.hear<Imported>();
    const first = await askFor(apart, table, startOf(`${own} first`), started);
    const life = new Map<string, Answered>([[FIRST, { ...first, ms: importMs + first.ms }]]);
    for (const [act, event, expected] of acts) {
      const answers: Answered[] = [];
      for (let nth = 0; nth < repeats; nth++) answers.push(await askFor(apart, table, event(own, nth), expected));
      life.set(act, { ms: median(answers.map(({ ms }) => ms)), usage: answers.at(-1)?.usage ?? first.usage });
    }
    return life;
  } finally {
    await apart.end();
  }
};

type Life = Awaited<ReturnType<ReturnType<typeof lifeOf>>>;

const playLives = async (bundles: { readonly ours: string; readonly usual: string }, isQuick: boolean) => {
  const bank = await openBank([
    { userId: RICH, balance: "1000000000" },
    { userId: POOR, balance: "0" },
  ]);
  const table = await openBenchTable(bank.world.twin.items());
  const sandbox: object = JSON.parse(secrets[SANDBOX_SECRET] ?? "{}");
  const secret = { ...sandbox, pepper: Buffer.from(PEPPER).toString("base64") };
  const server = await serveEngine(table.engine, { secrets: { [SECRET_ID]: JSON.stringify(secret) } });
  try {
    await createIdempotencyTable(table);
    const repeats = isQuick ? 20 : 60;
    return await takeTurns(isQuick ? 2 : 5, {
      ours: lifeOf(bundles.ours, table, server, repeats),
      usual: lifeOf(bundles.usual, table, server, repeats),
    });
  } finally {
    await server.close();
    await table.close();
  }
};

const answersIn = (lives: readonly Life[], act: string) => {
  const answers = lives.flatMap((life) => life.get(act) ?? []);
  return { ms: answers.map(({ ms }) => ms), usage: answers.at(-1)?.usage };
};

/** Our startOrder and the usual one, asked the same by turns. */
export const measureFirstAnswers = async (
  bundles: { readonly ours: string; readonly usual: string },
  isQuick: boolean,
): Promise<Table> => {
  const { ours, usual } = await playLives(bundles, isQuick);
  const rows = [FIRST, ...acts.map(([act]) => act)].map((act) => {
    const [mine, theirs] = [answersIn(ours, act), answersIn(usual, act)];
    return {
      act,
      ms: median(mine.ms),
      usualMs: median(theirs.ms),
      ratio: ratioOf(mine.ms, theirs.ms),
      trips: mine.usage?.roundTrips,
      usualTrips: theirs.usage?.roundTrips,
      reads: mine.usage?.readUnits,
      usualReads: theirs.usage?.readUnits,
      writes: mine.usage?.writeUnits,
      usualWrites: theirs.usage?.writeUnits,
    };
  });
  return {
    title: "startOrder as bundled and the usual one, on one engine over HTTP",
    columns: [
      { name: "act", head: "" },
      { name: "ms", head: "ms", digits: 2 },
      { name: "usualMs", head: "usual", digits: 2 },
      { name: "ratio", head: "ratio", digits: 2 },
      { name: "trips", head: "trips", digits: 0 },
      { name: "usualTrips", head: "usual", digits: 0 },
      { name: "reads", head: "read u.", digits: 0 },
      { name: "usualReads", head: "usual", digits: 0 },
      { name: "writes", head: "write u.", digits: 0 },
      { name: "usualWrites", head: "usual", digits: 0 },
    ],
    rows,
  };
};
