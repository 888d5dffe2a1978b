// Fault injection: what the real service does now and then and this engine by itself never does, on demand.
import {
  type CancellationReason,
  internalError,
  LostAnswer,
  type ServiceError,
  throttled,
  throughputExceeded,
  transactionConflict,
} from "./errors.ts";

/**
 * What goes wrong. `conflict`, `throttle` (on demand) and `throughput` (provisioned) are exceptions of single
 * operations and cancellation reasons of transactions; `timeoutBefore` loses the request, `timeoutAfter` the answer.
 */
export type FaultKind = "conflict" | "throttle" | "throughput" | "internalError" | "timeoutBefore" | "timeoutAfter";

/** A fault of the next call of an operation; `at` is the position of the transaction's struck action (default 0). */
export interface Fault {
  readonly operation: string;
  readonly kind: FaultKind;
  readonly at?: number;
}

/** Cancellation reasons put upon a transaction's actions, by position; they outrank what an action itself would say. */
export type Struck = ReadonlyMap<number, CancellationReason>;

/** The faults a test has programmed. */
export interface Faults {
  /** Programs faults: each strikes once, and those of one operation in this order. */
  next(...faults: readonly Fault[]): void;
  /** Faults that have not struck yet. */
  pending(): readonly Fault[];
  /** Forgets what has not struck yet. */
  clear(): void;
}

const EXCEPTIONS = {
  conflict: transactionConflict,
  throttle: throttled,
  throughput: throughputExceeded,
  internalError: () => internalError("Internal server error"),
  timeoutBefore: () => new LostAnswer(),
} as const satisfies Partial<Record<FaultKind, () => Error>>;

const CODES = {
  conflict: "TransactionConflict",
  throttle: "ThrottlingError",
  throughput: "ProvisionedThroughputExceeded",
} as const;

const isReason = (kind: FaultKind): kind is keyof typeof CODES => Object.hasOwn(CODES, kind);

const TRANSACTIONS: ReadonlySet<string> = new Set(["TransactWriteItems", "TransactGetItems"]);
// The service lets plain reads pass while a transaction is under way.
const CONFLICTING: ReadonlySet<string> = new Set([...TRANSACTIONS, "PutItem", "UpdateItem", "DeleteItem"]);

/** Programmable faults, and `take`, by which the engine draws the fault of a call. */
export const createFaults = (): Faults & { take(operation: string): Fault | undefined } => {
  let waiting: readonly Fault[] = [];
  return {
    next: (...faults) => {
      const odd = faults.find(({ kind, operation }) => kind === "conflict" && !CONFLICTING.has(operation));
      if (odd) throw new Error(`${odd.operation} never meets a transaction conflict`);
      waiting = [...waiting, ...faults];
    },
    pending: () => waiting,
    clear: () => {
      waiting = [];
    },
    take: (operation) => {
      const fault = waiting.find((one) => one.operation === operation);
      waiting = waiting.filter((one) => one !== fault);
      return fault;
    },
  };
};

/** The reasons a fault puts upon a transaction's actions. */
export const struckBy = (fault: Fault | undefined): Struck => {
  if (!fault || !isReason(fault.kind)) return new Map();
  const { message }: ServiceError = EXCEPTIONS[fault.kind]();
  const reason: CancellationReason = { Code: CODES[fault.kind], Message: message };
  return new Map([[fault.at ?? 0, reason]]);
};

/** Throws what a fault makes of a call before anything is done; transactions meet their reasons later. */
export const strikeBefore = (fault: Fault | undefined): void => {
  if (!fault || fault.kind === "timeoutAfter") return;
  if (isReason(fault.kind) && TRANSACTIONS.has(fault.operation)) return;
  throw EXCEPTIONS[fault.kind]();
};

/** Throws where a fault loses the answer of a call that was done. */
export const strikeAfter = (fault: Fault | undefined): void => {
  if (fault?.kind === "timeoutAfter") throw new LostAnswer();
};
