/** The kinds of condition and their meaning: one evaluator, which explains a failed write from its old item and is the twin's judge too. */
import type { Item, Value } from "#store/item";

/** A rule on top-level fields of the write's own item. An absent number is 0 in bounds. */
export type Condition =
  | { readonly is: "absent" | "present"; readonly field?: string }
  | { readonly is: "equals"; readonly field: string; readonly value: Value }
  | { readonly is: "oneOf"; readonly field: string; readonly values: readonly Value[] }
  | { readonly is: "atLeast" | "atMost" | "above" | "below"; readonly field: string; readonly value: bigint }
  | { readonly is: "anyOf"; readonly conditions: readonly Condition[] };

/** No such item, or no such field. */
export const absent = (field?: string): Condition => (field === undefined ? { is: "absent" } : { is: "absent", field });

/** The item exists, or has the field. */
export const present = (field?: string): Condition =>
  field === undefined ? { is: "present" } : { is: "present", field };

/** The field has this value; `undefined` means that it is absent. */
export const equals = (field: string, value: Value | undefined): Condition =>
  value === undefined ? absent(field) : { is: "equals", field, value };

/** The field has one of these values. */
export const oneOf = (field: string, values: readonly Value[]): Condition => ({ is: "oneOf", field, values });

/** field ≥ value. */
export const atLeast = (field: string, value: bigint): Condition => ({ is: "atLeast", field, value });

/** field ≤ value. */
export const atMost = (field: string, value: bigint): Condition => ({ is: "atMost", field, value });

/** field > value. */
export const above = (field: string, value: bigint): Condition => ({ is: "above", field, value });

/** field < value. */
export const below = (field: string, value: bigint): Condition => ({ is: "below", field, value });

/** At least one of these holds. */
export const anyOf = (...conditions: readonly Condition[]): Condition => ({ is: "anyOf", conditions });

const bounds = {
  atLeast: (a: bigint, b: bigint) => a >= b,
  atMost: (a: bigint, b: bigint) => a <= b,
  above: (a: bigint, b: bigint) => a > b,
  below: (a: bigint, b: bigint) => a < b,
} as const;

/** Whether zero, which an absent number counts as, satisfies a bound. */
export const zeroSatisfies = (is: keyof typeof bounds, value: bigint): boolean => bounds[is](0n, value);

/** Whether the condition holds of this item (`undefined`: there is none). */
export const holds = (condition: Condition, item: Item | undefined): boolean => {
  switch (condition.is) {
    case "absent":
    case "present": {
      const there = condition.field === undefined ? item !== undefined : item?.[condition.field] !== undefined;
      return there === (condition.is === "present");
    }
    case "equals":
      return item?.[condition.field] === condition.value;
    case "oneOf": {
      const value = item?.[condition.field];
      return value !== undefined && condition.values.includes(value);
    }
    case "anyOf":
      return condition.conditions.some((each) => holds(each, item));
    default: {
      const value = item?.[condition.field] ?? 0n;
      return typeof value === "bigint" && bounds[condition.is](value, condition.value);
    }
  }
};
