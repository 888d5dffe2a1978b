/**
 * A posting: money that has moved, for ever. It is two entries, one on each account, that sum to zero; a correction is a
 * new posting. A bounded account's balance is kept on its item in the same commit; an unbounded one's is the sum of its
 * entries, which are spread, so that no item is hot however popular the account.
 */
import type { Currency } from "#kernel/currency";
import type { Money } from "#kernel/money";
import { absent } from "#store/condition";
import { integerIn, maybeTextIn, textIn, timeIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { entryKey, spreadEntryKey } from "#store/keys/ledger";
import { put, type Write } from "#store/write";

/** Why money moves; a slice that moves it for another reason adds it here. */
export const postingReasons = [
  "funding",
  "settlement",
  "reversal",
  "debit",
  "capture",
  "return",
  "refund",
  "redemption",
  "reward",
] as const;

/** An account without a balance of its own, by name: `<what>-<of what>`, as in `funding-CHF`. */
export interface UnboundedRef {
  readonly unbounded: string;
}

/** An end of a posting. */
export type AccountRef = { readonly bounded: string } | UnboundedRef;

/** A movement of money from one account to another. */
export interface Posting {
  readonly id: string;
  readonly tenant: string;
  readonly atMs: number;
  readonly reason: (typeof postingReasons)[number];
  readonly from: AccountRef;
  readonly to: AccountRef;
  readonly amount: Money;
  /** What it is for: an order's TransactionId, a funding reference. */
  readonly subject: string;
}

/** One side of a posting: what it did to one account (positive: money came in). */
export interface Entry {
  readonly posting: string;
  readonly atMs: number;
  readonly reason: Posting["reason"];
  readonly amount: bigint;
  readonly currency: string;
  readonly contra: string;
  readonly subject: string;
}

/** The unbounded account that a tenant's money enters from. */
export const fundingAccount = (currency: Currency): UnboundedRef => ({ unbounded: `funding-${currency}` });

/** An account's name, whichever kind it is. */
const nameOfAccount = (ref: AccountRef): string => ("bounded" in ref ? ref.bounded : ref.unbounded);

const entry = (posting: Posting, on: AccountRef, contra: AccountRef, amount: bigint): Write => {
  const { tenant, atMs, id, reason, subject } = posting;
  const key = "bounded" in on ? entryKey(tenant, on.bounded, atMs, id) : spreadEntryKey(tenant, on.unbounded, atMs, id);
  const item: Item = {
    posting: id,
    atMs: BigInt(atMs),
    reason,
    amount,
    currency: posting.amount.currency,
    contra: nameOfAccount(contra),
    subject,
  };
  return put(key, item, [[absent(), "fault"]]);
};

/** The writes of a posting: its two entries. The bounded accounts' items change in the same commit, by their own rules. */
export const post = (posting: Posting): readonly Write[] => [
  entry(posting, posting.from, posting.to, -posting.amount.minor),
  entry(posting, posting.to, posting.from, posting.amount.minor),
];

/** An entry out of its item. */
export const entryOf = (item: Item): Entry => ({
  posting: textIn(item, "posting"),
  atMs: timeIn(item, "atMs"),
  reason: wordIn(item, "reason", postingReasons),
  amount: integerIn(item, "amount"),
  currency: textIn(item, "currency"),
  contra: textIn(item, "contra"),
  subject: maybeTextIn(item, "subject") ?? "",
});
