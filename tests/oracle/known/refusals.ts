/** Known deviations in whether, and why, a request is refused; each explained under its title in docs/oracle.md. */
import { isDeepStrictEqual } from "node:util";
import type { Reason, View } from "../compare.ts";
import { keysOf } from "../requests/keys.ts";
import type { Covers, Deviations } from "./deviation.ts";
import { inPlainNumbers } from "./numbers.ts";
import { isSameWording } from "./wording.ts";

const isInvalid = ({ type }: View): boolean => type === "ValidationException";

const isSameReason = (one: Reason | undefined, other: Reason | undefined): boolean =>
  one?.Code === other?.Code &&
  isSameWording(one?.Message ?? "", other?.Message ?? "") &&
  isDeepStrictEqual(inPlainNumbers(one?.Item), inPlainNumbers(other?.Item));

const wording: Covers = ({ engine, oracle }) =>
  engine.status === oracle.status &&
  engine.type === oracle.type &&
  isSameWording(engine.message, oracle.message) &&
  engine.reasons.length === oracle.reasons.length &&
  engine.reasons.every((reason, nth) => isSameReason(reason, oracle.reasons[nth]));

/** What is wrong with an update of the item as it is. */
const UNFIT_UPDATE =
  /^The provided expression refers to an attribute|^The document path provided|^An operand in the update expression|^Number (?:over|under)flow|precision up to 38/;

const isUnfitUpdate = (view: View): boolean => isInvalid(view) && UNFIT_UPDATE.test(view.message);

/** DynamoDB Local tells the first such fault, alone. */
const actionUnfit: Covers = ({ engine, oracle }) => {
  const theirs = isInvalid(oracle) ? oracle.message : (oracle.reasons[0]?.Message ?? oracle.message);
  return (
    engine.type === "TransactionCanceledException" &&
    (isInvalid(oracle) || (oracle.type === engine.type && oracle.reasons.length < 2)) &&
    engine.reasons.some(
      ({ Code, Message = "" }) =>
        Code === "ValidationError" && (isSameWording(Message, theirs) || UNFIT_UPDATE.test(theirs)),
    )
  );
};

/** It judges actions one after the other, so that it may find one that fails before one that nobody would understand. */
const oneByOne: Covers = ({ request, engine, oracle }) =>
  request.operation === "TransactWriteItems" &&
  (isInvalid(engine) || engine.type === "ResourceNotFoundException") &&
  !UNFIT_UPDATE.test(engine.message) &&
  isUnfitUpdate(oracle);

const itemTwice: Covers = ({ request, engine }) => {
  const keys = keysOf(request).map((key) => JSON.stringify(key));
  return (
    isInvalid(engine) &&
    engine.message === "Transaction request cannot include multiple operations on one item" &&
    new Set(keys).size < keys.length
  );
};

const UNCHECKED =
  /^1 validation error detected: Value (?:'SOME' at 'return(?:ConsumedCapacity|ValuesOnConditionCheckFailure)'|'' at 'clientRequestToken'|(?:'no'|null) at 'tableName') failed/;

const unchecked: Covers = ({ request, engine }) =>
  isInvalid(engine) && request.operation.startsWith("Transact") && UNCHECKED.test(engine.message);

const KEY_CHANGE = / Cannot update attribute \w+\. This attribute is part of the key$/;

/** It judges the condition before it looks at what shall be updated. */
const keyChange: Covers = ({ engine, oracle }) =>
  (isInvalid(engine) && KEY_CHANGE.test(engine.message) && oracle.type === "ConditionalCheckFailedException") ||
  (engine.reasons.length === oracle.reasons.length &&
    engine.reasons.some(({ Message = "" }) => KEY_CHANGE.test(Message)) &&
    engine.reasons.every(
      (reason, nth) =>
        isSameReason(reason, oracle.reasons[nth]) ||
        (KEY_CHANGE.test(reason.Message ?? "") && oracle.reasons[nth]?.Code === "ConditionalCheckFailed"),
    ));

const beyondTheEnd: Covers = ({ request, engine, oracle }) =>
  request.operation === "Query" &&
  engine.status === 200 &&
  engine.content.ScannedCount === 0 &&
  oracle.message === "The provided starting key does not match the range key predicate";

/** The first that covers a difference explains it. */
export const refusals: Deviations = {
  Wording: wording,
  "An action that cannot be applied": actionUnfit,
  "Which of two faults of an update is told": ({ engine, oracle }) => isUnfitUpdate(engine) && isUnfitUpdate(oracle),
  "A transaction that nobody would understand": oneByOne,
  "One item twice in a transaction": itemTwice,
  "Members that only the real service checks": unchecked,
  "Changing a key under a condition": keyChange,
  "Where a bounded query ends": beyondTheEnd,
};
