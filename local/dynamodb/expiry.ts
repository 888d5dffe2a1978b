// Time to live: items whose moment has passed are deleted, with their index rows, when somebody sweeps.

import { changeIndexes } from "./indexes.ts";
import type { Item, Table } from "./language.ts";
import type { RowOp } from "./level.ts";
import type { Standing } from "./operation.ts";
import { itemsPrefix, TABLES } from "./storage.ts";

/** Items older than this are taken for a mistake and kept, by the service's documentation: five years in seconds. */
const TOO_OLD_S = 5 * 365 * 24 * 60 * 60;

const isExpired = (item: Item, attribute: string, nowS: number): boolean => {
  const expiry = Object.hasOwn(item, attribute) ? Number(item[attribute]?.N) : Number.NaN;
  return expiry < nowS && expiry > nowS - TOO_OLD_S;
};

const sweepTable = async (table: Table, attribute: string, { storage, now }: Standing): Promise<number> => {
  const prefix = itemsPrefix(table.TableName);
  const ops: RowOp[] = [];
  let deleted = 0;
  for await (const [rest, item] of storage.walk<Item>(prefix)) {
    if (!isExpired(item, attribute, now() / 1000)) continue;
    ops.push({ type: "del", key: prefix + rest }, ...changeIndexes(item, undefined, table).ops);
    deleted += 1;
  }
  if (ops.length) await storage.commit(ops);
  return deleted;
};

/** Deletes every expired item of every table that has a time to live; yields how many. */
export const sweepExpired = async (core: Standing): Promise<number> => {
  let deleted = 0;
  for await (const [name, table] of core.storage.walk<Table>(TABLES)) {
    const { ttlAttribute } = core.storage.settings(name);
    if (ttlAttribute !== undefined) deleted += await sweepTable(table, ttlAttribute, core);
  }
  return deleted;
};
