/** The small world that the requests are about: few items, few fields, few values, so that they meet. */
import type { Random } from "../random.ts";

/** A typed value on the wire. */
export type Value = Readonly<Record<string, unknown>>;

/** Attributes by name. */
export type Item = Readonly<Record<string, Value>>;

/** The table, and one that does not exist. */
export const TABLE = "oracle";

const PARTITIONS = ["t#thing#a", "t#thing#b", "ü"];
const PARTS = ["order", "posting#1", "posting#10", "~"];

/** Fields, and the type that each mostly has; `due` to `listAt` are the indexes' keys. */
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

const leaf = (random: Random): Value => valueOf(random.pick(["N", "N", "S", "BOOL", "SS"]), random);

const valueOf = (type: Type, random: Random): Value => ({ [type]: makers[type](random) });

/** A value of any type. */
export const anyValue = (random: Random): Value => valueOf(random.pick(Object.values(FIELDS)), random);

/** A number. */
export const anyNumber = (random: Random): Value => valueOf("N", random);

/** A set. */
export const anySet = (random: Random): Value => valueOf(random.pick(["SS", "NS"]), random);

/** A list. */
export const anyList = (random: Random): Value => valueOf("L", random);

/** Some field that is no key. */
export const anyField = (random: Random): Field => random.pick(fields);

/** A value as the field mostly has, and now and then one of another type. */
export const valueFor = (field: Field, random: Random): Value =>
  random.chance(92) ? valueOf(FIELDS[field], random) : anyValue(random);

/** An item's key. */
export interface Key {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

/** One of the few keys. */
export const anyKey = (random: Random): Key => ({
  pk: { S: random.pick(PARTITIONS) },
  sk: { S: random.pick(PARTS) },
});

/** A partition that may have items. */
export const anyPartition = (random: Random): string => random.pick(PARTITIONS);

/** A sort key that may be one, or the beginning of one. */
export const anyBound = (random: Random): string => random.pick([...PARTS, "p", "posting#", "zz"]);

/** The indexes: partition and sort key. */
export const INDEXES = { due: "dueAt", list: "listAt" } as const;

/** Partitions of the indexes. */
export const SHELVES = ["p", "q"];

/**
 * A sort key in an index: of two items it is never the same, because the service does not say in which order it lists
 * items that have the same.
 */
export const instantOf = (key: Key, random: Random): string => `${random.below(4)}~${key.pk.S}~${key.sk.S}`;

/** The fields that put an item of this key into an index, all or only one of them. */
export const listing = (key: Key, random: Random): Item => {
  const index = random.pick(["due", "list"] as const);
  return {
    ...(random.chance(90) && { [index]: { S: random.pick(SHELVES) } }),
    ...(random.chance(90) && { [INDEXES[index]]: { S: instantOf(key, random) } }),
  };
};

/** A whole item without its key. */
export const anyContent = (key: Key, random: Random): Item => ({
  ...Object.fromEntries(random.some(fields, 35).map((field) => [field, valueFor(field, random)])),
  ...(random.chance(40) && listing(key, random)),
});
