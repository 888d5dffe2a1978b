/** Conditions and filters of every kind the language has. */
import type { Random } from "../random.ts";
import type { Texts } from "./texts.ts";
import { anyField, anyList, anyValue, boundsFor, type Field, orderedFor, valueFor } from "./values.ts";

/** A path: mostly a field, now and then something within it. */
export const pathTo = (field: Field, texts: Texts, random: Random): string => {
  const name = texts.name(field);
  if (field === "doc" && random.chance(60)) return `${name}.${random.pick(["x", "y", "l", "l[0]"])}`;
  if (field === "seq" && random.chance(60)) return `${name}[${random.below(3)}]`;
  return name;
};

/** Another path than the field's: nothing may be compared with itself. */
const anyPath = (but: Field, texts: Texts, random: Random): string => {
  const field = anyField(random);
  if (field === but) return texts.name(random.pick(["pk", "sk", "due", "dueAt", "gone", "constructor"]));
  return pathTo(field, texts, random);
};

const ORDERS = ["<", "<=", ">", ">="];

const comparison = (texts: Texts, random: Random): string => {
  const field = anyField(random);
  const path = pathTo(field, texts, random);
  const operator = random.pick(["=", "<>", ...ORDERS]);
  if (random.chance(10)) return `size(${path}) ${operator} ${texts.value({ N: String(random.below(4)) })}`;
  if (random.chance(10)) return `${path} ${operator} ${anyPath(field, texts, random)}`;
  // Only text, numbers and bytes have an order; what else is compared so is refused.
  const value = texts.value(ORDERS.includes(operator) ? orderedFor(field, random) : valueFor(field, random));
  return random.chance(95) ? `${path} ${operator} ${value}` : `${value} ${operator} ${path}`;
};

const anyFunction = (texts: Texts, random: Random): string => {
  if (random.chance(15)) return `attribute_${random.pick(["", "not_"])}exists(${texts.name("pk")})`;
  const path = pathTo(anyField(random), texts, random);
  const text = () => texts.value({ S: random.pick(["a", "ab", "b", ""]) });
  switch (random.below(5)) {
    case 0:
      return `attribute_exists(${path})`;
    case 1:
      return `attribute_not_exists(${path})`;
    case 2:
      return `attribute_type(${path}, ${texts.value({ S: random.pick(["S", "N", "BOOL", "SS", "M", "L", "NULL"]) })})`;
    case 3:
      return `begins_with(${path}, ${random.chance(85) ? text() : texts.value({ B: "AQ==" })})`;
    default:
      return `contains(${path}, ${random.chance(60) ? text() : texts.value(anyValue(random))})`;
  }
};

const membership = (texts: Texts, random: Random): string => {
  const field = anyField(random);
  const path = pathTo(field, texts, random);
  const operand = () => (random.chance(90) ? texts.value(valueFor(field, random)) : anyPath(field, texts, random));
  if (random.chance(50)) return `${path} IN (${random.several(1, 4, operand).join(", ")})`;
  const [low, high] = boundsFor(field, random);
  return `${path} BETWEEN ${texts.value(low)} AND ${texts.value(high)}`;
};

const simple = (texts: Texts, random: Random): string => {
  if (random.chance(2)) return `${texts.name("seq")} = ${texts.value(anyList(random))}`;
  return random.pick([comparison, comparison, anyFunction, membership])(texts, random);
};

const grouped = (text: string): string => `(${text})`;

/** A condition that is nested up to `depth` times. */
export const anyCondition = (texts: Texts, random: Random, depth = 2): string => {
  if (depth === 0 || random.chance(50)) return simple(texts, random);
  const part = () => {
    const text = anyCondition(texts, random, depth - 1);
    // An OR must stand in parentheses within an AND, anything else may; what stands in them already must not again.
    return / (AND|OR) /.test(text) && !text.startsWith("(") ? grouped(text) : text;
  };
  switch (random.below(4)) {
    case 0:
      return `NOT (${anyCondition(texts, random, depth - 1)})`;
    case 1:
      return `${part()} OR ${part()}`;
    default:
      return `${part()} AND ${part()}`;
  }
};
