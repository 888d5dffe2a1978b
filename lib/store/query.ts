/** Pages of a partition: DynamoDB's query for a range, and cursors, which hold a position and nothing that owns it. */
import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { openPlaceholders } from "#store/expression";
import type { Item } from "#store/item";
import type { Range } from "#store/write";

/** The sort key of the table and of each index. */
export const sortKeys = { table: "sk", due: "dueAt", list: "listAt" } as const;

/** The cursor behind an item: where the next page begins. */
export const cursorAt = (of: Range["of"], item: Item): string =>
  JSON.stringify(of === "table" ? [item.sk] : [item.sk, item.pk, item[sortKeys[of]]]);

const startKeyOf = ({ of, in: partition }: Range, cursor: string): Record<string, string> => {
  const [sk = "", pk = "", sortKey = ""] = JSON.parse(cursor) as readonly string[];
  return of === "table" ? { pk: partition, sk } : { pk, sk, [of]: partition, [sortKeys[of]]: sortKey };
};

const boundsText = (sortKey: string, from: string | undefined, to: string | undefined): string | undefined => {
  if (from !== undefined && to !== undefined) return `${sortKey} BETWEEN ${from} AND ${to}`;
  if (from !== undefined) return `${sortKey} >= ${from}`;
  return to === undefined ? undefined : `${sortKey} <= ${to}`;
};

/** A range as DynamoDB's Query. */
export const queryOf = (table: string, range: Range): QueryCommandInput => {
  const { of, in: partition, from, to, newestFirst = false, limit, cursor } = range;
  const texts = openPlaceholders();
  const boundText = (value: string | undefined) => (value === undefined ? undefined : texts.value(value));
  const partitionText = `${texts.name(of === "table" ? "pk" : of)} = ${texts.value(partition)}`;
  const bounds = boundsText(texts.name(sortKeys[of]), boundText(from), boundText(to));
  return {
    TableName: table,
    ...(of === "table" ? { ConsistentRead: true } : { IndexName: of }),
    KeyConditionExpression: bounds === undefined ? partitionText : `${partitionText} AND ${bounds}`,
    ...texts.members(),
    ScanIndexForward: !newestFirst,
    Limit: limit,
    ...(cursor !== undefined && { ExclusiveStartKey: startKeyOf(range, cursor) }),
  };
};
