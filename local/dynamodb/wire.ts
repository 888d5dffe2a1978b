// JSON 1.0 over HTTP, apart from the transport: a target and a body come in, a status and a body go out.
import { internalError, LostAnswer, ServiceError, serializationError } from "./errors.ts";
import type { Input } from "./operation.ts";

/** The content type of every answer. */
export const CONTENT_TYPE = "application/x-amz-json-1.0";

/** An answer as it goes out. */
export interface Answer {
  readonly statusCode: number;
  readonly body: string;
}

/** Answers a call (`x-amz-target` and body); rejects with a TimeoutError where the answer is lost. */
export type Handle = (target: string, body: string) => Promise<Answer>;

/** Reads a request's body; throws a SerializationException unless it is a JSON object. */
export const decode = (body: string): Input => {
  try {
    const input: unknown = JSON.parse(body);
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return { ...input };
  } catch {
    // Not JSON at all: the same refusal as for JSON that is no object.
  }
  throw serializationError();
};

/** A successful answer. */
export const accept = (output: object): Answer => ({ statusCode: 200, body: JSON.stringify(output) });

/** The answer that tells an error; a lost answer stays lost, and a fault of the engine itself becomes a 500. */
export const refuse = (error: unknown): Answer => {
  if (error instanceof LostAnswer) throw error;
  const told = error instanceof ServiceError ? error : internalError(String(error));
  const { type, message, details, statusCode } = told;
  return { statusCode, body: JSON.stringify({ __type: type, message, ...details }) };
};
