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

export const validationError = (message: string): ServiceError =>
  new ServiceError(`${VALIDATE}ValidationException`, message);

export const serializationError = (message = ""): ServiceError =>
  new ServiceError(`${CORAL}SerializationException`, message);

export const unknownOperation = (): ServiceError => new ServiceError(`${CORAL}UnknownOperationException`, "");

export const missingToken = (): ServiceError =>
  new ServiceError(`${CORAL}MissingAuthenticationTokenException`, "Request is missing Authentication Token");

export const requestTooLarge = (): ServiceError =>
  new ServiceError(`${CORAL}RequestEntityTooLargeException`, "Request body is too large", {}, 413);

export const resourceMissing = (what = ""): ServiceError =>
  new ServiceError(`${DYNAMODB}ResourceNotFoundException`, `Requested resource not found${what}`);

export const internalError = (message: string): ServiceError =>
  new ServiceError(`${DYNAMODB}InternalServerError`, message, {}, 500);

export const conditionFailed = (item: object | undefined): ServiceError =>
  new ServiceError(
    `${DYNAMODB}ConditionalCheckFailedException`,
    "The conditional request failed",
    item ? { Item: item } : {},
  );

export const transactionConflict = (): ServiceError =>
  new ServiceError(`${DYNAMODB}TransactionConflictException`, "Transaction is ongoing for the item");

export const throttled = (): ServiceError =>
  new ServiceError(
    "com.amazon.coral.availability#ThrottlingException",
    "Throughput exceeds the current capacity of your table or index. " +
      "DynamoDB is automatically scaling your table or index so please try again shortly.",
  );

export const throughputExceeded = (): ServiceError =>
  new ServiceError(
    `${DYNAMODB}ProvisionedThroughputExceededException`,
    "The level of configured provisioned throughput for the table was exceeded. " +
      "Consider increasing your provisioning level with the UpdateTable API.",
  );

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
