/** The store on DynamoDB; the only module that speaks to the SDK's client. */
import { type AttributeValue, DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { Fault, Refused, refuse } from "#kernel/refusal";
import { changeText, openPlaceholders, ruleText } from "#store/expression";
import { firstNo, fold, type No, nameOf, noOf } from "#store/fold";
import { type Item, keyIn } from "#store/item";
import { cursorAt, queryOf } from "#store/query";
import type { Reason } from "#store/reason";
import { sendUntilKnown } from "#store/sending";
import type { Outcome, Put, Store, Update, Write } from "#store/write";

/** How long one call may take before it is aborted: far above DynamoDB's usual, and short enough that several calls, each sent four times, fit a function's time-out. */
export const CALL_TIMEOUT_MS = 1_000;

/** What it takes to reach the table. */
export interface DynamoSettings {
  readonly table: string;
  readonly client: DynamoDBClientConfig;
  readonly pause: (belowMs: number) => Promise<void>;
}

/** Numbers are integers of any size. Made anew for each use: the document client writes into its options. */
const exactly = () => ({ wrapNumbers: BigInt });

/** Opens the store. It retries itself (the SDK must not: only we know what a repeated call means). */
export const openDynamo = ({ table, client, pause }: DynamoSettings): Store => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ ...client, maxAttempts: 1 }), {
    unmarshallOptions: exactly(),
  });

  const read: Store["read"] = async (keys) => {
    const [only] = keys;
    const get = async () => {
      if (keys.length !== 1) {
        const asked = keys.map((key) => ({ Get: { TableName: table, Key: { ...key } } }));
        return (await documents.send(new TransactGetCommand({ TransactItems: asked }))).Responses ?? [];
      }
      return [await documents.send(new GetCommand({ TableName: table, Key: { ...only }, ConsistentRead: true }))];
    };
    const sent = await sendUntilKnown("read", get, pause);
    if (!sent.done) throw new Refused(refuse("BUSY"));
    return keys.map((_, nth) => sent.output[nth]?.Item);
  };

  const readEach: Store["readEach"] = async (keys) => {
    const found = new Map<string, Item>();
    let left: readonly Readonly<Record<string, unknown>>[] = keys.map((key) => ({ ...key }));
    const get = async () => {
      const asked = { [table]: { Keys: [...left], ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await documents.send(new BatchGetCommand({ RequestItems: asked }));
      for (const item of Responses?.[table] ?? []) found.set(nameOf(keyIn(item)), item);
      left = UnprocessedKeys?.[table]?.Keys ?? [];
      if (left.length > 0)
        throw Object.assign(new Error(`${left.length} keys are left`), { name: "ThrottlingException" });
    };
    const sent = await sendUntilKnown("read", get, pause);
    if (!sent.done) throw new Refused(refuse("BUSY"));
    return keys.map((key) => found.get(nameOf(key)));
  };

  const commit: Store["commit"] = async (unfolded, token) => {
    const writes = fold(unfolded);
    const [only] = writes;
    const isAlone = writes.length === 1 && (only?.kind === "put" || only?.kind === "update");
    const perform = () =>
      isAlone ? performAlone(documents, table, only, token) : performTogether(documents, table, writes, token);
    const sent = await sendUntilKnown("write", perform, pause);
    if (sent.done) return sent.output === undefined ? { done: true } : { done: true, after: sent.output };
    if (sent.reason.is !== "conditions") return { done: false, otherwise: sent.reason.is };
    return explain(writes, sent.reason.items, token);
  };

  const list: Store["list"] = async (range) => {
    const sent = await sendUntilKnown("read", () => documents.send(new QueryCommand(queryOf(table, range))), pause);
    if (!sent.done) throw new Refused(refuse("BUSY"));
    const { Items = [], LastEvaluatedKey } = sent.output;
    return LastEvaluatedKey === undefined
      ? { items: Items }
      : { items: Items, next: cursorAt(range.of, LastEvaluatedKey) };
  };

  return { read, readEach, commit, list };
};

const actions = { put: "Put", update: "Update", erase: "Delete", check: "ConditionCheck" } as const;

/** A write as a request; with a token, stamped with it: one write alone bears no request token, and its own success must not be taken for a refusal. */
const requestOf = (table: string, write: Write, token?: string) => {
  const to = openPlaceholders();
  const stamp: Item = token === undefined ? {} : { by: token };
  const rule = ruleText(write, to, token);
  return {
    TableName: table,
    ...(write.kind === "put" ? { Item: { ...write.item, ...stamp, ...write.key } } : { Key: { ...write.key } }),
    ...(write.kind === "update" && { UpdateExpression: changeText({ ...write, set: { ...write.set, ...stamp } }, to) }),
    ...(rule !== undefined && { ConditionExpression: rule }),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    ...to.members(),
  };
};

const performAlone = async (documents: DynamoDBDocumentClient, table: string, write: Put | Update, token: string) => {
  const request = requestOf(table, write, token);
  if (write.kind === "put") {
    await documents.send(new PutCommand(request as PutCommandInput));
    return undefined;
  }
  const changed = await documents.send(
    new UpdateCommand({ ...(request as UpdateCommandInput), ReturnValues: "ALL_NEW" }),
  );
  return changed.Attributes as Item;
};

const performTogether = async (
  documents: DynamoDBDocumentClient,
  table: string,
  writes: readonly Write[],
  token: string,
) => {
  const TransactItems = writes.map((write) => ({ [actions[write.kind]]: requestOf(table, write) }));
  await documents.send(
    new TransactWriteCommand({ TransactItems, ClientRequestToken: token } as TransactWriteCommandInput),
  );
  return undefined;
};

type FailedItems = Extract<Reason, { is: "conditions" }>["items"];

/** Says which rule failed, from the items as they were: no second read. */
const explain = (writes: readonly Write[], items: FailedItems, token: string): Outcome => {
  const noes: No[] = [];
  for (const [nth, write] of writes.entries()) {
    const item = items[nth];
    if (item === "held") continue;
    const found = item && (unmarshall(item as Record<string, AttributeValue>, exactly()) as Item);
    // What stands there is what our own write has made, or what has become of it since.
    if (found?.by === token) return write.kind === "update" ? { done: true, after: found } : { done: true };
    noes.push(noOf(write, found) ?? { otherwise: "fault", write, found });
  }
  const no = firstNo(noes);
  if (no === undefined) throw new Fault("a commit failed without a reason");
  return { done: false, ...no };
};
