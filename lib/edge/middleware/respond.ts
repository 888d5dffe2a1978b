/** Turns what the use case said into bytes. */
import type { Answer } from "#edge/contract";
import type { Result, Step } from "#edge/middleware/state";
import { writeJson } from "#kernel/json";

const typeOf = (body: unknown): Record<string, string> =>
  body === undefined
    ? {}
    : { "content-type": typeof body === "string" ? "text/html; charset=utf-8" : "application/json" };

/** An answer as the gateway takes it: objects as compact JSON, text (HTML unless its headers say otherwise) as it is. */
export const print = ({ status, headers, body }: Answer): Result => ({
  statusCode: status,
  headers: { ...typeOf(body), ...headers },
  ...(body !== undefined && { body: typeof body === "string" ? body : writeJson(body) }),
});

/** Answers with what the use case said, in the contract's encoding. */
export const respond = <Said>(encode: (said: Said) => Answer): Step<{ said: Said }> => ({
  after: (request) => {
    request.response = print(encode(request.internal.said));
  },
});
