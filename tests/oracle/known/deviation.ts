/** What a known deviation is made of. */
import type { View } from "../compare.ts";
import type { Request } from "../requests/request.ts";

/** One call and what the two sides said. */
export interface Exchange {
  readonly request: Request;
  readonly engine: View;
  readonly oracle: View;
}

/** Whether a deviation explains what differs. */
export type Covers = (exchange: Exchange) => boolean;

/** Deviations by their titles in docs/oracle.md. */
export type Deviations = Readonly<Record<string, Covers>>;
