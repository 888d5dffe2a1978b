/** What a slice's story is, and what it is played on. */
import type { Ports } from "#ports";
import type { Teller } from "./teller.ts";

/** The sandbox that stories are played on. */
export interface Stage {
  readonly teller: Teller;
  readonly ports: Ports;
  /** Lets a scheduled job run now, by the name of its function: `sweep/expireDue`. */
  readonly run: (job: string) => Promise<void>;
}

/** A slice's flows from end to end. It leaves every balance as it was, so that it can be told again. */
export interface Story {
  /** The folder of `lib/` whose endpoints it plays. */
  readonly slice: string;
  readonly title: string;
  readonly tell: (stage: Stage) => Promise<void>;
}
