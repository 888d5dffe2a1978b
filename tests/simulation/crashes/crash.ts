/** What a slice says of a call whose Lambda may die: how it comes about, what may come first, and what must be true after all. */
import type { Answered } from "../../support/desk.ts";
import type { TestWorld } from "../../support/ports.ts";
import type { Replace } from "../../support/scenarios/scenario.ts";

/** A call that commits. */
export interface Crash {
  /** `<slice>/<function>`. */
  readonly endpoint: string;
  /** What is asked, in words; unique within the function. */
  readonly act: string;
  /** Expects how the call that is repeated once more compares with the one before; both say the same unless there is this. */
  readonly again?: (repeated: Answered, again: Answered) => void;
  /** Opens a world where all that comes before was done in peace. */
  readonly open: (replace: Replace) => Promise<Endangered>;
}

/** A world where the call is about to be made. */
export interface Endangered {
  readonly world: TestWorld;
  readonly ask: () => Promise<Answered>;
  /** The call of somebody else that may come between the death and the repetition. */
  readonly rival: () => Promise<unknown>;
  /** After this, whatever the call may have left open is overdue. */
  readonly overdueInMs: number;
  /** Expects what must be true at any time. */
  readonly examine: () => Promise<void>;
  /** Expects that nothing is open any more, now that all is overdue and swept; and, of a call that was repeated, that what it said has been done once. */
  readonly conclude: (repeated?: Answered) => void;
}
