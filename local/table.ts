/** Makes the one table in the embedded engine, as lib/store/table.yml makes it in AWS; a test holds the two against each other. */
import type { Engine } from "./dynamodb/engine.ts";

const index = (name: string, hash: string, range: string) => ({
  IndexName: name,
  KeySchema: [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ],
  Projection: { ProjectionType: "KEYS_ONLY" },
});

/** The table's schema, in the words of CreateTable and of CloudFormation. */
export const tableSchema = {
  AttributeDefinitions: ["pk", "sk", "due", "dueAt", "list", "listAt"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S",
  })),
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [index("due", "due", "dueAt"), index("list", "list", "listAt")],
  BillingMode: "PAY_PER_REQUEST",
};

/** The field that DynamoDB's time to live reads. */
export const TTL_FIELD = "ttl";

/** Makes the table if it is not there yet. */
export const makeTable = async (engine: Pick<Engine, "handle">, table: string): Promise<void> => {
  const ask = (operation: string, input: object) =>
    engine.handle(`DynamoDB_20120810.${operation}`, JSON.stringify({ TableName: table, ...input }));
  const described = await ask("DescribeTable", {});
  if (described.statusCode === 200) return;
  const made = await ask("CreateTable", { ...tableSchema, DeletionProtectionEnabled: true });
  if (made.statusCode !== 200) throw new Error(`the table could not be made: ${made.body}`);
  await ask("UpdateTimeToLive", { TimeToLiveSpecification: { AttributeName: TTL_FIELD, Enabled: true } });
};
