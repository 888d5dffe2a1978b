/** What a slice may tell before its endpoints, beyond what the tables say. */
import type { Html } from "../html.ts";

/** A slice's introduction. */
export interface Guide {
  readonly slice: string;
  /** How its endpoints go together. */
  readonly lead: Html;
  /** Sections to stand beside the lives of its things. */
  readonly sides?: readonly Html[];
}
