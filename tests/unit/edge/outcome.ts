/** What becomes of a request where `validate` looks at it. */
import type { AnyContract } from "#edge/contract";
import { asked } from "#edge/middleware/asked";
import type { Event, State } from "#edge/middleware/state";
import { validate } from "#edge/middleware/validate";
import { Refused } from "#kernel/refusal";
import { askedWith, context } from "./given.ts";

/** What `validate` looks at of a contract. */
type Row = Pick<
  AnyContract,
  "request" | "parameters" | "maxBodyBytes" | "bodyIsOptional" | "bodyIsUnread" | "bodyIsAny" | "textsAreOfFields"
>;

/** What becomes of a request: the wish, or the facts of the refusal MALFORMED; without its issues unless they are asked for. */
export const outcomeAt = async (row: Row, event: Event, withIssues = false): Promise<unknown> => {
  const internal: Pick<State, "asked" | "wish"> = { asked: askedWith({}), wish: undefined };
  const request = { event, context, response: undefined, error: undefined, internal };
  try {
    await asked().before?.(request);
    await validate(row).before?.(request);
    return internal.wish;
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== "MALFORMED") throw error;
    const { issues: _, ...facts } = error.refusal.facts;
    return withIssues ? error.refusal.facts : facts;
  }
};
