/** Update expressions of every kind the language has, also such as overlap or do not fit the item. */
import type { Random } from "../random.ts";
import { pathTo } from "./condition.ts";
import type { Texts } from "./texts.ts";
import {
  anyField,
  anyList,
  anyNumber,
  anySet,
  type Field,
  INDEXES,
  instantOf,
  type Key,
  SHELVES,
  valueFor,
} from "./values.ts";

const NUMBERS: readonly Field[] = ["n", "m", "used:day:2026-11-20"];

const sum = (texts: Texts, random: Random): string => {
  const from = texts.name(random.pick(NUMBERS));
  const start = random.chance(50) ? from : `if_not_exists(${from}, ${texts.value({ N: "0" })})`;
  return `${start} ${random.pick(["+", "-"])} ${texts.value(anyNumber(random))}`;
};

const operand = (field: Field, texts: Texts, random: Random): string => {
  const value = () => texts.value(valueFor(field, random));
  switch (random.below(10)) {
    case 0:
      return pathTo(anyField(random), texts, random);
    case 1:
      return `if_not_exists(${pathTo(field, texts, random)}, ${value()})`;
    case 2:
      return `list_append(${texts.name("seq")}, ${texts.value(anyList(random))})`;
    case 3:
      return sum(texts, random);
    default:
      return value();
  }
};

const setting = (key: Key, texts: Texts, random: Random): string => {
  if (random.chance(12)) {
    const index = random.pick(["due", "list"] as const);
    return random.chance(30)
      ? `${texts.name(index)} = ${texts.value({ S: random.pick(SHELVES) })}`
      : `${texts.name(INDEXES[index])} = ${texts.value({ S: instantOf(key, random) })}`;
  }
  if (random.chance(20)) return `${texts.name(random.pick(NUMBERS))} = ${sum(texts, random)}`;
  const field = anyField(random);
  return `${pathTo(field, texts, random)} = ${operand(field, texts, random)}`;
};

const removal = (texts: Texts, random: Random): string =>
  random.chance(15)
    ? texts.name(random.pick(["due", "dueAt", "list", "listAt"]))
    : pathTo(anyField(random), texts, random);

const addition = (texts: Texts, random: Random): string =>
  random.chance(70)
    ? `${texts.name(random.pick(NUMBERS))} ${texts.value(anyNumber(random))}`
    : `${pathTo(random.pick(["tags", "nums", "doc", "n"]), texts, random)} ${texts.value(anySet(random))}`;

const deletion = (texts: Texts, random: Random): string =>
  `${texts.name(random.pick(["tags", "nums", "tags", "n"]))} ${texts.value(anySet(random))}`;

/** An update expression for the item of a key. */
export const anyChange = (key: Key, texts: Texts, random: Random): string => {
  const clause = (verb: string, percent: number, most: number, make: (texts: Texts, random: Random) => string) =>
    random.chance(percent) ? [`${verb} ${random.several(1, most, () => make(texts, random)).join(", ")}`] : [];
  const clauses = [
    ...clause("SET", 70, 3, (to, chance) => setting(key, to, chance)),
    ...clause("REMOVE", 25, 2, removal),
    ...clause("ADD", 35, 2, addition),
    ...clause("DELETE", 8, 1, deletion),
  ];
  return clauses.length > 0 ? clauses.join(" ") : `SET ${setting(key, texts, random)}`;
};
