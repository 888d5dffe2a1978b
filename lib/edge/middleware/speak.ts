/** Says no in the protocol's words; whatever is not an expected no is a fault, and nothing of it is told. */
import type { Answer, Asked, Dialect } from "#edge/contract";
import { print } from "#edge/middleware/respond";
import type { AnywayStep, Event } from "#edge/middleware/state";
import { edgeRefusals, Outage, type Refusal, Refused, refuse } from "#kernel/refusal";

const FAULT = refuse("FAULT");

const refusalOf = (error: unknown, mayRefuse: readonly string[]): Refusal => {
  if (error instanceof Outage) return refuse("FAULT", { outage: "the table" });
  const isKnown =
    error instanceof Refused &&
    (mayRefuse.includes(error.refusal.code) || Object.hasOwn(edgeRefusals, error.refusal.code));
  return isKnown ? error.refusal : FAULT;
};

/** How HTTP itself says it, where a protocol has no words: the status of a route that is none, or of a fault. */
const sayBarely = ({ code, facts }: Refusal): Answer => {
  if (code !== "UNKNOWN_ROUTE") return { status: 500 };
  return facts.allow === undefined ? { status: 404 } : { status: 405, headers: { Allow: String(facts.allow) } };
};

/** A refusal in a dialect's words, or HTTP's where it has none; and `Retry-After` where the refusal tells how long to wait and the dialect does not. */
export const utter = (dialect: Dialect, refusal: Refusal, asked?: Asked, atMs?: number): Answer => {
  const answer = dialect(refusal, asked, atMs) ?? sayBarely(refusal);
  const { retryAfterSeconds } = refusal.facts;
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { "Retry-After": String(retryAfterSeconds), ...answer.headers } };
};

/** The innermost step to hear of an error: a refusal that the endpoint may utter goes through its dialect, anything else is FAULT. */
export const speak = (dialectFor: (event: Event) => Dialect, mayRefuse: readonly string[]): AnywayStep => ({
  onError: (request) => {
    const { event, internal, error } = request;
    const say = (refusal: Refusal, fault: unknown): void => {
      internal.refusal = refusal;
      internal.fault = fault;
      request.response = print(utter(dialectFor(event), refusal, internal.asked, internal.startedAtMs));
    };
    try {
      say(refusalOf(error, mayRefuse), error);
    } catch (speechless) {
      try {
        say(FAULT, speechless);
      } catch {
        request.response = { statusCode: 500 };
      }
    }
  },
});
