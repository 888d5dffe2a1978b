/** The real store on the embedded engine, in this process and in memory. */
import { afterEach } from "vitest";
import { openDynamo } from "#store/dynamo";
import type { Store } from "#store/write";
import { type Engine, openEngine } from "../../local/dynamodb/engine.ts";
import type { RequestHandler } from "../../local/dynamodb/requestHandler.ts";
import { makeTable } from "../../local/table.ts";

const TABLE = "tests";

const open: Engine[] = [];

afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
});

/** The real store on a transport. */
export const storeOn = (requestHandler: RequestHandler): Store => {
  const credentials = { accessKeyId: "tests", secretAccessKey: "tests" };
  return openDynamo({ table: TABLE, client: { requestHandler, region: "local", credentials }, pause: async () => {} });
};

/** Opens an empty table, closed after the test; `engine.faults` says what shall go wrong. */
export const openEngineStore = async (): Promise<{ readonly store: Store; readonly engine: Engine }> => {
  const engine = await openEngine({});
  open.push(engine);
  await makeTable(engine, TABLE);
  return { engine, store: storeOn(engine.requestHandler) };
};
