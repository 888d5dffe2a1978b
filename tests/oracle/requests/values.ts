/** Few fields and few values, so that requests meet. */
import type { Random } from "../random.ts";

/** A typed value on the wire. */
export type Value = Readonly<Record<string, unknown>>;

/** Attributes by name. */
export type Item = Readonly<Record<string, Value>>;

/** Fields that are keys of nothing, and the type that each mostly has. */
const FIELDS = {
  n: "N",
  m: "N",
  "used:day:2026-11-20": "N",
  text: "S",
  flag: "BOOL",
  nil: "NULL",
  tags: "SS",
  nums: "NS",
  bytes: "B",
  doc: "M",
  seq: "L",
} as const;

/** A field that is no key of anything. */
export type Field = keyof typeof FIELDS;
type Type = (typeof FIELDS)[Field];

const fields = Object.keys(FIELDS) as Field[];

const SMALL = ["0", "1", "2", "3", "-1", "-2"];
/** Numbers as nobody writes them, and the largest and smallest there are. */
const ODD = [
  "1.0",
  "-0",
  "1e2",
  "0.10",
  "007",
  "1E-3",
  "12345678901234567890123456789012345678",
  "-99999999999999999999999999999999999999",
  "0.12345678901234567890123456789012345678",
  "9.9999999999999999999999999999999999999E+125",
  "1E-130",
];
const TEXTS = ["a", "b", "ab", "abc", "", "ü", "🧾"];
const BYTES = ["AA==", "AQI=", "AQIDBA==", ""];

const number = (random: Random): string => random.pick(random.chance(95) ? SMALL : ODD);

const makers: Readonly<Record<Type, (random: Random) => unknown>> = {
  N: number,
  S: (random) => random.pick(TEXTS),
  BOOL: (random) => random.chance(50),
  NULL: () => true,
  B: (random) => random.pick(BYTES),
  SS: (random) => nonEmpty(random.some(["a", "b", "ab"], 50), "a"),
  NS: (random) => nonEmpty(random.some(["0", "1", "2.50"], 50), "1"),
  L: (random) => random.several(0, 3, () => leaf(random)),
  M: (random) => ({
    ...(random.chance(60) && { x: leaf(random) }),
    ...(random.chance(40) && { y: leaf(random) }),
    ...(random.chance(30) && { l: { L: random.several(0, 2, () => leaf(random)) } }),
  }),
};

const nonEmpty = (members: readonly string[], otherwise: string): readonly string[] =>
  members.length > 0 ? members : [otherwise];

const leaf = (random: Random): Value => typedValue(random.pick(["N", "N", "S", "BOOL", "SS"]), random);

const typedValue = (type: Type, random: Random): Value => ({ [type]: makers[type](random) });

/** A value of any type. */
export const anyValue = (random: Random): Value => typedValue(random.pick(Object.values(FIELDS)), random);

/** A number. */
export const anyNumber = (random: Random): Value => typedValue("N", random);

/** A set. */
export const anySet = (random: Random): Value => typedValue(random.pick(["SS", "NS"]), random);

/** A list. */
export const anyList = (random: Random): Value => typedValue("L", random);

/** Some field that is no key. */
export const anyField = (random: Random): Field => random.pick(fields);

/** A value as the field mostly has, and now and then one of another type. */
export const valueFor = (field: Field, random: Random): Value =>
  random.chance(92) ? typedValue(FIELDS[field], random) : anyValue(random);

/** Some fields that are no keys, each once. */
export const someFields = (most: number, random: Random): readonly Field[] => [
  ...new Set(random.several(1, most, () => anyField(random))),
];

/** A value that has an order, as the field has if it has one. */
export const orderedFor = (field: Field, random: Random): Value => {
  const type = FIELDS[field];
  return typedValue(type === "S" || type === "B" ? type : "N", random);
};

/** Two values of an order, the lower first. */
export const boundsFor = (field: Field, random: Random): readonly [Value, Value] => {
  if (FIELDS[field] === "S")
    return random.pick([
      [{ S: "" }, { S: "ab" }],
      [{ S: "a" }, { S: "a" }],
      [{ S: "ab" }, { S: "ü" }],
    ]);
  return random.pick([
    [{ N: "-1" }, { N: "2" }],
    [{ N: "0" }, { N: "0" }],
    [{ N: "1.5" }, { N: "1e100" }],
  ]);
};

/** Some fields with values. */
export const anyFields = (random: Random): Item =>
  Object.fromEntries(random.some(fields, 35).map((field) => [field, valueFor(field, random)]));
