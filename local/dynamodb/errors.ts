// What the engine says instead of an answer: the service's own error types and words, on the wire as
// `{ "__type": "<namespace>#<name>", "message": … }`.

const DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
const VALIDATE = "com.amazon.coral.validate#";
const CORAL = "com.amazon.coral.service#";

/** A refusal the service would utter: `type` as on the wire, `details` the further members of its body. */
export class ServiceError extends Error {
  readonly type: string;
  readonly statusCode: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, details: Readonly<Record<string, unknown>> = {}, statusCode = 400) {
    super(message);
    this.name = type.slice(type.indexOf("#") + 1);
    this.type = type;
    this.statusCode = statusCode;
    this.details = details;
  }
}

/** The answer that never came: what the SDK calls a timeout, thrown instead of returning an answer. */
export class LostAnswer extends Error {
  constructor() {
    super("the answer was lost (injected fault)");
    this.name = "TimeoutError";
  }
}

/** One entry of `CancellationReasons`; `Item` only where the action asked for ALL_OLD. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: object;
}

/** The reason of an action that would have succeeded. */
export const NO_REASON: CancellationReason = { Code: "None" };

/** What is wrong with a request, in the service's words. */
export const validationError = (message: string): ServiceError =>
  new ServiceError(`${VALIDATE}ValidationException`, message);

/** A body that is no JSON object of the right members. */
export const serializationError = (message = ""): ServiceError =>
  new ServiceError(`${CORAL}SerializationException`, message);

/** An operation (or a path) that nobody serves. */
export const unknownOperation = (): ServiceError => new ServiceError(`${CORAL}UnknownOperationException`, "");

/** A request that is not signed. */
export const missingToken = (): ServiceError =>
  new ServiceError(`${CORAL}MissingAuthenticationTokenException`, "Request is missing Authentication Token");

/** A body beyond the limit. */
export const requestTooLarge = (): ServiceError =>
  new ServiceError(`${CORAL}RequestEntityTooLargeException`, "Request body is too large", {}, 413);

/** A table that does not exist. */
export const resourceMissing = (what = ""): ServiceError =>
  new ServiceError(`${DYNAMODB}ResourceNotFoundException`, `Requested resource not found${what}`);

/** A fault of the service itself (500). */
export const internalError = (message: string): ServiceError =>
  new ServiceError(`${DYNAMODB}InternalServerError`, message, {}, 500);

/** A condition that does not hold; with the item, where it was asked for. */
export const conditionFailed = (item: object | undefined): ServiceError =>
  new ServiceError(
    `${DYNAMODB}ConditionalCheckFailedException`,
    "The conditional request failed",
    item ? { Item: item } : {},
  );

/** A write that met a transaction under way on its item. */
export const transactionConflict = (): ServiceError =>
  new ServiceError(`${DYNAMODB}TransactionConflictException`, "Transaction is ongoing for the item");

/** Too much traffic for a table on demand. */
export const throttled = (): ServiceError =>
  new ServiceError(
    "com.amazon.coral.availability#ThrottlingException",
    "Throughput exceeds the current capacity of your table or index. " +
      "DynamoDB is automatically scaling your table or index so please try again shortly.",
  );

/** Too much traffic for a provisioned table. */
export const throughputExceeded = (): ServiceError =>
  new ServiceError(
    `${DYNAMODB}ProvisionedThroughputExceededException`,
    "The level of configured provisioned throughput for the table was exceeded. " +
      "Consider increasing your provisioning level with the UpdateTable API.",
  );

/** A ClientRequestToken that another transaction had. */
export const tokenReused = (): ServiceError =>
  new ServiceError(
    `${DYNAMODB}IdempotentParameterMismatchException`,
    "The ClientRequestToken was used before with other transaction items",
  );

/** Says why a transaction did not happen, one reason for each of its actions, in their order. */
export const transactionCancelled = (reasons: readonly CancellationReason[]): ServiceError => {
  const codes = reasons.map((reason) => reason.Code).join(", ");
  return new ServiceError(
    `${DYNAMODB}TransactionCanceledException`,
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
};
