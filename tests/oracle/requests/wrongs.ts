/** What may be wrong with a request that is otherwise good, one thing at a time. */

/** A request's members, or an action's. */
export type Input = Readonly<Record<string, unknown>>;
/** Does something wrong; yields the same members where it does not apply. */
export type Change = (input: Input) => Input;

/** The members of an object; none of anything else. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
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

/** Of the placeholders in any expressions. */
export const placeholders: readonly Change[] = [
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

/** Of a Query. */
export const queries: readonly Change[] = [
  set("Limit", 0),
  set("Limit", -1),
  set("Select", "SOME"),
  set("Select", "SPECIFIC_ATTRIBUTES"),
  set("Select", "ALL_ATTRIBUTES"),
  set("Select", "ALL_PROJECTED_ATTRIBUTES"),
  set("IndexName", "nowhere"),
  set("IndexName", "no"),
  set("ConsistentRead", true),
  ({ TableName, IndexName }) => ({ TableName, IndexName }),
  set("FilterExpression", "pk = sk"),
  (input) => (input.IndexName === undefined ? input : set("FilterExpression", "n > m")(input)),
  (input) => (input.IndexName === undefined ? input : set("ProjectionExpression", "n, pk")(input)),
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

const twice: Change = within("TransactItems", (members) => [
  ...(members as readonly object[]),
  ...(members as readonly object[]).slice(0, 1),
]);

/** Of a transaction as a whole. */
export const transactions: readonly Change[] = [
  twice,
  twice,
  twice,
  set("ClientRequestToken", ""),
  set("ClientRequestToken", "t".repeat(37)),
  set("TransactItems", []),
  set("TransactItems", [{}]),
  within("TransactItems", (members) => Array.from({ length: 101 }, () => (members as readonly unknown[])[0])),
  within("TransactItems", (members) => [{ ...(members as readonly object[])[0], Delete: { Key: {} } }]),
  set("ReturnConsumedCapacity", "SOME"),
];

/** Of a single write or get, or of an action. */
export const actions: readonly Change[] = [...placeholders, ...conditions, ...updates, ...keys, ...values, ...options];
