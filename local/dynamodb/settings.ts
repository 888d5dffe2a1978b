// What a table is told besides its schema: which attribute is its time to live, and whether it is backed up
// continuously (remembered and described; a desk keeps no backups).
import * as z from "zod";
import { validationError } from "./errors.ts";
import { type Operation, read } from "./operation.ts";
import { controlTable, type Settings, settingsKey } from "./storage.ts";

const named = z.object({ TableName: z.string() });

const TimeToLive = named.extend({
  TimeToLiveSpecification: z.object({ AttributeName: z.string().min(1), Enabled: z.boolean() }),
});

/** UpdateTimeToLive. */
export const updateTimeToLive: Operation = async (input, { storage }) => {
  const { TableName, TimeToLiveSpecification } = read(TimeToLive, input);
  const { AttributeName, Enabled } = TimeToLiveSpecification;
  controlTable(TableName, storage);
  const { ttlAttribute, ...others } = storage.settings(TableName);
  if (Enabled && ttlAttribute === AttributeName) throw validationError("TimeToLive is already enabled");
  if (!Enabled && ttlAttribute === undefined) throw validationError("TimeToLive is already disabled");
  if (ttlAttribute !== undefined && ttlAttribute !== AttributeName) {
    throw validationError(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${ttlAttribute}`,
    );
  }
  const value = Enabled ? { ...others, ttlAttribute: AttributeName } : others;
  await storage.commit([{ type: "put", key: settingsKey(TableName), value }]);
  return { output: { TimeToLiveSpecification } };
};

/** DescribeTimeToLive. */
export const describeTimeToLive: Operation = async (input, { storage }) => {
  const { TableName } = read(named, input);
  controlTable(TableName, storage);
  const { ttlAttribute } = storage.settings(TableName);
  const enabled = { TimeToLiveStatus: "ENABLED", AttributeName: ttlAttribute };
  return { output: { TimeToLiveDescription: ttlAttribute ? enabled : { TimeToLiveStatus: "DISABLED" } } };
};

const ContinuousBackups = named.extend({
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
});

const tellBackups = ({ pointInTimeRecovery }: Settings): object => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: "ENABLED",
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: pointInTimeRecovery ? "ENABLED" : "DISABLED" },
  },
});

/** UpdateContinuousBackups. */
export const updateContinuousBackups: Operation = async (input, { storage }) => {
  const { TableName, PointInTimeRecoverySpecification } = read(ContinuousBackups, input);
  controlTable(TableName, storage);
  const pointInTimeRecovery = PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled;
  const value: Settings = { ...storage.settings(TableName), pointInTimeRecovery };
  await storage.commit([{ type: "put", key: settingsKey(TableName), value }]);
  return { output: tellBackups(value) };
};

/** DescribeContinuousBackups. */
export const describeContinuousBackups: Operation = async (input, { storage }) => {
  const { TableName } = read(named, input);
  controlTable(TableName, storage);
  return { output: tellBackups(storage.settings(TableName)) };
};
