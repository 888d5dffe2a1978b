/** What is said of each kind of item (`kinds.ts`). */

/** A row of the table's grammar: `pk` is `<owner>#<kind>#<id>`, `sk` the part. */
export interface Kind {
  /** `desk` owns what no tenant owns, and what is found before the tenant is known. */
  readonly owner: "tenant" | "desk";
  readonly id: string;
  readonly part: string;
  /** Both, where the clock moves what is also listed by day. */
  readonly index?: "due" | "list" | "due, list";
  /** In words, as docs/table.md prints it: `for ever`, `the tenant's retention after its end`, `90 days after its end`, `its expiry and a day`, `a day`. */
  readonly lifetime: string;
  readonly holds: string;
}
