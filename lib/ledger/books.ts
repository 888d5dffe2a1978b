/**
 * A tenant's books: what stands on every account, per currency. They sum to zero, or something is wrong. Exact while
 * nothing moves; a movement during the reading can show as a difference.
 */
import type { Currency } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import { type Account, findAccount } from "#ledger/account";
import { balanceOf, recount, sumOfEntries } from "#ledger/closing";
import { everyUnbounded, type Unbounded } from "#ledger/unbounded";
import { accountPointers, entriesOf } from "#store/keys/ledger";
import { everyItem } from "#store/pages";
import type { Store } from "#store/write";

/** What stands in one currency, in minor units. */
export interface CurrencyBooks {
  readonly currency: Currency;
  /** How many bounded accounts there are, and what is on all of them. */
  readonly accounts: number;
  readonly available: bigint;
  readonly held: bigint;
  /** What stands on each unbounded account, by name: `{ "funding-CHF": -10000n, "settlement-CHF": 5000n }`. */
  readonly unbounded: Readonly<Record<string, bigint>>;
  /** Zero, or money was made or lost. */
  readonly sum: bigint;
  /** Of a reconciliation: accounts whose item or closing differs from their entries. Absent where nothing was reconciled. */
  readonly disagreeing?: readonly string[];
}

/** Whose books, and how: a reconciliation looks at every entry there ever was, else a balance begins at its latest closing. */
export interface BooksWish {
  readonly tenant: string;
  readonly nowMs: number;
  readonly reconciled: boolean;
}

const everyAccount = async function* (store: Store, tenant: string): AsyncGenerator<Account> {
  for (const pointers of accountPointers(tenant)) {
    for await (const { sk } of everyItem(store, { of: "table", in: pointers })) {
      const account = await findAccount(store, tenant, String(sk));
      // Left out, its money would be missing from the sum.
      if (account === undefined) throw new Fault(`account ${sk} is listed and has no item`);
      yield account;
    }
  }
};

interface Sums {
  accounts: number;
  available: bigint;
  held: bigint;
  readonly unbounded: Record<string, bigint>;
  readonly disagreeing: string[];
}

/** By currency; one that nothing was in yet begins with nothing. */
const openSums = (): { readonly in: (currency: Currency) => Sums; readonly all: ReadonlyMap<Currency, Sums> } => {
  const all = new Map<Currency, Sums>();
  const sumsIn = (currency: Currency): Sums => {
    const sums = all.get(currency) ?? { accounts: 0, available: 0n, held: 0n, unbounded: {}, disagreeing: [] };
    all.set(currency, sums);
    return sums;
  };
  return { in: sumsIn, all };
};

const addAccount = async (store: Store, { reconciled }: BooksWish, account: Account, sums: Sums): Promise<void> => {
  const { tenant, id, available, held } = account;
  sums.accounts += 1;
  sums.available += available;
  sums.held += held;
  const agrees = !reconciled || (await sumOfEntries(store, entriesOf(tenant, id))) === available + held;
  if (!agrees) sums.disagreeing.push(id);
};

const addUnbounded = async (store: Store, wish: BooksWish, unbounded: Unbounded, sums: Sums): Promise<void> => {
  const { account } = unbounded;
  const balance = await balanceOf(store, unbounded, wish.nowMs);
  const counted = wish.reconciled ? await recount(store, unbounded, wish.nowMs) : balance;
  sums.unbounded[account] = counted;
  if (counted !== balance) sums.disagreeing.push(account);
};

/** The books of a tenant, a row a currency, in the order of their codes. */
export const readBooks = async (store: Store, wish: BooksWish): Promise<readonly CurrencyBooks[]> => {
  const sums = openSums();
  for await (const account of everyAccount(store, wish.tenant))
    await addAccount(store, wish, account, sums.in(account.currency));
  for await (const unbounded of everyUnbounded(store, wish.tenant))
    await addUnbounded(store, wish, unbounded, sums.in(unbounded.currency));
  return [...sums.all]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, { disagreeing, ...row }]) => {
      const balances = Object.values(row.unbounded);
      // Left out, their postings would be missing from the sum.
      if (balances.length === 0)
        throw new Fault(`there are accounts in ${currency}, and no unbounded one is registered`);
      const sum = balances.reduce((all, balance) => all + balance, row.available + row.held);
      return { currency, ...row, sum, ...(wish.reconciled && { disagreeing: disagreeing.toSorted() }) };
    });
};
