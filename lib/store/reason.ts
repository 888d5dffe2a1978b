/** What a failed call means: DynamoDB's errors, sorted by what one may conclude. */

/** A refusal of the table, by what it lets one conclude. `unknown`: it may have been done. */
export type Reason =
  | { readonly is: "conditions"; readonly items: readonly (AttributeMap | "held" | undefined)[] }
  | { readonly is: "conflict" | "throttled" }
  | { readonly is: "unknown" }
  | { readonly is: "fault" };

/** An item in DynamoDB's own notation. */
export type AttributeMap = Readonly<Record<string, unknown>>;

/** A cancellation reason of one action of a transaction. */
export interface Cancellation {
  readonly Code?: string | undefined;
  readonly Item?: AttributeMap | undefined;
}

const NOTHING_WAS_DONE_TOO_BUSY = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "Throttling",
  "RequestLimitExceeded",
]);

const OUR_MISTAKE = new Set([
  "ValidationException",
  "SerializationException",
  "ResourceNotFoundException",
  "AccessDeniedException",
  "UnrecognizedClientException",
  "MissingAuthenticationTokenException",
  "InvalidSignatureException",
  "ExpiredTokenException",
  "ItemCollectionSizeLimitExceededException",
  "IdempotentParameterMismatchException",
  // Before anything was sent: what cannot be written down, or a function without credentials.
  "TypeError",
  "RangeError",
  "CredentialsProviderError",
]);

/**
 * The reasons of a cancelled transaction as one verdict. As a set: a validation error is a bug whatever else failed, a
 * throttle or a conflict leaves the conditions undecided, and only where conditions alone failed is there an answer.
 */
export const reasonOfCancellation = (cancellations: readonly Cancellation[]): Reason => {
  const codes = new Set(cancellations.map(({ Code }) => Code ?? "None"));
  const only = (...known: readonly string[]) => [...codes].every((code) => known.includes(code));
  if (
    !only("None", "ConditionalCheckFailed", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded")
  )
    return { is: "fault" };
  if (codes.has("ThrottlingError") || codes.has("ProvisionedThroughputExceeded")) return { is: "throttled" };
  if (codes.has("TransactionConflict")) return { is: "conflict" };
  if (!codes.has("ConditionalCheckFailed")) return { is: "fault" };
  return {
    is: "conditions",
    items: cancellations.map(({ Code, Item }) => (Code === "ConditionalCheckFailed" ? Item : "held")),
  };
};

/** The reason of any error that a call of the SDK throws. Whatever is not surely undone is `unknown`. */
export const reasonOf = (error: unknown): Reason => {
  const { name, CancellationReasons, Item } = error as {
    readonly name?: string;
    readonly CancellationReasons?: readonly Cancellation[];
    readonly Item?: AttributeMap;
  };
  if (name === "TransactionCanceledException") return reasonOfCancellation(CancellationReasons ?? []);
  if (name === "ConditionalCheckFailedException") return { is: "conditions", items: [Item] };
  if (name === "TransactionConflictException") return { is: "conflict" };
  if (name !== undefined && NOTHING_WAS_DONE_TOO_BUSY.has(name)) return { is: "throttled" };
  if (name !== undefined && OUR_MISTAKE.has(name)) return { is: "fault" };
  return { is: "unknown" };
};
