// What every test of the embedded engine starts from: an engine with one table and an SDK client that talks to it.
import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { type EngineOptions, openEngine } from "../../../local/dynamodb/engine.ts";

export type Item = Record<string, AttributeValue>;

export const TABLE = "desk";

/** One table with a sort key and two sparse indexes, one of keys only and sorted by a number. */
export const deskTable: CreateTableCommandInput = {
  TableName: TABLE,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
    { AttributeName: "due", AttributeType: "S" },
    { AttributeName: "dueAtMs", AttributeType: "N" },
    { AttributeName: "list", AttributeType: "S" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "due",
      KeySchema: [
        { AttributeName: "due", KeyType: "HASH" },
        { AttributeName: "dueAtMs", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
    {
      IndexName: "list",
      KeySchema: [{ AttributeName: "list", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
    },
  ],
};

/** An SDK client that never retries, so that every refusal is seen. */
export const clientOf = (config: DynamoDBClientConfig): DynamoDBClient =>
  new DynamoDBClient({
    region: "us-east-1",
    credentials: { accessKeyId: "desk", secretAccessKey: "desk" },
    maxAttempts: 1,
    ...config,
  });

export const key = (pk: string, sk = "order"): Item => ({ pk: { S: pk }, sk: { S: sk } });

/** The few requests most tests make, with the table's name filled in. */
export const verbsOf = (client: DynamoDBClient) => ({
  put: (item: Item) => client.send(new PutItemCommand({ TableName: TABLE, Item: item })),
  get: async (pk: string) => (await client.send(new GetItemCommand({ TableName: TABLE, Key: key(pk) }))).Item,
  update: (input: Omit<UpdateItemCommandInput, "TableName">) =>
    client.send(new UpdateItemCommand({ TableName: TABLE, ...input })),
  query: (input: Omit<QueryCommandInput, "TableName">) => client.send(new QueryCommand({ TableName: TABLE, ...input })),
  transact: (TransactItems: TransactWriteItemsCommandInput["TransactItems"], ClientRequestToken?: string) =>
    client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken })),
});

/** Opens an engine and creates the table unless it is there. */
export const openDesk = async (options: EngineOptions = {}) => {
  const engine = await openEngine(options);
  const client = clientOf({ requestHandler: engine.requestHandler });
  const known = await client.send(new CreateTableCommand(deskTable)).catch((error: Error) => error);
  if (known instanceof Error && known.name !== "ResourceInUseException") throw known;
  engine.calls.length = 0;
  return { engine, client, ...verbsOf(client) };
};

/** What a promise is rejected with, by the fields that matter; "done" if it is not. */
export const refusal = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
    return "done";
  } catch (error) {
    if (!(error instanceof Error)) return error;
    const { name, message } = error;
    const reasons = "CancellationReasons" in error ? { reasons: error.CancellationReasons } : {};
    return { name, message, ...reasons };
  }
};
