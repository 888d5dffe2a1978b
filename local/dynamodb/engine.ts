// The embedded DynamoDB engine (design, section 10): the wire protocol's operations over dynalite's parts, with what
// dynalite lacks: transactions, tokens, time to live, index capacity, a settable clock, faults and a log of calls.
import { type Cost, totalUnits } from "./capacity.ts";
import { unknownOperation } from "./errors.ts";
import { sweepExpired } from "./expiry.ts";
import { createFaults, type Fault, type Faults, strikeAfter, strikeBefore, struckBy } from "./faults.ts";
import type { Operation, Standing } from "./operation.ts";
import { createQueue } from "./queue.ts";
import { batchGetItem, getItem, query, scan } from "./read.ts";
import { createRequestHandler, type RequestHandler } from "./requestHandler.ts";
import {
  describeContinuousBackups,
  describeTimeToLive,
  updateContinuousBackups,
  updateTimeToLive,
} from "./settings.ts";
import { openStorage } from "./storage.ts";
import { createTable, deleteTable, describeTable, listTables, updateTable } from "./tables.ts";
import { openTokens } from "./tokens.ts";
import { transactGetItems, transactWriteItems } from "./transaction.ts";
import { type Answer, accept, decode, type Handle, refuse } from "./wire.ts";
import { batchWriteItem, deleteItem, putItem, updateItem } from "./write.ts";

/** One call: its operation, the capacity units it consumed, and the name of the error it ended in. */
export interface Call {
  readonly operation: string;
  readonly units: number;
  readonly error?: string;
}

/** Calls remembered before the oldest are forgotten, so that a server that runs for weeks does not grow. */
const CALLS_KEPT = 10_000;

/** A running engine; every promise settles in the order of the calls. */
export interface Engine {
  /** Answers one call of the wire protocol. */
  readonly handle: Handle;
  /** For `new DynamoDBClient({ requestHandler })`: the same without a network. */
  readonly requestHandler: RequestHandler;
  /** What shall go wrong next. */
  readonly faults: Faults;
  /** The calls since `calls.length = 0`, oldest first, at most CALLS_KEPT. */
  readonly calls: Call[];
  /** Deletes what is past its time to live; yields how many items. */
  sweepExpired(): Promise<number>;
  /** Waits for what is under way and releases the store; later calls fail. */
  close(): Promise<void>;
}

/** On disk at `path` (a folder, created if absent) or in memory; `now` is the clock in ms. */
export interface EngineOptions {
  readonly path?: string;
  readonly now?: () => number;
}

const TARGET_PREFIX = "DynamoDB_20120810.";

const OPERATIONS: Readonly<Record<string, Operation>> = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DeleteTable: deleteTable,
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  GetItem: getItem,
  ListTables: listTables,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  TransactGetItems: transactGetItems,
  TransactWriteItems: transactWriteItems,
  UpdateContinuousBackups: updateContinuousBackups,
  UpdateItem: updateItem,
  UpdateTable: updateTable,
  UpdateTimeToLive: updateTimeToLive,
};

const operationFor = (name: string): Operation => {
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (!operation) throw unknownOperation();
  return operation;
};

interface Attempt {
  readonly name: string;
  readonly body: string;
  readonly fault: Fault | undefined;
}

const perform = async ({ name, body, fault }: Attempt, core: Standing, note: (call: Call) => void): Promise<Answer> => {
  let costs: readonly Cost[] = [];
  const told = (): Call => ({ operation: name, units: totalUnits(costs) });
  try {
    const operation = operationFor(name);
    strikeBefore(fault);
    const outcome = await operation(decode(body), { ...core, struck: struckBy(fault) });
    costs = outcome.costs ?? [];
    strikeAfter(fault);
    note(told());
    return accept(outcome.output);
  } catch (error) {
    note({ ...told(), error: error instanceof Error ? error.name : String(error) });
    return refuse(error);
  }
};

/** Opens an engine; rejects if its folder is in use by another process. */
export const openEngine = async ({ path, now = Date.now }: EngineOptions = {}): Promise<Engine> => {
  const storage = await openStorage(path);
  const core: Standing = { storage, now, tokens: await openTokens(storage, now) };
  const faults = createFaults();
  const calls: Call[] = [];
  const inTurn = createQueue();
  const note = (call: Call): void => {
    calls.push(call);
    if (calls.length > CALLS_KEPT) calls.shift();
  };
  const handle: Handle = (target, body) => {
    const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : "";
    const fault = faults.take(name);
    return inTurn(() => perform({ name, body, fault }, core, note));
  };
  return {
    handle,
    requestHandler: createRequestHandler(handle),
    faults,
    calls,
    sweepExpired: () => inTurn(() => sweepExpired(core)),
    close: () => inTurn(() => storage.close()),
  };
};
