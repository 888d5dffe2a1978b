import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deskTable, key, openDesk, refusal, TABLE } from "./client.ts";

const NOW = Date.UTC(2026, 10, 20);
let desk: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  desk = await openDesk({ now: () => NOW });
});
afterEach(() => desk.engine.close());

const missing = {
  name: "ResourceNotFoundException",
  message: `Requested resource not found: Table: ${TABLE} not found`,
};
const describeDesk = async () => (await desk.client.send(new DescribeTableCommand({ TableName: TABLE }))).Table;

test("A table is active, with its indexes, as soon as it is created", async () => {
  await waitUntilTableExists({ client: desk.client, maxWaitTime: 30 }, { TableName: TABLE });
  expect(await describeDesk()).toMatchObject({
    TableName: TABLE,
    TableStatus: "ACTIVE",
    KeySchema: deskTable.KeySchema,
    CreationDateTime: new Date(NOW),
    DeletionProtectionEnabled: false,
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    GlobalSecondaryIndexes: [
      { IndexName: "due", IndexStatus: "ACTIVE" },
      { IndexName: "list", IndexStatus: "ACTIVE" },
    ],
  });
});

test("A table cannot be created twice", async () => {
  expect(await refusal(desk.client.send(new CreateTableCommand(deskTable)))).toMatchObject({
    name: "ResourceInUseException",
  });
});

test("A deleted table is gone with its items and index rows", async () => {
  await desk.put({ ...key("a"), list: { S: "open" } });
  await desk.client.send(new DeleteTableCommand({ TableName: TABLE }));
  expect(await refusal(describeDesk())).toEqual(missing);
  expect(await refusal(desk.put(key("a")))).toEqual({
    name: "ResourceNotFoundException",
    message: "Requested resource not found",
  });
  await desk.client.send(new CreateTableCommand(deskTable));
  const scans = [undefined, "list"].map((IndexName) =>
    desk.client.send(new ScanCommand({ TableName: TABLE, IndexName })),
  );
  expect((await Promise.all(scans)).map(({ Count }) => Count)).toEqual([0, 0]);
});

test("Deletion protection refuses the deletion until it is switched off", async () => {
  const guarded = { ...deskTable, TableName: "guarded", DeletionProtectionEnabled: true };
  await desk.client.send(new CreateTableCommand(guarded));
  const remove = () => desk.client.send(new DeleteTableCommand({ TableName: "guarded" }));
  expect(await refusal(remove())).toEqual({
    name: "ValidationException",
    message:
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
  });
  await desk.client.send(new UpdateTableCommand({ TableName: "guarded", DeletionProtectionEnabled: false }));
  expect(await refusal(remove())).toBe("done");
});

test("Nothing else about a table can be updated", async () => {
  const update = new UpdateTableCommand({
    TableName: TABLE,
    DeletionProtectionEnabled: true,
    BillingMode: "PROVISIONED",
  });
  expect(await refusal(desk.client.send(update))).toEqual({
    name: "ValidationException",
    message: "BillingMode cannot be updated by the embedded engine",
  });
});

test("Tables are listed by name, in pages", async () => {
  for (const TableName of ["aaa", "zzz"]) await desk.client.send(new CreateTableCommand({ ...deskTable, TableName }));
  const page = async (ExclusiveStartTableName?: string) => {
    const { TableNames, LastEvaluatedTableName } = await desk.client.send(
      new ListTablesCommand({ Limit: 2, ExclusiveStartTableName }),
    );
    return [TableNames, LastEvaluatedTableName];
  };
  expect([await page(), await page(TABLE)]).toEqual([
    [["aaa", TABLE], TABLE],
    [["zzz"], undefined],
  ]);
});

test("Continuous backups are described as they were set", async () => {
  const status = async () =>
    (await desk.client.send(new DescribeContinuousBackupsCommand({ TableName: TABLE }))).ContinuousBackupsDescription
      ?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  expect(await status()).toBe("DISABLED");
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await desk.client.send(new UpdateContinuousBackupsCommand({ TableName: TABLE, PointInTimeRecoverySpecification }));
  expect(await status()).toBe("ENABLED");
});
