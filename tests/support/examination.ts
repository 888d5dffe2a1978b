/** What must hold of a bank at any time, whatever was asked, raced, repeated or cut off. */
import { expect } from "vitest";
import { windowsAt } from "#kernel/time";
import { accountOf } from "#ledger/account";
import { windows } from "#ledger/limits";
import { keyIn } from "#store/item";
import { idOf } from "#store/table";
import { type Bank, itemsOf } from "./bank.ts";
import type { Claim, Examiner } from "./examination/claim.ts";
import { examineWithdrawals } from "./examination/withdrawal.ts";

/** Every slice that moves money. */
const examiners: readonly Examiner[] = [examineWithdrawals];

/** Money enters from these accounts, and by these postings: that is no slice's. */
const isFunding = (name: string): boolean => name.startsWith("funding");

const sumOf = (claims: readonly Claim[], what: "held" | "used"): bigint =>
  claims.reduce((sum, claim) => sum + claim[what], 0n);

/** What stands on each unbounded account but the funding ones, by name; those that nothing stands on are left out. */
const standingOf = (parts: readonly Claim["brought"][]): Claim["brought"] => {
  const sums: Record<string, bigint> = {};
  for (const [account, amount] of parts.flatMap((part) => Object.entries(part)))
    if (!isFunding(account)) sums[account] = (sums[account] ?? 0n) + amount;
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n));
};

const examineAccounts = (bank: Bank, claims: readonly Claim[]): void => {
  const now = windowsAt(bank.world.clock.nowMs, bank.timeZone);
  for (const item of itemsOf(bank, "account")) {
    const account = accountOf("bank", idOf(keyIn(item)), item);
    const own = claims.filter((claim) => claim.account === account.id);
    expect(account.available).toBeGreaterThanOrEqual(0n);
    expect(account.held).toBe(sumOf(own, "held"));
    for (const window of windows) {
      const current = own.filter(({ sinceMs }) => windowsAt(sinceMs, bank.timeZone)[window] === now[window]);
      expect(account.used[`used:${window}:${now[window]}`] ?? 0n).toBe(sumOf(current, "used"));
    }
  }
};

/** All money that is held, used or posted is what some slice's items claim, all that they claim is there, and the books are even. */
export const examine = async (bank: Bank): Promise<void> => {
  const claims = examiners.flatMap((examineSlice) => examineSlice(bank));
  examineAccounts(bank, claims);
  const books = await bank.books();
  expect(books.filter(({ sum, disagreeing }) => sum !== 0n || disagreeing?.length !== 0)).toEqual([]);
  expect(standingOf(books.map(({ unbounded }) => unbounded))).toEqual(standingOf(claims.map(({ brought }) => brought)));
  const entries = itemsOf(bank, "posting").map(({ reason, subject }) => `${reason} ${subject}`);
  expect(entries.filter((name) => !isFunding(name)).toSorted()).toEqual(
    claims.flatMap(({ postings }) => postings.flatMap((name) => [name, name])).toSorted(),
  );
};
