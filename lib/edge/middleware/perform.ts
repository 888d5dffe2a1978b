/** Lets the use case happen. */
import type { Contract, UseCase } from "#edge/contract";
import type { Step } from "#edge/middleware/state";
import type { Ports } from "#ports";

/** Puts what the use case says into the state, and what it is about; its refusals and faults pass through. */
export const perform = <Wish, Said, Who>(
  useCase: UseCase<Wish, Said, Who>,
  subjectOf: Contract<Wish, Said, Who>["subject"],
): Step<{ wish: Wish; ports: Ports; caller: Who; said: Said; subject: string | undefined }> => ({
  before: async ({ internal }) => {
    internal.subject = subjectOf?.(internal.wish, undefined);
    internal.said = await useCase(internal.wish, internal.ports, internal.caller);
    internal.subject = subjectOf?.(internal.wish, internal.said);
  },
});
