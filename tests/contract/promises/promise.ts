/** What the events of a slice promise in their names, `<slice>/<function>.<expectation>.json`. */
import type { Ids } from "#ports";

/** A slice's promises. */
export interface Promises {
  /** What each expectation stands for: the status, and the body or what it looks like. */
  readonly answers: Readonly<Record<string, readonly [status: number, body: RegExp | string]>>;
  /** What is drawn once a sandbox is seeded: the ids that the slice's events name. */
  readonly ids?: () => Partial<Ids>;
  /** The events, by their paths, that come before those of a function, on the same sandbox. */
  readonly before?: Readonly<Record<string, readonly string[]>>;
}
