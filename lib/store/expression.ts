/** Writes and conditions in DynamoDB's expression language. */
import { type Condition, zeroSatisfies } from "#store/condition";
import { rulesOf } from "#store/fold";
import type { Value } from "#store/item";
import type { Update, Write } from "#store/write";

/** Collects the names and values of one request, and stands placeholders for them. */
export const openPlaceholders = () => {
  const names: Record<string, string> = {};
  const values: Record<string, Value> = {};
  const nameFor = new Map<string, string>();
  return {
    name: (field: string): string => {
      const known = nameFor.get(field);
      if (known !== undefined) return known;
      const made = `#${nameFor.size}`;
      nameFor.set(field, made);
      names[made] = field;
      return made;
    },
    value: (value: Value): string => {
      const made = `:${Object.keys(values).length}`;
      values[made] = value;
      return made;
    },
    /** The request's members; an empty map is refused by DynamoDB, so it is left out. */
    members: () => ({
      ...(nameFor.size > 0 && { ExpressionAttributeNames: names }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
};

/** The placeholders of one request. */
export type Placeholders = ReturnType<typeof openPlaceholders>;

const comparators = { atLeast: ">=", atMost: "<=", above: ">", below: "<" } as const;

/** A condition as alternatives, flat: DynamoDB refuses parentheses within parentheses. */
const alternatives = (condition: Condition, to: Placeholders): readonly string[] => {
  switch (condition.is) {
    case "absent":
      return [`attribute_not_exists(${to.name(condition.field ?? "pk")})`];
    case "present":
      return [`attribute_exists(${to.name(condition.field ?? "pk")})`];
    case "equals":
      return [`${to.name(condition.field)} = ${to.value(condition.value)}`];
    case "oneOf":
      return [`${to.name(condition.field)} IN (${condition.values.map(to.value).join(", ")})`];
    case "anyOf":
      return condition.conditions.flatMap((each) => alternatives(each, to));
    default: {
      const bound = `${to.name(condition.field)} ${comparators[condition.is]} ${to.value(condition.value)}`;
      const orAbsent = zeroSatisfies(condition.is, condition.value);
      return orAbsent ? [`attribute_not_exists(${to.name(condition.field)})`, bound] : [bound];
    }
  }
};

const inOne = (texts: readonly string[]): string => (texts.length === 1 ? texts.join() : `(${texts.join(" OR ")})`);

/** All the rules of a write as one expression, and of a single write that the item does not bear its token yet. */
export const ruleText = (write: Write, to: Placeholders, token?: string): string | undefined => {
  const texts = rulesOf(write).map(([condition]) => inOne(alternatives(condition, to)));
  if (token !== undefined)
    texts.push(inOne([`attribute_not_exists(${to.name("by")})`, `${to.name("by")} <> ${to.value(token)}`]));
  return texts.length === 0 ? undefined : texts.join(" AND ");
};

/** The changes of an update as one expression. */
export const changeText = ({ set, add, remove }: Update, to: Placeholders): string => {
  const clause = (verb: string, parts: readonly string[]) =>
    parts.length === 0 ? [] : [`${verb} ${parts.join(", ")}`];
  return [
    ...clause(
      "SET",
      Object.entries(set).map(([field, value]) => `${to.name(field)} = ${to.value(value)}`),
    ),
    ...clause(
      "ADD",
      Object.entries(add).map(([field, amount]) => `${to.name(field)} ${to.value(amount)}`),
    ),
    ...clause("REMOVE", remove.map(to.name)),
  ].join(" ");
};
