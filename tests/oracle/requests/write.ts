/** Single writes, and the actions that transactions are made of. */
import type { Random } from "../random.ts";
import { anyChange } from "./change.ts";
import { anyCondition } from "./condition.ts";
import { deskWrite } from "./desk.ts";
import { anyContent, type Key, TABLE } from "./items.ts";
import { openTexts } from "./texts.ts";

/** What an action of a transaction may be. */
export type ActionKind = "Put" | "Update" | "Delete" | "ConditionCheck";

/** An action and its members. */
export interface Action {
  readonly action: ActionKind;
  readonly input: object;
}

const CAPACITY = ["INDEXES", "INDEXES", "TOTAL", "NONE"];

/** Whether and how the answer shall tell what it cost. */
export const capacity = (random: Random): object =>
  random.chance(70) ? { ReturnConsumedCapacity: random.pick(CAPACITY) } : {};

const kinds: readonly ActionKind[] = ["Put", "Put", "Update", "Update", "Update", "Delete"];

const freeWrite = (action: ActionKind, key: Key, random: Random): Action => {
  const texts = openTexts(random);
  const needsCondition = action === "ConditionCheck";
  const input = {
    TableName: TABLE,
    ...(action === "Put" ? { Item: { ...anyContent(key, random), ...key } } : { Key: key }),
    ...(action === "Update" && { UpdateExpression: anyChange(key, texts, random) }),
    ...((needsCondition || random.chance(45)) && { ConditionExpression: anyCondition(texts, random) }),
    ...(random.chance(50) && { ReturnValuesOnConditionCheckFailure: random.pick(["ALL_OLD", "ALL_OLD", "NONE"]) }),
  };
  return { action, input: { ...input, ...texts.members() } };
};

/** An action on the item of a key. */
export const anyAction = (key: Key, random: Random): Action =>
  random.chance(40) ? deskWrite(key, random) : freeWrite(random.pick([...kinds, "ConditionCheck"]), key, random);

const OPERATIONS = { Put: "PutItem", Update: "UpdateItem", Delete: "DeleteItem" } as const;

const RETURNS = {
  Put: ["NONE", "ALL_OLD"],
  Delete: ["NONE", "ALL_OLD"],
  Update: ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"],
} as const;

/** A PutItem, UpdateItem or DeleteItem on the item of a key. */
export const anyWrite = (key: Key, random: Random): { readonly operation: string; readonly input: object } => {
  const made = random.chance(40) ? deskWrite(key, random) : freeWrite(random.pick(kinds), key, random);
  // What only a transaction can do is another write here.
  const { action, input } = made.action === "ConditionCheck" ? freeWrite("Put", key, random) : made;
  if (action === "ConditionCheck") throw new Error("a put became a check");
  return {
    operation: OPERATIONS[action],
    input: {
      ...input,
      ...(random.chance(60) && { ReturnValues: random.pick<string>(RETURNS[action]) }),
      ...capacity(random),
    },
  };
};
