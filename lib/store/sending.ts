/** When a call is sent again, and when one may say how it ended. */
import { Fault, Outage } from "#kernel/refusal";
import { type Reason, reasonOf } from "#store/reason";

/** How often one call is sent at the most, all sendings bearing the same bytes and token. */
export const MOST_SENDINGS = 4;

/** The first pause between sendings, doubled each time, and random below that. */
const FIRST_PAUSE_MS = 20;

/** How a call ended; an end that stayed unknown is thrown. */
export type Sent<Output> =
  | { readonly done: true; readonly output: Output }
  | { readonly done: false; readonly reason: Extract<Reason, { is: "conditions" } | { is: "conflict" | "throttled" }> };

/**
 * Sends a call until its end is known. A write whose answer was lost is in doubt: it is repeated as it was until the
 * table tells, and while it is in doubt a conflict or a throttle says nothing (the conflict may be with itself). A sending that was thought lost can still arrive after a later one was refused: what it
 * then does is done, and heard of by whoever repeats.
 * Throws `Fault` for a bug, and `Outage` for an end that stays unknown.
 */
export const sendUntilKnown = async <Output>(
  kind: "read" | "write",
  call: () => Promise<Output>,
  pause: (belowMs: number) => Promise<void>,
): Promise<Sent<Output>> => {
  let isInDoubt = false;
  let cause: unknown;
  for (let nth = 1; ; nth++) {
    try {
      return { done: true, output: await call() };
    } catch (error) {
      cause = error;
    }
    const reason = reasonOf(cause);
    if (reason.is === "fault") throw new Fault("the table refuses the call", { cause });
    if (reason.is === "conditions") return { done: false, reason };
    isInDoubt ||= kind === "write" && reason.is === "unknown";
    if (reason.is === "conflict" && kind === "write" && !isInDoubt) return { done: false, reason };
    if (nth === MOST_SENDINGS) {
      if (isInDoubt || reason.is === "unknown")
        throw new Outage("the table does not answer: the end is unknown", { cause });
      return { done: false, reason };
    }
    await pause(FIRST_PAUSE_MS * 2 ** (nth - 1));
  }
};
