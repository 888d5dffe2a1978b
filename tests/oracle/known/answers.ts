/** Known deviations in what an answer holds and what it cost; each explained under its title in docs/oracle.md. */
import { isDeepStrictEqual } from "node:util";
import type { Covers, Deviations } from "./deviation.ts";
import { inPlainNumbers } from "./numbers.ts";

const numbers: Covers = ({ engine, oracle }) =>
  isDeepStrictEqual(inPlainNumbers(engine.content), inPlainNumbers(oracle.content));

const UPDATED = /^UPDATED_(?:OLD|NEW)$/;

/** DynamoDB Local tells the whole attribute of which a part was updated. */
const partUpdated: Covers = ({ request: { input }, engine, oracle }) => {
  const [ours, theirs] = [Object(engine.content.Attributes), Object(oracle.content.Attributes)];
  return (
    "ReturnValues" in input &&
    UPDATED.test(String(input.ReturnValues)) &&
    "UpdateExpression" in input &&
    /[.[]/.test(String(input.UpdateExpression)) &&
    Object.keys(ours).every((name) => name in theirs)
  );
};

const atTheEnd: Covers = ({ request: { operation, input }, engine, oracle }) => {
  const { LastEvaluatedKey, ...page } = engine.content;
  return (
    operation === "Query" &&
    LastEvaluatedKey !== undefined &&
    "Limit" in input &&
    input.Limit === page.ScannedCount &&
    isDeepStrictEqual(inPlainNumbers(page), inPlainNumbers(oracle.content))
  );
};

/** Deviations in what an answer holds. */
export const contents: Deviations = {
  "How numbers are written": numbers,
  "The part of a document that was updated": partUpdated,
  "Where a bounded query ends": atTheEnd,
};

interface Capacity {
  readonly TableName?: string;
  readonly Table?: object;
}

const shapeOf = (capacity: unknown): unknown =>
  Array.isArray(capacity)
    ? capacity.map(({ TableName, Table }: Capacity) => [TableName, Table !== undefined])
    : capacity;

const halfKey: Covers = ({ request, engine, oracle }) => {
  const [ours, theirs] = [Object(engine.capacity), Object(oracle.capacity)];
  const listed = Object(ours.GlobalSecondaryIndexes);
  const added = Object.entries(Object(theirs.GlobalSecondaryIndexes)).filter(([name]) => !(name in listed));
  const more = theirs.CapacityUnits - ours.CapacityUnits;
  return (
    /^(?:Put|Update)Item$/.test(request.operation) &&
    (more === 1 || more === 2) &&
    isDeepStrictEqual(ours.Table, theirs.Table) &&
    (ours.Table === undefined ||
      (added.length === more && added.every(([, units]) => Object(units).CapacityUnits === 1)))
  );
};

/** Deviations in what an answer cost. */
export const capacities: Deviations = {
  "Capacity that nobody asked for": ({ request, engine }) =>
    request.operation === "DeleteItem" && engine.capacity === undefined,
  "What a transaction costs": ({ request, engine, oracle }) =>
    request.operation === "TransactWriteItems" && isDeepStrictEqual(shapeOf(engine.capacity), shapeOf(oracle.capacity)),
  "Half a key of an index": halfKey,
};
