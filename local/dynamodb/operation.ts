// What an operation is made of: it takes a request's parsed body and the engine's core, and yields its answer's body
// with what it cost.
import * as z from "zod";
import type { Cost } from "./capacity.ts";
import { serializationError, validationError } from "./errors.ts";
import type { Struck } from "./faults.ts";
import type { Storage } from "./storage.ts";
import type { Tokens } from "./tokens.ts";

/** A request's body. */
export type Input = Readonly<Record<string, unknown>>;

/** What the engine stands on; `now` is its clock in ms. */
export interface Standing {
  readonly storage: Storage;
  readonly tokens: Tokens;
  readonly now: () => number;
}

/** What an operation works on. */
export interface Core extends Standing {
  /** What an injected fault does to this call's transaction. */
  readonly struck: Struck;
}

/** An answer's body, and what giving it cost (control operations cost nothing). */
export interface Outcome {
  readonly output: object;
  readonly costs?: readonly Cost[];
}

/** One operation of the protocol. */
export type Operation = (input: Input, core: Core) => Promise<Outcome>;

// The interface of 2012, which expressions replaced.
const LEGACY = [
  "Expected",
  "AttributeUpdates",
  "ConditionalOperator",
  "QueryFilter",
  "ScanFilter",
  "KeyConditions",
  "AttributesToGet",
];

/** Throws where a request uses the old interface, which this engine would silently ignore. */
export const refuseLegacy = (input: Input): void => {
  const found = LEGACY.find((name) => input[name] !== undefined);
  if (found) throw validationError(`${found} is not supported by the embedded engine: use expressions`);
};

/** The shape of `ReturnConsumedCapacity`. */
export const capacityMode = z.enum(["INDEXES", "TOTAL", "NONE"]).optional();

/** The words of the service's request validation. */
export const constraintError = (value: string, member: string, constraint: string): Error =>
  validationError(
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );

/** A member as the service names it: `transactItems.1.member.get`. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) =>
      typeof step === "number" ? `${step + 1}.member` : String(step).replace(/^./, (first) => first.toLowerCase()),
    )
    .join(".");

/** Reads a body that dynalite has no check for; throws an exception that names the member that is wrong. */
export const read = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === "invalid_type" && issue.input === undefined) {
    throw constraintError("null", nameOf(issue.path), "not be null");
  }
  if (issue?.code === "invalid_value" && typeof issue.input === "string") {
    const values = issue.values.join(", ");
    throw constraintError(`'${issue.input}'`, nameOf(issue.path), `satisfy enum value set: [${values}]`);
  }
  throw serializationError(`${issue?.path.join(".")}: ${issue?.message}`);
};
