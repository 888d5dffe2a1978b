/** The bench's table: the embedded engine on disk, as full as wished, and the real store on it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marshall } from "@aws-sdk/util-dynamodb";
import { MINUTE_MS } from "#kernel/time";
import { openDynamo } from "#store/dynamo";
import type { Item, Key } from "#store/item";
import type { Store } from "#store/write";
import { type Call, type Engine, openEngine } from "../../local/dynamodb/engine.ts";
import { changeIndexes } from "../../local/dynamodb/indexes.ts";
import type { RowOp } from "../../local/dynamodb/level.ts";
import { itemKey, itemTable, openStorage } from "../../local/dynamodb/storage.ts";
import { makeTable } from "../../local/table.ts";

/** The table's name. */
export const TABLE = "bench";

/** Items written at once when a table is filled. */
const FILLED_AT_ONCE = 2_000;

/** The most that BatchWriteItem takes. */
const BATCH = 25;

/** Longer than the engine remembers a transaction's token: banks of the tests draw the same ones. */
const TOKENS_FORGOTTEN_MS = 11 * MINUTE_MS;

/** A filled table. */
export interface BenchTable {
  readonly engine: Engine;
  readonly store: Store;
  /** Puts items beside those that fill it. */
  readonly place: (items: readonly Item[]) => Promise<void>;
  /** Takes away what was placed and what the store wrote, so that another bank of the same names can be opened. */
  readonly clear: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Writes rows past the engine's checks: a million items in seconds. */
const fill = async (path: string, items: Iterable<Item>): Promise<void> => {
  const storage = await openStorage(path);
  const table = itemTable(TABLE, storage);
  let rows: RowOp[] = [];
  let waiting = 0;
  const flush = async (): Promise<void> => {
    await storage.commit(rows);
    rows = [];
    waiting = 0;
  };
  for (const item of items) {
    const value = marshall(item);
    rows.push({ type: "put", key: itemKey(value, table), value }, ...changeIndexes(undefined, value, table).ops);
    waiting += 1;
    if (waiting === FILLED_AT_ONCE) await flush();
  }
  await flush();
  await storage.close();
};

const inBatches = async (engine: Engine, requests: readonly object[]): Promise<void> => {
  for (let at = 0; at < requests.length; at += BATCH) {
    const body = JSON.stringify({ RequestItems: { [TABLE]: requests.slice(at, at + BATCH) } });
    const answer = await engine.handle("DynamoDB_20120810.BatchWriteItem", body);
    if (answer.statusCode !== 200) throw new Error(`the bench's table refuses a batch: ${answer.body}`);
  }
};

/** Opens a table in a folder of its own that holds these items already. */
export const openBenchTable = async (items: Iterable<Item> = []): Promise<BenchTable> => {
  const folder = mkdtempSync(join(tmpdir(), "tillgate-bench-"));
  const path = join(folder, "data");
  const empty = await openEngine({ path });
  await makeTable(empty, TABLE);
  await empty.close();
  await fill(path, items);

  let movedMs = 0;
  const engine = await openEngine({ path, now: () => Date.now() + movedMs });
  const written = new Map<string, Key>();
  const remember = ({ pk, sk }: Key): void => void written.set(`${pk}\n${sk}`, { pk, sk });
  const credentials = { accessKeyId: "bench", secretAccessKey: "bench" };
  const client = { requestHandler: engine.requestHandler, region: "local", credentials };
  const dynamo = openDynamo({ table: TABLE, client, pause: async () => {} });
  return {
    engine,
    store: {
      ...dynamo,
      commit: (writes, token) => {
        for (const { key } of writes) remember(key);
        return dynamo.commit(writes, token);
      },
    },
    place: async (placed) => {
      for (const item of placed) remember({ pk: String(item.pk), sk: String(item.sk) });
      await inBatches(
        engine,
        placed.map((item) => ({ PutRequest: { Item: marshall(item) } })),
      );
    },
    clear: async () => {
      await inBatches(
        engine,
        [...written.values()].map((key) => ({ DeleteRequest: { Key: marshall(key) } })),
      );
      written.clear();
      movedMs += TOKENS_FORGOTTEN_MS;
    },
    close: async () => {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Operations that read; all others that the desk uses write. */
const READS = ["GetItem", "TransactGetItems", "Query"];

/** What calls came to. */
export interface Usage {
  readonly roundTrips: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** Sums calls up. */
export const usageOf = (calls: readonly Call[]): Usage => {
  const unitsOf = (isRead: boolean): number =>
    calls.reduce((sum, { operation, units }) => (READS.includes(operation) === isRead ? sum + units : sum), 0);
  return { roundTrips: calls.length, readUnits: unitsOf(true), writeUnits: unitsOf(false) };
};
