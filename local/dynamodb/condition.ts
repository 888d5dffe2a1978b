// Whether a parsed condition holds for an item. dynalite parses; its evaluator is not used, because it calls two
// missing attributes equal, compares maps and lists by identity and throws on a missing bound.
import { compare } from "./dynalite.ts";
import type { AttributeValue, Condition, Item, Operand, Path } from "./language.ts";
import { valueAt } from "./path.ts";

/** Whether an operand is a document path. */
export const isPath = (operand: Operand): operand is Path => Array.isArray(operand);

/** The one type of a value ("S", "N", …) and what it holds. */
export const typeAndContent = (value: AttributeValue): [type: string, content: unknown] =>
  Object.entries(value)[0] ?? ["", undefined];

const sizeOf = (value: AttributeValue): number | undefined => {
  if (value.B !== undefined) return Buffer.from(value.B, "base64").length;
  if (value.M) return Object.keys(value.M).length;
  const counted = value.S ?? value.SS ?? value.NS ?? value.BS ?? value.L;
  return counted?.length;
};

const resolve = (operand: Operand, item: Item): AttributeValue | undefined => {
  if (isPath(operand)) return valueAt(operand, item);
  if (!("type" in operand)) return operand;
  const [measured] = operand.args;
  const value = measured && resolve(measured, item);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
};

const areEqualSets = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((member) => right.includes(member));

/** Whether two values are the same: sets in any order, lists and maps by their content. */
const areEqual = (left: AttributeValue, right: AttributeValue): boolean => {
  const [leftType, leftContent] = typeAndContent(left);
  const [rightType, rightContent] = typeAndContent(right);
  if (leftType !== rightType) return false;
  if (left.M && right.M) return areEqualItems(left.M, right.M);
  if (left.L && right.L) {
    const others = right.L;
    return left.L.length === others.length && left.L.every((one, i) => areEqual(one, others[i] ?? {}));
  }
  const set = left.SS ?? left.NS ?? left.BS;
  const other = right.SS ?? right.NS ?? right.BS;
  return set && other ? areEqualSets(set, other) : leftContent === rightContent;
};

/** Whether two items have the same attributes. */
export const areEqualItems = (left: Item, right: Item): boolean => {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const [one, other] = [left[name], right[name]];
      return one !== undefined && other !== undefined && areEqual(one, other);
    })
  );
};

const ORDERED = new Set(["S", "N", "B"]);

const areOrdered = (operator: string, left: AttributeValue, right: AttributeValue): boolean => {
  const [type] = typeAndContent(left);
  return ORDERED.has(type) && type === typeAndContent(right)[0] && compare(operator, left, right);
};

const beginsWith = (left: AttributeValue, right: AttributeValue): boolean =>
  (left.S !== undefined && right.S !== undefined && left.S.startsWith(right.S)) ||
  (left.B !== undefined &&
    right.B !== undefined &&
    Buffer.from(left.B, "base64").toString("hex").startsWith(Buffer.from(right.B, "base64").toString("hex")));

type Value = AttributeValue | undefined;

// A missing operand equals nothing, not even another missing one, and everything else about it is false.
const comparisons: Readonly<Record<string, (first: Value, second: Value, rest: readonly Value[]) => boolean>> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  attribute_type: (value, type) => value !== undefined && typeAndContent(value)[0] === type?.S,
  begins_with: (value, prefix) => value !== undefined && prefix !== undefined && beginsWith(value, prefix),
  contains: (value, part) => value !== undefined && part !== undefined && contains(value, part),
  "=": (left, right) => left !== undefined && right !== undefined && areEqual(left, right),
  "<>": (left, right) => left === undefined || right === undefined || !areEqual(left, right),
  between: (value, low, [high]) => isOrdered(">=", value, low) && isOrdered("<=", value, high),
  in: (value, first, rest) =>
    value !== undefined && [first, ...rest].some((other) => other !== undefined && areEqual(value, other)),
};

const contains = (value: AttributeValue, part: AttributeValue): boolean =>
  value.L ? value.L.some((member) => areEqual(member, part)) : compare("contains", value, part);

const isOrdered = (operator: string, left: Value, right: Value): boolean =>
  left !== undefined && right !== undefined && areOrdered(operator, left, right);

/** Whether the condition holds for the item; a missing item is an empty one. */
export const holds = (condition: Condition, item: Item): boolean => {
  if (condition.type === "and") return holds(condition.args[0], item) && holds(condition.args[1], item);
  if (condition.type === "or") return holds(condition.args[0], item) || holds(condition.args[1], item);
  if (condition.type === "not") return !holds(condition.args[0], item);
  const operator = condition.type === "function" ? condition.name : condition.type;
  const [first, second, ...rest] = condition.args.map((operand) => resolve(operand, item));
  const judge = comparisons[operator];
  return judge ? judge(first, second, rest) : isOrdered(operator, first, second);
};
