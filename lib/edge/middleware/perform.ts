/** Lets the use case happen. */
import type { UseCase } from "#edge/contract";
import type { Step } from "#edge/middleware/state";
import type { Ports } from "#ports";

/** Puts what the use case says into the state; its refusals and faults pass through. */
export const perform = <Wish, Said, Who>(
  useCase: UseCase<Wish, Said, Who>,
): Step<{ wish: Wish; ports: Ports; caller: Who; said: Said }> => ({
  before: async ({ internal }) => {
    internal.said = await useCase(internal.wish, internal.ports, internal.caller);
  },
});
