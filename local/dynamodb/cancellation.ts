// Why a transaction does not happen: every action is tried, and what goes wrong with each is its reason.
import { type CancellationReason, NO_REASON, ServiceError, transactionCancelled, validationError } from "./errors.ts";
import type { Struck } from "./faults.ts";

/** What a step yielded for an action, or the reason why the transaction is off. */
export interface Attempt<Result> {
  readonly result?: Result;
  readonly reason: CancellationReason;
}

/** Tries a step of an action; throws what is wrong with the request as a whole. */
export const attempt = <Result>(step: () => Result): Attempt<Result> => {
  try {
    return { result: step(), reason: NO_REASON };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { Item } = error.details;
    const told = typeof Item === "object" && Item !== null ? { Item } : {};
    if (error.name === "ConditionalCheckFailedException") {
      return { reason: { Code: "ConditionalCheckFailed", Message: error.message, ...told } };
    }
    if (error.name === "ValidationException") return { reason: { Code: "ValidationError", Message: error.message } };
    throw error;
  }
};

/** Throws where two actions are about the same row. */
export const refuseDuplicates = (keys: readonly (string | undefined)[]): void => {
  const known = keys.filter((key) => key !== undefined);
  if (new Set(known).size < known.length) {
    throw validationError("Transaction request cannot include multiple operations on one item");
  }
};

/** What all actions yielded; throws the reasons of all where one has any. */
export const collect = <Result>(attempts: readonly Attempt<Result>[], struck: Struck): Result[] => {
  const reasons = attempts.map(({ reason }, position) => struck.get(position) ?? reason);
  if ([...struck.keys()].some((position) => position >= reasons.length)) {
    throw new Error("an injected fault strikes an action that the transaction does not have");
  }
  if (reasons.some((reason) => reason !== NO_REASON)) throw transactionCancelled(reasons);
  return attempts.flatMap(({ result }) => (result === undefined ? [] : [result]));
};
