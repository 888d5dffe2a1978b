/** Gets of single items, whole or in part. */
import type { Random } from "../random.ts";
import { pathTo } from "./condition.ts";
import { type Key, TABLE } from "./items.ts";
import { openTexts, type Texts } from "./texts.ts";
import { someFields } from "./values.ts";
import { capacity } from "./write.ts";

/** What shall be told of an item. */
export const projection = (texts: Texts, random: Random): object => ({
  ProjectionExpression: [
    ...random.some(["pk", "sk"], 30).map(texts.name),
    ...someFields(3, random).map((field) => pathTo(field, texts, random)),
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
