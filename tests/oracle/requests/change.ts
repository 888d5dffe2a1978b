/** Update expressions of every kind the language has, also such as do not fit the item. */
import type { Random } from "../random.ts";
import { pathTo } from "./condition.ts";
import { instantOf, type Key, SHELVES } from "./items.ts";
import type { Texts } from "./texts.ts";
import { anyField, anyList, anyNumber, anySet, type Field, valueFor } from "./values.ts";

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

/** What clauses are about: each thing once, for paths must not overlap. */
const subjects = (most: number, random: Random): readonly Subject[] => {
  const chosen = random.several(1, most, () =>
    random.chance(12) ? random.pick(["due", "dueAt", "list", "listAt"] as const) : anyField(random),
  );
  return [...new Set(chosen)];
};

type Subject = Field | "due" | "dueAt" | "list" | "listAt";

const isIndexKey = (subject: Subject): subject is Exclude<Subject, Field> => /^(due|list)(At)?$/.test(subject);

const setting = (subject: Subject, key: Key, texts: Texts, random: Random): string => {
  if (isIndexKey(subject)) {
    const text = subject.endsWith("At") ? instantOf(key, random) : random.pick(SHELVES);
    return `${texts.name(subject)} = ${texts.value({ S: text })}`;
  }
  return `${pathTo(subject, texts, random)} = ${operand(subject, texts, random)}`;
};

const removal = (subject: Subject, texts: Texts, random: Random): string =>
  isIndexKey(subject) ? texts.name(subject) : pathTo(subject, texts, random);

const addition = (subject: Subject, texts: Texts, random: Random): string => {
  const isSet = random.chance(subject === "tags" || subject === "nums" ? 95 : 5);
  return `${removal(subject, texts, random)} ${texts.value(isSet ? anySet(random) : anyNumber(random))}`;
};

const deletion = (subject: Subject, texts: Texts, random: Random): string =>
  `${removal(subject, texts, random)} ${texts.value(anySet(random))}`;

type Verb = "SET" | "REMOVE" | "ADD" | "DELETE";

const verbFor = (subject: Subject, random: Random): Verb => {
  // A number in place of an index's key is refused.
  if (isIndexKey(subject)) return random.pick(["SET", "SET", "REMOVE"]);
  if (NUMBERS.includes(subject)) return random.pick(["SET", "ADD", "ADD", "REMOVE"]);
  const isSet = subject === "tags" || subject === "nums";
  return random.pick(isSet ? ["SET", "ADD", "DELETE", "REMOVE"] : ["SET", "SET", "SET", "REMOVE"]);
};

/** An update expression for the item of a key. */
export const anyChange = (key: Key, texts: Texts, random: Random): string => {
  const clauses: Readonly<Record<Verb, string[]>> = { SET: [], REMOVE: [], ADD: [], DELETE: [] };
  for (const subject of subjects(4, random)) {
    const verb = random.chance(96) || isIndexKey(subject) ? verbFor(subject, random) : random.pick(["ADD", "DELETE"]);
    if (verb === "SET") clauses.SET.push(setting(subject, key, texts, random));
    if (verb === "REMOVE") clauses.REMOVE.push(removal(subject, texts, random));
    if (verb === "ADD") clauses.ADD.push(addition(subject, texts, random));
    if (verb === "DELETE") clauses.DELETE.push(deletion(subject, texts, random));
  }
  return Object.entries(clauses)
    .filter(([, parts]) => parts.length > 0)
    .map(([verb, parts]) => `${verb} ${parts.join(", ")}`)
    .join(" ");
};
