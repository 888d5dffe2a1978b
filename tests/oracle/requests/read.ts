/** Gets and queries, on the table and on its indexes, with bounds, pages, filters and projections. */
import type { Random } from "../random.ts";
import { anyCondition, pathTo } from "./condition.ts";
import { openTexts, type Texts } from "./texts.ts";
import {
  anyBound,
  anyField,
  anyKey,
  anyPartition,
  INDEXES,
  type Item,
  instantOf,
  type Key,
  SHELVES,
  TABLE,
} from "./values.ts";
import { capacity } from "./write.ts";

const projection = (texts: Texts, random: Random): object => ({
  ProjectionExpression: [
    ...(random.chance(40) ? [texts.name(random.pick(["pk", "sk"]))] : []),
    ...random.several(1, 3, () => pathTo(anyField(random), texts, random)),
  ].join(", "),
});

/** What is asked of one item. */
export const anyGet = (key: Key, random: Random): object => {
  const texts = openTexts(random);
  const input = { TableName: TABLE, Key: key, ...(random.chance(30) && projection(texts, random)) };
  return { ...input, ...texts.members() };
};

/** A GetItem. */
export const getItem = (key: Key, random: Random): { readonly operation: string; readonly input: object } => ({
  operation: "GetItem",
  input: {
    ...anyGet(key, random),
    ...(random.chance(60) && { ConsistentRead: random.chance(70) }),
    ...capacity(random),
  },
});

type Place = "table" | keyof typeof INDEXES;

const boundText = (sortKey: string, bound: () => string, random: Random): string => {
  switch (random.below(8)) {
    case 0:
      return ` AND ${sortKey} = ${bound()}`;
    case 1:
      return ` AND begins_with(${sortKey}, ${bound()})`;
    case 2:
    case 3:
      return ` AND ${sortKey} BETWEEN ${bound()} AND ${bound()}`;
    case 4:
    case 5:
      return ` AND ${sortKey} ${random.pick(["<", "<=", ">", ">="])} ${bound()}`;
    default:
      return "";
  }
};

const startKey = (place: Place, partition: string, random: Random): Item => {
  const key = anyKey(random);
  if (place === "table") return { ...key, pk: { S: partition } };
  return { ...key, [place]: { S: partition }, [INDEXES[place]]: { S: instantOf(key, random) } };
};

/** A Query; where it begins may follow from the page before. */
export const anyQuery = (random: Random): { readonly operation: string; readonly input: object } => {
  const place = random.pick<Place>(["table", "table", "due", "list"]);
  const partition = place === "table" ? anyPartition(random) : random.pick(SHELVES);
  const texts = openTexts(random);
  const bound = () => texts.value({ S: place === "table" ? anyBound(random) : instantOf(anyKey(random), random) });
  const sortKey = texts.name(place === "table" ? "sk" : INDEXES[place]);
  const partitionKey = texts.name(place === "table" ? "pk" : place);
  const input = {
    TableName: TABLE,
    ...(place !== "table" && { IndexName: place }),
    KeyConditionExpression: `${partitionKey} = ${texts.value({ S: partition })}${boundText(sortKey, bound, random)}`,
    ...(random.chance(20) && { FilterExpression: anyCondition(texts, random) }),
    ...(random.chance(15) && projection(texts, random)),
    ...(random.chance(50) && { ScanIndexForward: random.chance(50) }),
    ...(random.chance(60) && { Limit: 1 + random.below(4) }),
    ...(random.chance(20) && { ExclusiveStartKey: startKey(place, partition, random) }),
    ...(random.chance(10) && { Select: random.pick(["COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"]) }),
    ...(random.chance(30) && { ConsistentRead: place === "table" || random.chance(20) }),
    ...capacity(random),
  };
  return { operation: "Query", input: { ...input, ...texts.members() } };
};
