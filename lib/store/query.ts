/** Pages of a partition: DynamoDB's query for a range, and cursors: of the table a position in its partition, of an index (which stays within the desk) a whole key. */
import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { openPlaceholders, type Placeholders } from "#store/expression";
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

/** A name or value that is not used is refused, so each is written down only where it is. */
const boundsText = ({ of, from, to }: Range, texts: Placeholders): string => {
  if (from === undefined && to === undefined) return "";
  const sortKey = texts.name(sortKeys[of]);
  if (to === undefined) return ` AND ${sortKey} >= ${texts.value(from ?? "")}`;
  if (from === undefined) return ` AND ${sortKey} <= ${texts.value(to)}`;
  return ` AND ${sortKey} BETWEEN ${texts.value(from)} AND ${texts.value(to)}`;
};

/** A range as DynamoDB's Query. */
export const queryOf = (table: string, range: Range): QueryCommandInput => {
  const { of, in: partition, newestFirst = false, limit, cursor } = range;
  const texts = openPlaceholders();
  const within = `${texts.name(of === "table" ? "pk" : of)} = ${texts.value(partition)}${boundsText(range, texts)}`;
  return {
    TableName: table,
    ...(of === "table" ? { ConsistentRead: true } : { IndexName: of }),
    KeyConditionExpression: within,
    ...texts.members(),
    ScanIndexForward: !newestFirst,
    Limit: limit,
    ...(cursor !== undefined && { ExclusiveStartKey: startKeyOf(range, cursor) }),
  };
};
