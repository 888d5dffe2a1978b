// What the service refuses in a condition and dynalite's parser lets through: comparing by order what has no order.
import { isPath, typeAndContent } from "./condition.ts";
import { validationError } from "./errors.ts";
import type { Condition, Operand } from "./language.ts";

const ORDERED: ReadonlySet<string> = new Set(["S", "N", "B"]);
const BY_ORDER: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "between"]);

/** The type of a literal; a path, and what a function yields, is only known with an item. */
const literalType = (operand: Operand): string | undefined =>
  isPath(operand) || "type" in operand ? undefined : typeAndContent(operand)[0];

/** Throws where a literal without an order is compared by it; `member` is the expression as the request calls it. */
export const checkOperands = (member: string, condition: Condition): void => {
  if (condition.type === "and" || condition.type === "or" || condition.type === "not") {
    for (const part of condition.args) checkOperands(member, part);
    return;
  }
  if (!BY_ORDER.has(condition.type)) return;
  for (const type of condition.args.map(literalType)) {
    if (type === undefined || ORDERED.has(type)) continue;
    throw validationError(
      `Invalid ${member}: Incorrect operand type for operator or function; ` +
        `operator or function: ${condition.type.toUpperCase()}, operand type: ${type}`,
    );
  }
};
