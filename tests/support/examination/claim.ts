/** What a slice's items say of money: the examination compares the accounts and postings with the sum of it. */
import type { Bank } from "../bank.ts";

/** What one item (an order, say) explains, in minor units of its account's currency. */
export interface Claim {
  /** The bounded account. */
  readonly account: string;
  readonly held: bigint;
  /** What counts towards the account's limits, in the windows of `sinceMs`. */
  readonly used: bigint;
  readonly sinceMs: number;
  /** What it has brought to unbounded accounts, by name. */
  readonly brought: Readonly<Record<string, bigint>>;
  /** Its postings, as `<reason> <subject>`; each has two entries. */
  readonly postings: readonly string[];
}

/** Checks a slice's items against each other, and tells what they claim. */
export type Examiner = (bank: Bank) => readonly Claim[];
