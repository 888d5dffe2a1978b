/** The bench's table: the embedded engine on disk, as full as wished, and the real store on it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MINUTE_MS } from "#kernel/time";
import { openDynamo } from "#store/dynamo";
import type { Item, Key, Value } from "#store/item";
import type { Store } from "#store/write";
import { type Call, type Engine, openEngine } from "../../local/dynamodb/engine.ts";
import { changeIndexes } from "../../local/dynamodb/indexes.ts";
import type { RowOp } from "../../local/dynamodb/level.ts";
import { itemKey, itemTable, openStorage } from "../../local/dynamodb/storage.ts";
import { makeTable } from "../../local/table.ts";

/** The table's name. */
export const TABLE = "bench";

/** How long filling a table may take; one that is not full by then is used as it is. */
const FILLED_WITHIN_MS = 60_000;

/** Items written at once when a table is filled. */
const FILLED_AT_ONCE = 2_000;

/** The most that BatchWriteItem takes. */
const BATCH = 25;

/** Longer than the engine remembers a transaction's token: banks of the tests draw the same ones. */
const TOKENS_FORGOTTEN_MS = 11 * MINUTE_MS;

/** A filled table. */
export interface BenchTable {
  /** How many items it was filled with. */
  readonly filled: number;
  readonly engine: Engine;
  readonly store: Store;
  /** Puts items beside those that fill it. */
  readonly place: (items: readonly Item[]) => Promise<void>;
  /** Takes away what was placed and what the store wrote, so that another bank of the same names can be opened. */
  readonly clear: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const attributeOf = (value: Value) => {
  if (typeof value === "string") return { S: value };
  return typeof value === "bigint" ? { N: String(value) } : { BOOL: value };
};

/** An item on the wire: the SDK's own marshalling would take longer than all the rest of the filling. */
const marshall = (item: Item) => {
  const attributes: Record<string, ReturnType<typeof attributeOf>> = {};
  for (const field in item) attributes[field] = attributeOf(item[field] ?? "");
  return attributes;
};

/** Writes rows past the engine's checks: a million items in less than a minute. Yields how many. */
const fill = async (path: string, items: Iterable<Item> | AsyncIterable<Item>): Promise<number> => {
  const endsAtMs = performance.now() + FILLED_WITHIN_MS;
  const storage = await openStorage(path);
  const table = itemTable(TABLE, storage);
  let rows: RowOp[] = [];
  let filled = 0;
  const flush = async (): Promise<void> => {
    await storage.commit(rows);
    rows = [];
  };
  for await (const item of items) {
    const value = marshall(item);
    rows.push({ type: "put", key: itemKey(value, table), value }, ...changeIndexes(undefined, value, table).ops);
    filled += 1;
    if (filled % FILLED_AT_ONCE !== 0) continue;
    await flush();
    if (performance.now() > endsAtMs) break;
  }
  await flush();
  await storage.close();
  return filled;
};

const inBatches = async (engine: Engine, requests: readonly object[]): Promise<void> => {
  for (let at = 0; at < requests.length; at += BATCH) {
    const body = JSON.stringify({ RequestItems: { [TABLE]: requests.slice(at, at + BATCH) } });
    const answer = await engine.handle("DynamoDB_20120810.BatchWriteItem", body);
    if (answer.statusCode !== 200) throw new Error(`the bench's table refuses a batch: ${answer.body}`);
  }
};

/** Opens a table in a folder of its own that holds these items already. */
export const openBenchTable = async (items: Iterable<Item> | AsyncIterable<Item> = []): Promise<BenchTable> => {
  const folder = mkdtempSync(join(tmpdir(), "tillgate-bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const path = join(folder, "data");
  const empty = await openEngine({ path });
  await makeTable(empty, TABLE);
  await empty.close();
  const filled = await fill(path, items);

  let movedMs = 0;
  const engine = await openEngine({ path, now: () => Date.now() + movedMs });
  const written = new Map<string, Key>();
  const remember = ({ pk, sk }: Key): void => void written.set(`${pk}\n${sk}`, { pk, sk });
  const credentials = { accessKeyId: "bench", secretAccessKey: "bench" };
  const client = { requestHandler: engine.requestHandler, region: "local", credentials };
  const dynamo = openDynamo({ table: TABLE, client, pause: async () => {} });
  return {
    filled,
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
        [...written.values()].map((key) => ({ DeleteRequest: { Key: marshall({ ...key }) } })),
      );
      written.clear();
      movedMs += TOKENS_FORGOTTEN_MS;
    },
    close: async () => {
      await engine.close();
      remove();
      process.off("exit", remove);
    },
  };
};

/** Operations that read; all others that the desk uses write. */
const READS = ["GetItem", "BatchGetItem", "TransactGetItems", "Query"];

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
