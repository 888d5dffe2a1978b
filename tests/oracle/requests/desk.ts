/** Writes as lib/store really sends them: its own texts of rules and changes, of random rules and changes. */
// This folder is a package of its own, so the alias of lib/ does not reach here.
import * as rule from "../../../lib/store/condition.ts";
import { changeText, openPlaceholders, ruleText } from "../../../lib/store/expression.ts";
import { check, erase, put, update, type Write } from "../../../lib/store/write.ts";
import type { Random } from "../random.ts";
import { INDEXES, instantOf, type Key, SHELVES, TABLE } from "./items.ts";
import type { Item, Value } from "./values.ts";

type Content = string | bigint | boolean;

const typed = (value: Content): Value => {
  if (typeof value === "bigint") return { N: String(value) };
  return typeof value === "boolean" ? { BOOL: value } : { S: value };
};

const typedAll = (values: Readonly<Record<string, Content>>): Item =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typed(value)]));

const NAMES = ["n", "m", "used:day:2026-11-20", "text", "flag"];

const integer = (random: Random): bigint =>
  random.chance(97) ? BigInt(random.below(6) - 2) : random.pick([10n ** 37n, 10n ** 38n - 1n, -(10n ** 38n) + 1n]);

const content = (random: Random): Content =>
  random.pick<() => Content>([() => integer(random), () => random.pick(["a", "b", ""]), () => random.chance(50)])();

const simple = (random: Random): rule.Condition => {
  const name = random.pick(NAMES);
  switch (random.below(6)) {
    case 0:
      return random.pick([rule.absent(), rule.present(), rule.present(), rule.present()]);
    case 1:
      return random.pick([rule.absent, rule.present])(name);
    case 2:
      return rule.equals(name, content(random));
    case 3:
      return rule.oneOf(
        name,
        random.several(1, 3, () => content(random)),
      );
    default:
      return random.pick([rule.atLeast, rule.atMost, rule.above, rule.below])(name, integer(random));
  }
};

const rules = (random: Random): Write["when"] =>
  random.several(0, 3, () => [
    random.chance(25) ? rule.anyOf(...random.several(1, 3, () => simple(random))) : simple(random),
    "no",
  ]);

const fields = (key: Key, random: Random): Record<string, Content> => {
  const index = random.pick(["due", "list"] as const);
  return {
    ...Object.fromEntries(random.some(NAMES, 40).map((name) => [name, content(random)])),
    ...(random.chance(30) && { [index]: random.pick(SHELVES), [INDEXES[index]]: instantOf(key, random) }),
  };
};

const anyWrite = (key: Key, random: Random): Write => {
  const at = { pk: key.pk.S, sk: key.sk.S };
  switch (random.below(8)) {
    case 0:
      return erase(at, rules(random));
    case 1:
      return check(at, [[simple(random), "no"], ...rules(random)]);
    case 2:
    case 3:
      return put(at, fields(key, random), rules(random));
    default: {
      const set = fields(key, random);
      const free = NAMES.filter((name) => !(name in set));
      const add = Object.fromEntries(random.some(free.slice(0, 2), 60).map((name) => [name, integer(random)]));
      const remove = random.some(["due", "dueAt", "text", "m"], 25).filter((name) => !(name in set || name in add));
      const isEmpty = [set, add, remove].every((part) => Object.keys(part).length === 0);
      return update(
        at,
        { set: isEmpty ? { flag: true } : set, add, remove, orCreate: random.chance(40) },
        rules(random),
      );
    }
  }
};

const ACTIONS = { put: "Put", update: "Update", erase: "Delete", check: "ConditionCheck" } as const;

/** One write as an action of a transaction, or of an operation of its own: `action` says which. */
export const deskWrite = (key: Key, random: Random): { action: (typeof ACTIONS)[Write["kind"]]; input: object } => {
  const write = anyWrite(key, random);
  const to = openPlaceholders();
  const condition = ruleText(write, to, random.chance(40) ? random.pick(["t1", "t2"]) : undefined);
  const stamp = random.chance(40) ? { by: random.pick(["t1", "t2"]) } : {};
  const change = write.kind === "update" ? changeText({ ...write, set: { ...write.set, ...stamp } }, to) : undefined;
  const { ExpressionAttributeNames, ExpressionAttributeValues } = to.members();
  const input = {
    TableName: TABLE,
    ...(write.kind === "put" ? { Item: { ...typedAll({ ...write.item, ...stamp }), ...key } } : { Key: key }),
    ...(change !== undefined && { UpdateExpression: change }),
    ...(condition !== undefined && { ConditionExpression: condition }),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    ...(ExpressionAttributeNames && { ExpressionAttributeNames }),
    ...(ExpressionAttributeValues && { ExpressionAttributeValues: typedAll(ExpressionAttributeValues) }),
  };
  return { action: ACTIONS[write.kind], input };
};
