/** Queries of the table and of its indexes, with bounds, pages, filters and projections. */
import type { Random } from "../random.ts";
import { anyCondition } from "./condition.ts";
import { anyBound, anyKey, anyPartition, INDEXES, instantOf, SHELVES, TABLE } from "./items.ts";
import { projection } from "./read.ts";
import { openTexts, type Texts } from "./texts.ts";
import type { Item } from "./values.ts";
import { capacity } from "./write.ts";

type Index = keyof typeof INDEXES;

const boundText = (sortKey: () => string, makeBound: () => string, texts: Texts, random: Random): string => {
  const [low = "", high = low] = [makeBound(), makeBound()].sort();
  const bound = () => texts.value({ S: low });
  switch (random.below(8)) {
    case 0:
      return ` AND ${sortKey()} = ${bound()}`;
    case 1:
      return ` AND begins_with(${sortKey()}, ${bound()})`;
    case 2:
    case 3:
      return ` AND ${sortKey()} BETWEEN ${bound()} AND ${texts.value({ S: high })}`;
    case 4:
    case 5:
      return ` AND ${sortKey()} ${random.pick(["<", "<=", ">", ">="])} ${bound()}`;
    default:
      return "";
  }
};

const start = (index: Index | undefined, partition: string, random: Random): Item => {
  const key = anyKey(random);
  if (index === undefined) return { ...key, pk: { S: partition } };
  return { ...key, [index]: { S: partition }, [INDEXES[index]]: { S: instantOf(key, random) } };
};

/** An index knows nothing but keys, and by its own it may not be filtered. */
const keysOnly = (index: Index, texts: Texts, random: Random): object => {
  const name = random.pick(["pk", "sk"]);
  const text = () => texts.value({ S: random.pick(["order", "posting", "t#thing#a"]) });
  const filters = [
    () => `${texts.name(name)} = ${text()}`,
    () => `begins_with(${texts.name(name)}, ${text()})`,
    () => `NOT ${texts.name(name)} > ${text()}`,
    () => `attribute_exists(${texts.name(name)})`,
  ];
  const names = ["pk", "sk", index, INDEXES[index]];
  return {
    ...(random.chance(20) && { FilterExpression: random.pick(filters)() }),
    ...(random.chance(20)
      ? { ProjectionExpression: texts.name(random.pick(names)) }
      : random.chance(10) && { Select: random.pick(["COUNT", "ALL_PROJECTED_ATTRIBUTES"]) }),
  };
};

/** A filter may not speak of the keys that the query is by. */
const withoutKeys = (texts: Texts): Texts => ({
  ...texts,
  name: (name) => texts.name(name === "pk" || name === "sk" ? "gone" : name),
});

const whole = (texts: Texts, random: Random): object => ({
  ...(random.chance(20) && { FilterExpression: anyCondition(withoutKeys(texts), random) }),
  ...(random.chance(15)
    ? projection(texts, random)
    : random.chance(10) && { Select: random.pick(["COUNT", "ALL_ATTRIBUTES"]) }),
  ...(random.chance(30) && { ConsistentRead: random.chance(80) }),
});

/** A Query of the table or of an index. */
export const anyQuery = (random: Random): { readonly operation: string; readonly input: object } => {
  const index = random.chance(50) ? undefined : random.pick<Index>(["due", "list"]);
  const partition = index === undefined ? anyPartition(random) : random.pick(SHELVES);
  const texts = openTexts(random);
  const bound = () => (index === undefined ? anyBound(random) : instantOf(anyKey(random), random));
  const sortKey = () => texts.name(index === undefined ? "sk" : INDEXES[index]);
  const within = `${texts.name(index ?? "pk")} = ${texts.value({ S: partition })}`;
  const input = {
    TableName: TABLE,
    ...(index !== undefined && { IndexName: index }),
    KeyConditionExpression: within + boundText(sortKey, bound, texts, random),
    ...(index === undefined ? whole(texts, random) : keysOnly(index, texts, random)),
    ...(random.chance(50) && { ScanIndexForward: random.chance(50) }),
    ...(random.chance(60) && { Limit: 1 + random.below(4) }),
    ...(random.chance(20) && { ExclusiveStartKey: start(index, partition, random) }),
    ...capacity(random),
  };
  return { operation: "Query", input: { ...input, ...texts.members() } };
};
