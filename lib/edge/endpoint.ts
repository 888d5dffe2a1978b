/** The one chain that every HTTP endpoint is made of (DESIGN section 4). */
import middy from "@middy/core";
import type { Contract, UseCase } from "#edge/contract";
import { authenticate } from "#edge/middleware/authenticate";
import { observe } from "#edge/middleware/observe";
import { perform } from "#edge/middleware/perform";
import { rawBody } from "#edge/middleware/rawBody";
import { respond } from "#edge/middleware/respond";
import { speak } from "#edge/middleware/speak";
import type { Handler, Live } from "#edge/middleware/state";
import { validate } from "#edge/middleware/validate";

/** Wires what may be said to what happens. The handler never rejects: whatever goes wrong is said in the contract's dialect. */
export const endpoint = <Wish, Said, Who>(
  row: Contract<Wish, Said, Who>,
  useCase: UseCase<Wish, Said, Who>,
  live: Live,
): Handler => {
  const chain = middy({ timeoutEarlyInMillis: 0 })
    .use(observe(row.name, live))
    .use(rawBody())
    .use(authenticate(row.auth))
    .use(validate(row.request))
    .use(perform(useCase, row.subject))
    .use(respond(row.encode))
    .use(speak(() => row.dialect, row.mayRefuse));
  return (event, context) => chain(event, context);
};
