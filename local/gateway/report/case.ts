import type { Tester } from "./tester.ts";

/** One check of the report: a row of sbc.md 10, or a section with rules for every call (`§6`), as far as it is visible from outside. */
export interface Case {
  readonly row: string;
  /** What holds, in a line. */
  readonly name: string;
  readonly run: (tester: Tester) => Promise<void>;
}

/** Checks of one subject. */
export interface Chapter {
  readonly title: string;
  readonly cases: readonly Case[];
}
