// TransactWriteItems and TransactGetItems: all actions are judged against one state of the store, and either all their
// rows and the token are written in one batch, or nothing is and every action gets its cancellation reason.
import * as z from "zod";
import { attempt, collect, refuseDuplicates } from "./cancellation.ts";
import { type Cost, readUnits, TRANSACTION_FACTOR, tellCosts } from "./capacity.ts";
import { checkKey, itemSize, parse, project } from "./dynalite.ts";
import { validationError } from "./errors.ts";
import type { Struck } from "./faults.ts";
import type { GetData, Item } from "./language.ts";
import { capacityMode, constraintError, type Input, type Operation, read } from "./operation.ts";
import { itemKey, itemTable, type Storage } from "./storage.ts";
import { type Action, type ActionKind, type Change, locate, parseAction, plan, type Target } from "./write.ts";

/** The most actions in a transaction, by the service's quotas. */
const MAX_ACTIONS = 100;
/** The most bytes that a transaction's items may have together (4 MB, by the service's quotas). */
const MAX_ITEMS_BYTES = 4 * 1024 * 1024;
/** The longest ClientRequestToken, by the service's API reference. */
const MAX_TOKEN_LENGTH = 36;

const action = z.record(z.string(), z.unknown());

const TransactWrite = z.object({
  TransactItems: z.array(
    z.object({
      Put: action.optional(),
      Update: action.optional(),
      Delete: action.optional(),
      ConditionCheck: action.optional(),
    }),
  ),
  ClientRequestToken: z.string().optional(),
  ReturnConsumedCapacity: capacityMode,
});

const TransactGet = z.object({
  TransactItems: z.array(z.object({ Get: action })),
  ReturnConsumedCapacity: capacityMode,
});

const checkCount = (count: number): void => {
  if (count < 1) throw constraintError("'[]'", "transactItems", "have length greater than or equal to 1");
  if (count > MAX_ACTIONS) {
    throw constraintError(`'[${count} items]'`, "transactItems", `have length less than or equal to ${MAX_ACTIONS}`);
  }
};

const checkToken = (token: string | undefined): void => {
  if (token === undefined || (token.length > 0 && token.length <= MAX_TOKEN_LENGTH)) return;
  const bound = token ? `less than or equal to ${MAX_TOKEN_LENGTH}` : "greater than or equal to 1";
  throw constraintError(`'${token}'`, "clientRequestToken", `have length ${bound}`);
};

const NEEDED: Readonly<Partial<Record<ActionKind, string>>> = {
  Update: "UpdateExpression",
  ConditionCheck: "ConditionExpression",
};

/** An action without what only the operation of its own has; members that the service does not know it ignores. */
const membersOf = ({ ReturnValues: _, ReturnConsumedCapacity: __, ...input }: Input): Input => input;

const parseMember = (member: z.output<typeof TransactWrite>["TransactItems"][number], position: number): Action => {
  const [[kind, input] = [], ...more] = Object.entries(member) as [ActionKind, Input][];
  if (!kind || !input || more.length) {
    throw validationError("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const needed = NEEDED[kind];
  if (needed && input[needed] === undefined) {
    throw constraintError("null", `transactItems.${position + 1}.member.${kind}.${needed}`, "not be null");
  }
  return parseAction(kind, membersOf(input));
};

const checkSize = (changes: readonly Change[]): void => {
  const sizes = changes.map(({ before, after }) => itemSize(after ?? before ?? {}));
  if (sizes.reduce((sum, size) => sum + size, 0) <= MAX_ITEMS_BYTES) return;
  throw validationError("Transaction payload size cannot exceed 4MB");
};

const doubled = (cost: Cost): Cost => ({ ...cost, units: cost.units * TRANSACTION_FACTOR });

const readCost = (table: string, item: Item | undefined): Cost =>
  doubled({ table, units: readUnits(item), indexes: [] });

const planAll = (actions: readonly Action[], storage: Storage, struck: Struck): Change[] => {
  const located = actions.map((one) => attempt<Target>(() => locate(one, storage)));
  refuseDuplicates(located.map(({ result }) => result?.key));
  const planned = located.map(({ result, reason }) =>
    result ? attempt<Change>(() => plan(result, storage)) : { reason },
  );
  return collect<Change>(planned, struck);
};

/** TransactWriteItems. */
export const transactWriteItems: Operation = async (input, { storage, tokens, struck }) => {
  const request = read(TransactWrite, input);
  const { TransactItems: members, ClientRequestToken: token, ReturnConsumedCapacity: mode } = request;
  checkCount(members.length);
  checkToken(token);
  const actions = members.map(parseMember);
  const replay = token === undefined ? undefined : tokens.findReplay(token, members);
  if (replay) return { output: { ConsumedCapacity: tellCosts(replay, mode) }, costs: replay };
  const changes = planAll(actions, storage, struck);
  checkSize(changes);
  const reads = changes.map(({ table, before, after }) => readCost(table.TableName, after ?? before));
  const remembered = token === undefined ? [] : tokens.remember(token, members, reads);
  await storage.commit([...changes.flatMap(({ ops }) => ops), ...remembered]);
  const costs = changes.map(({ cost }) => doubled(cost));
  return { output: { ConsumedCapacity: tellCosts(costs, mode) }, costs };
};

const locateGet = (data: GetData, storage: Storage) => {
  const table = itemTable(data.TableName, storage);
  checkKey(data.Key, table);
  return { data, key: itemKey(data.Key, table) };
};

/** TransactGetItems. */
export const transactGetItems: Operation = async (input, { storage, struck }) => {
  const request = read(TransactGet, input);
  checkCount(request.TransactItems.length);
  const gets = request.TransactItems.map(({ Get }) => parse("GetItem", Get));
  const attempts = gets.map((data) => attempt(() => locateGet(data, storage)));
  refuseDuplicates(attempts.map(({ result }) => result?.key));
  const found = collect(attempts, struck).map(({ data, key }) => ({ data, item: storage.read<Item>(key) }));
  const costs = found.map(({ data, item }) => readCost(data.TableName, item));
  const responses = found.map(({ data, item }) => ({
    Item: item && data._projection ? project(data._projection.paths, item) : item,
  }));
  return {
    output: { Responses: responses, ConsumedCapacity: tellCosts(costs, request.ReturnConsumedCapacity) },
    costs,
  };
};
