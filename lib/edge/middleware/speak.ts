/** Says no in the protocol's words; whatever is not an expected no is a fault, and nothing of it is told. */
import type { Dialect } from "#edge/contract";
import { print } from "#edge/middleware/respond";
import type { AnywayStep, Event } from "#edge/middleware/state";
import { edgeRefusals, type Refusal, Refused, refuse } from "#kernel/refusal";

const FAULT = refuse("FAULT");

const refusalOf = (error: unknown, mayRefuse: readonly string[]): Refusal =>
  error instanceof Refused &&
  (mayRefuse.includes(error.refusal.code) || Object.hasOwn(edgeRefusals, error.refusal.code))
    ? error.refusal
    : FAULT;

/** The innermost step to hear of an error: a refusal that the endpoint may utter goes through its dialect, anything else is FAULT. */
export const speak = (dialectFor: (event: Event) => Dialect, mayRefuse: readonly string[]): AnywayStep => ({
  onError: (request) => {
    const { event, internal, error } = request;
    const utter = (refusal: Refusal, fault: unknown): void => {
      internal.refusal = refusal;
      internal.fault = fault;
      request.response = print(dialectFor(event)(refusal));
    };
    try {
      utter(refusalOf(error, mayRefuse), error);
    } catch (speechless) {
      try {
        utter(FAULT, speechless);
      } catch {
        request.response = { statusCode: 500 };
      }
    }
  },
});
