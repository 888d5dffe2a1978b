/** The one chain that every HTTP endpoint is made of (DESIGN section 4). */
import middy from "@middy/core";
import type { Contract, UseCase } from "#edge/contract";
import { asked } from "#edge/middleware/asked";
import { authenticate } from "#edge/middleware/authenticate";
import { limit, limitWish } from "#edge/middleware/limit";
import { observe } from "#edge/middleware/observe";
import { perform } from "#edge/middleware/perform";
import { respond } from "#edge/middleware/respond";
import { share } from "#edge/middleware/share";
import { speak } from "#edge/middleware/speak";
import type { Handler, Live } from "#edge/middleware/state";
import { validate } from "#edge/middleware/validate";

/** Wires what may be said to what happens. The handler never rejects: whatever goes wrong is said in the contract's dialect. */
export const endpoint = <Body, Said, Who, Told>(
  row: Contract<Body, Said, Who, Told>,
  useCase: UseCase<Body & Told, Said, Who>,
  live: Live,
): Handler => {
  const chain = middy({ timeoutEarlyInMillis: 0 })
    // First, as it cannot fail: whatever does, the dialect can look at what was asked.
    .use(asked())
    .use(observe(row.name, live))
    .use(share(row.origins))
    .use(authenticate(row.auth, row.name))
    .use(limit(row.limit, row.name))
    .use(validate(row))
    .use(limitWish(row.wishLimit, row.name))
    .use(perform(useCase, row.subject))
    .use(respond(row.encode))
    .use(speak(() => row.dialect, [...row.mayRefuse, ...(row.auth?.mayRefuse ?? [])]));
  return (event, context) => chain(event, context);
};
