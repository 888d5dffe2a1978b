/** Names and values of one request, and the placeholders that stand for them in its expressions. */
import type { Random } from "../random.ts";
import type { Value } from "./values.ts";

/** Collects what a request's expressions speak of. */
export interface Texts {
  /** A name as an expression may write it: mostly as a placeholder, plain where it may stand plain. */
  readonly name: (name: string) => string;
  readonly value: (value: Value) => string;
  /** The request's members: only what was asked for. */
  readonly members: () => object;
}

const PLAIN = new Set([
  "n",
  "m",
  "flag",
  "nil",
  "tags",
  "nums",
  "doc",
  "seq",
  "pk",
  "sk",
  "due",
  "dueAt",
  "listAt",
  "x",
  "y",
  "l",
]);

/** Opens an empty collection. */
export const openTexts = (random: Random): Texts => {
  const names = new Map<string, string>();
  const values: Record<string, Value> = {};
  return {
    name: (name) => {
      if (PLAIN.has(name) && random.chance(40)) return name;
      const known = names.get(name) ?? `#${names.size}`;
      names.set(name, known);
      return known;
    },
    value: (value) => {
      const made = `:${Object.keys(values).length}`;
      values[made] = value;
      return made;
    },
    members: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries([...names].map(([name, made]) => [made, name])),
      }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
};
