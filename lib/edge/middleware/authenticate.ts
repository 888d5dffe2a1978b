/** Asks who is calling, before the body is looked at. */
import type { Asked, Scheme } from "#edge/contract";
import type { Step } from "#edge/middleware/state";
import type { Ports } from "#ports";

/** Puts the caller into the state, or throws the scheme's refusal; without a scheme anybody may ask and there is no caller. */
export const authenticate = <Who>(
  scheme: Scheme<Who> | undefined,
): Step<{ ports: Ports; asked: Asked; caller: Who }> => ({
  before: async ({ internal }) => {
    if (scheme) internal.caller = await scheme.authenticate(internal.asked, internal.ports);
  },
});
