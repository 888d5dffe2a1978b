/** Requests that the service must refuse: one thing is wrong with an otherwise good one. */
import type { Random } from "../random.ts";
import type { Request } from "./request.ts";

type Input = Readonly<Record<string, unknown>>;
type Change = (input: Input) => Input;

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

/** Changes a member that is there; what is not there cannot be spoilt. */
const within =
  (name: string, change: (member: unknown) => unknown): Change =>
  (input) =>
    input[name] === undefined ? input : { ...input, [name]: change(input[name]) };

const set =
  (name: string, value: unknown): Change =>
  (input) => ({ ...input, [name]: value });

const merge = (name: string, more: object): Change => within(name, (member) => ({ ...recordOf(member), ...more }));

const without = (name: string, field: string): Change =>
  within(name, (member) => Object.fromEntries(Object.entries(recordOf(member)).filter(([known]) => known !== field)));

const rewrite = (name: string, change: (text: string) => string): Change =>
  within(name, (text) => change(String(text)));

const placeholders: readonly Change[] = [
  (input) => set("ExpressionAttributeNames", { ...recordOf(input.ExpressionAttributeNames), "#unused": "n" })(input),
  (input) =>
    set("ExpressionAttributeValues", { ...recordOf(input.ExpressionAttributeValues), ":unused": { N: "1" } })(input),
  (input) => set("ExpressionAttributeNames", { ...recordOf(input.ExpressionAttributeNames), bad: "n" })(input),
  without("ExpressionAttributeValues", ":0"),
  without("ExpressionAttributeNames", "#0"),
  within("ExpressionAttributeValues", () => ({})),
  within("ExpressionAttributeNames", () => ({})),
  merge("ExpressionAttributeValues", { ":0": { N: "one" } }),
  merge("ExpressionAttributeValues", { ":0": { SS: [] } }),
  merge("ExpressionAttributeValues", { ":0": {} }),
];

const conditions: readonly Change[] = [
  rewrite("ConditionExpression", (text) => `((${text}))`),
  rewrite("ConditionExpression", (text) => `(((n = m))) AND ${text}`),
  rewrite("ConditionExpression", (text) => `${text} AND`),
  rewrite("ConditionExpression", (text) => `list = n OR ${text}`),
  rewrite("ConditionExpression", (text) => `${text} AND n = n`),
  rewrite("ConditionExpression", (text) => `${text} AND begins_with(n, n)`),
  rewrite("ConditionExpression", (text) => `${text} OR attribute_exists(:0)`),
  rewrite("ConditionExpression", (text) => `${text} OR size(n) > size(:0)`),
  rewrite("ConditionExpression", (text) => `${text} OR nonsense(n)`),
  rewrite("ConditionExpression", (text) => `${text} OR attribute_exists(n, m)`),
  rewrite("ConditionExpression", (text) => `${text} OR n BETWEEN m`),
  set("ConditionExpression", ""),
];

const updates: readonly Change[] = [
  rewrite("UpdateExpression", (text) => `${text} SET n = m`),
  rewrite("UpdateExpression", (text) => `${text}, pk = sk`),
  rewrite("UpdateExpression", (text) => `${text} REMOVE sk`),
  rewrite("UpdateExpression", (text) => `${text} DELETE n`),
  rewrite("UpdateExpression", (text) => `SET n = n REMOVE n, doc, doc.x ADD ${text}`),
  () => ({ UpdateExpression: "" }),
  rewrite("UpdateExpression", () => "SET n = nonsense(m)"),
  rewrite("UpdateExpression", () => "SET n = list_append(seq)"),
  rewrite("UpdateExpression", () => "SET n = if_not_exists(n, n) + if_not_exists(m, m) + n"),
  rewrite("UpdateExpression", () => "SET seq[0] = seq[1], seq[1] = seq[0] REMOVE doc.l[0], doc.l[1]"),
].map((change) => (input) => (input.UpdateExpression === undefined ? input : { ...input, ...change(input) }));

const keys: readonly Change[] = ["Key", "Item"].flatMap((name) => [
  merge(name, { pk: { S: "" } }),
  merge(name, { sk: { S: "" } }),
  merge(name, { pk: { N: "1" } }),
  merge(name, { sk: { B: "AA==" } }),
  merge(name, { pk: { S: "x".repeat(2049) } }),
  merge(name, { sk: { S: "x".repeat(1025) } }),
  without(name, "pk"),
  without(name, "sk"),
  within(name, () => ({})),
  merge(name, { due: { N: "1" }, dueAt: { S: "0" } }),
  merge(name, { dueAt: { S: "" } }),
]);

const values: readonly Change[] = [
  { N: "" },
  { N: "1 " },
  { N: "0x10" },
  { N: "123456789012345678901234567890123456789" },
  { N: "1e126" },
  { N: "1e-131" },
  { SS: ["a", "a"] },
  { NS: ["1", "1.0"] },
  { NS: [] },
  { NULL: false },
  { S: "a", N: "1" },
  { M: { "": { S: "a" } } },
  { L: [{}] },
].map((value) => merge("Item", { n: value }));

const options: readonly Change[] = [
  set("TableName", "nowhere"),
  set("TableName", "no"),
  set("TableName", undefined),
  set("ReturnValues", "ALL_NEW"),
  set("ReturnValues", "SOME"),
  set("ReturnValuesOnConditionCheckFailure", "SOME"),
];

const queries: readonly Change[] = [
  set("Limit", 0),
  set("Limit", -1),
  set("Select", "SOME"),
  set("Select", "SPECIFIC_ATTRIBUTES"),
  set("IndexName", "nowhere"),
  set("IndexName", "no"),
  set("ConsistentRead", true),
  set("KeyConditionExpression", undefined),
  set("FilterExpression", "pk = sk"),
  set("ExclusiveStartKey", { pk: { S: "t#thing#a" } }),
  set("ExclusiveStartKey", { pk: { S: "t#thing#a" }, sk: { N: "1" } }),
  set("ExclusiveStartKey", { pk: { S: "elsewhere" }, sk: { S: "order" } }),
  rewrite("KeyConditionExpression", (text) => `${text} OR sk = pk`),
  rewrite("KeyConditionExpression", (text) => `(${text})`),
  rewrite("KeyConditionExpression", (text) => `${text} AND n > :0`),
  rewrite("KeyConditionExpression", (text) => `NOT ${text}`),
  rewrite("KeyConditionExpression", (text) => text.replace(/ = /, " >= ")),
  rewrite("KeyConditionExpression", (text) => text.replace(/ = /, " <> ")),
  merge("ExpressionAttributeValues", { ":0": { N: "1" } }),
  merge("ExpressionAttributeValues", { ":0": { S: "" } }),
  merge("ExpressionAttributeValues", { ":1": { S: "" } }),
];

const transactions: readonly Change[] = [
  set("ClientRequestToken", ""),
  set("ClientRequestToken", "t".repeat(37)),
  set("TransactItems", []),
  set("TransactItems", [{}]),
  within("TransactItems", (members) => Array.from({ length: 101 }, () => (members as readonly unknown[])[0])),
  within("TransactItems", (members) => [{ ...(members as readonly object[])[0], Delete: { Key: {} } }]),
  set("ReturnConsumedCapacity", "SOME"),
];

const ofActions: readonly Change[] = [...placeholders, ...conditions, ...updates, ...keys, ...values, ...options];

const spoilAction = (input: Input, random: Random): Input => {
  // What does not apply to this request leaves it as it is: try another.
  for (let tries = 0; tries < 20; tries++) {
    const spoilt = random.pick(ofActions)(input);
    if (spoilt !== input) return spoilt;
  }
  return input;
};

const spoilMember = (members: readonly Input[], random: Random): readonly Input[] => {
  const chosen = random.below(members.length);
  return members.map((member, position) =>
    position === chosen
      ? Object.fromEntries(Object.entries(member).map(([kind, input]) => [kind, spoilAction(recordOf(input), random)]))
      : member,
  );
};

/** The request with something wrong. */
export const spoil = ({ operation, input }: Request, random: Random): Request => {
  const members = recordOf(input);
  if (operation === "Query") return { operation, input: random.pick([...queries, ...placeholders])(members) };
  if (!Array.isArray(members.TransactItems)) return { operation, input: spoilAction(members, random) };
  if (random.chance(30)) return { operation, input: random.pick(transactions)(members) };
  return { operation, input: { ...members, TransactItems: spoilMember(members.TransactItems, random) } };
};
