/** Turns what the use case said into bytes. */
import type { Answer } from "#edge/contract";
import type { Result, Step } from "#edge/middleware/state";
import { writeJson } from "#kernel/json";

const typeOf = ({ headers = {}, body }: Answer): Readonly<Record<string, string>> => {
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  if (body === undefined || isTyped) return {};
  return { "content-type": typeof body === "string" ? "text/html; charset=utf-8" : "application/json" };
};

/** An answer as the gateway takes it: objects as compact JSON, text (HTML unless its headers say otherwise) as it is. */
export const print = (answer: Answer): Result => ({
  statusCode: answer.status,
  headers: { ...typeOf(answer), ...answer.headers, ...(answer.replayed && { "Idempotency-Replayed": "true" }) },
  ...(answer.body !== undefined && { body: typeof answer.body === "string" ? answer.body : writeJson(answer.body) }),
});

/** Answers with what the use case said, in the contract's encoding. */
export const respond = <Said>(encode: (said: Said) => Answer): Step<{ said: Said }> => ({
  after: (request) => {
    request.response = print(encode(request.internal.said));
  },
});
