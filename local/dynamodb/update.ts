// What an update expression makes of an item: every operand is read from the item as it was, as DynamoDB does
// (dynalite's own action lets `SET a = b ADD b :n` change a too).
import { addNumbers } from "./dynalite.ts";
import { validationError } from "./errors.ts";
import type { AttributeValue, Item, Path, Section, Term, Updates } from "./language.ts";
import { stepInto, valueAt } from "./path.ts";

const WRONG_TYPE = "An operand in the update expression has an incorrect data type";
const NO_SUCH_ATTRIBUTE = "The provided expression refers to an attribute that does not exist in the item";
const NO_SUCH_PATH = "The document path provided in the update expression is invalid for update";

const isPath = (term: Term): term is Path => Array.isArray(term);

const calculate = (left: AttributeValue, right: AttributeValue, sign: "plus" | "minus"): AttributeValue => {
  if (left.N === undefined || right.N === undefined) throw validationError(WRONG_TYPE);
  const sum = addNumbers(left.N, right.N, sign);
  if (typeof sum === "string") throw validationError(sum);
  return sum;
};

const evaluate = (term: Term, before: Item): AttributeValue => {
  if (isPath(term)) {
    const value = valueAt(term, before);
    if (!value) throw validationError(NO_SUCH_ATTRIBUTE);
    return value;
  }
  if (!("type" in term)) return term;
  if (term.type !== "function") {
    const [left, right] = [evaluate(term.args[0], before), evaluate(term.args[1], before)];
    return calculate(left, right, term.type === "add" ? "plus" : "minus");
  }
  if (term.name === "if_not_exists") return valueAt(term.args[0], before) ?? evaluate(term.args[1], before);
  const [head, tail] = [evaluate(term.args[0], before), evaluate(term.args[1], before)];
  if (!head.L || !tail.L) throw validationError(WRONG_TYPE);
  return { L: [...head.L, ...tail.L] };
};

type SetType = "SS" | "NS" | "BS";

const setTypeOf = (value: AttributeValue): SetType => {
  const type = (["SS", "NS", "BS"] as const).find((one) => value[one] !== undefined);
  if (!type) throw validationError(WRONG_TYPE);
  return type;
};

const membersOf = (value: AttributeValue | undefined, type: SetType): readonly string[] => {
  const members = value ? value[type] : [];
  if (!members) throw validationError(WRONG_TYPE);
  return members;
};

const added = (existing: AttributeValue | undefined, value: AttributeValue): AttributeValue => {
  if (value.N !== undefined) return calculate(existing ?? { N: "0" }, value, "plus");
  const type = setTypeOf(value);
  return { [type]: [...new Set([...membersOf(existing, type), ...membersOf(value, type)])] };
};

const removed = (existing: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined => {
  const type = setTypeOf(value);
  const taken = new Set(membersOf(value, type));
  const left = membersOf(existing, type).filter((member) => !taken.has(member));
  return left.length ? { [type]: left } : undefined;
};

/** What a clause leaves at its path; undefined where it leaves nothing. */
const outcome = (section: Section, before: Item): AttributeValue | undefined => {
  if (section.type === "remove") return undefined;
  if (section.type === "set") return evaluate(section.val, before);
  const existing = valueAt(section.path, before);
  return section.type === "add" ? added(existing, section.val) : removed(existing, section.val);
};

// While clauses are applied a document is mutable, and a list may have holes where elements were removed.
interface Draft {
  M?: Record<string, AttributeValue>;
  L?: (AttributeValue | undefined)[];
}

const place = (item: AttributeValue, path: Path, value: AttributeValue | undefined, lists: Set<Draft>): void => {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<AttributeValue | undefined>(stepInto, item) as Draft | undefined;
  if (typeof last === "number" && parent?.L) {
    lists.add(parent);
    if (value || last < parent.L.length) parent.L[last] = value;
  } else if (typeof last === "string" && parent?.M) {
    if (value) parent.M[last] = value;
    else delete parent.M[last];
  } else throw validationError(NO_SUCH_PATH);
};

/** A copy of the item that may be changed at the paths: only documents that are entered need copying. */
const draftOf = (item: Item, paths: readonly Path[]): Record<string, AttributeValue> => {
  const entered = paths.filter((path) => path.length > 1).map(([head]) => String(head));
  const copies = entered.flatMap((name) => (item[name] ? [[name, structuredClone(item[name])]] : []));
  return { ...item, ...Object.fromEntries(copies) };
};

/** The item after the update; `before` is left as it is. Throws a validation error where it cannot be applied. */
export const applyUpdates = (updates: Updates, before: Item): Item => {
  const outcomes = updates.sections.map((section) => ({ path: section.path, value: outcome(section, before) }));
  const after = draftOf(before, updates.paths);
  const lists = new Set<Draft>();
  for (const { path, value } of outcomes) place({ M: after }, path, value, lists);
  // Positions are those of the item as it was, so holes close only at the end.
  for (const list of lists) list.L = list.L?.filter((element) => element !== undefined) ?? [];
  return after;
};
