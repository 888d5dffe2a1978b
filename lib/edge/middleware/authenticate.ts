/** Asks who is calling, before the body is looked at. */
import type { Asked, Scheme } from "#edge/contract";
import { openLimiter } from "#edge/middleware/limit";
import type { Step } from "#edge/middleware/state";
import { Refused } from "#kernel/refusal";
import type { Ports } from "#ports";

type Asking = { readonly ports: Ports; readonly asked: Asked };

const isNobody = (error: unknown): boolean => error instanceof Refused && error.refusal.code === "UNAUTHENTICATED";

/** Puts the caller into the state, or throws the scheme's refusal; without a scheme anybody may ask and there is no caller. */
export const authenticate = <Who>(
  scheme: Scheme<Who> | undefined,
  endpoint: string,
): Step<{ ports: Ports; asked: Asked; caller: Who }> => {
  const limiters = (scheme?.failures ?? []).map((row) =>
    openLimiter(row, endpoint, ({ asked }: Asking) => row.by(asked)),
  );
  return {
    before: async ({ internal }) => {
      if (!scheme) return;
      try {
        internal.caller = await scheme.authenticate(internal.asked, internal.ports);
      } catch (error) {
        if (isNobody(error)) for (const slowDown of limiters) await slowDown(internal);
        throw error;
      }
    },
  };
};
