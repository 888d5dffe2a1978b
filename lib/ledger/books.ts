/**
 * A tenant's books: what stands on every account, per currency. They sum to zero, or something is wrong. Exact while
 * nothing moves; a movement during the reading can show as a difference.
 */
import type { Currency } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import { type Account, findAccount } from "#ledger/account";
import { balanceOf, recount, sumOfEntries, type Unbounded } from "#ledger/closing";
import { everyCurrency } from "#ledger/currencies";
import { fundingAccount, nameOfAccount, settlementAccount } from "#ledger/posting";
import { everyItem } from "#store/pages";
import { accountPointers, entriesOf } from "#store/table";
import type { Store } from "#store/write";

/** What stands in one currency, in minor units. */
export interface CurrencyBooks {
  readonly currency: Currency;
  readonly accounts: number;
  readonly available: bigint;
  readonly held: bigint;
  readonly settlement: bigint;
  readonly funding: bigint;
  /** Zero, or money was made or lost. */
  readonly sum: bigint;
  /** Of a reconciliation: accounts whose item or closing differs from their entries. Absent where nothing was reconciled. */
  readonly disagreeing?: readonly string[];
}

/** Whose books, and how: a reconciliation looks at every entry there ever was, else a balance begins at its latest closing. */
export interface BooksWish {
  readonly tenant: string;
  /** When the tenant began. */
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly reconciled: boolean;
}

const everyAccount = async function* (store: Store, tenant: string): AsyncGenerator<Account> {
  for await (const { sk } of everyItem(store, { of: "table", in: accountPointers(tenant) })) {
    const account = await findAccount(store, tenant, String(sk));
    // Left out, its money would be missing from the sum.
    if (account === undefined) throw new Fault(`account ${sk} is listed and has no item`);
    yield account;
  }
};

interface Sums {
  accounts: number;
  available: bigint;
  held: bigint;
  readonly disagreeing: string[];
}

const sumUpAccounts = async (store: Store, { tenant, reconciled }: BooksWish): Promise<ReadonlyMap<Currency, Sums>> => {
  const byCurrency = new Map<Currency, Sums>();
  for await (const { id, currency, available, held } of everyAccount(store, tenant)) {
    const sums = byCurrency.get(currency) ?? { accounts: 0, available: 0n, held: 0n, disagreeing: [] };
    byCurrency.set(currency, sums);
    sums.accounts += 1;
    sums.available += available;
    sums.held += held;
    const agrees = !reconciled || (await sumOfEntries(store, entriesOf(tenant, id))) === available + held;
    if (!agrees) sums.disagreeing.push(id);
  }
  return byCurrency;
};

const sumUpUnbounded = async (
  store: Store,
  wish: BooksWish,
  account: string,
  disagreeing: string[],
): Promise<bigint> => {
  const unbounded: Unbounded = { tenant: wish.tenant, account, sinceMs: wish.sinceMs };
  const balance = await balanceOf(store, unbounded, wish.nowMs);
  if (!wish.reconciled) return balance;
  const counted = await recount(store, unbounded, wish.nowMs);
  if (counted !== balance) disagreeing.push(account);
  return counted;
};

/** The books of a tenant, a row a currency. */
export const readBooks = async (store: Store, wish: BooksWish): Promise<readonly CurrencyBooks[]> => {
  const sums = await sumUpAccounts(store, wish);
  const rows: CurrencyBooks[] = [];
  for await (const currency of everyCurrency(store, wish.tenant)) {
    const { accounts, available, held, disagreeing } = sums.get(currency) ?? {
      accounts: 0,
      available: 0n,
      held: 0n,
      disagreeing: [],
    };
    const settlement = await sumUpUnbounded(store, wish, nameOfAccount(settlementAccount(currency)), disagreeing);
    const funding = await sumUpUnbounded(store, wish, nameOfAccount(fundingAccount(currency)), disagreeing);
    const sum = available + held + settlement + funding;
    rows.push({
      currency,
      accounts,
      available,
      held,
      settlement,
      funding,
      sum,
      ...(wish.reconciled && { disagreeing }),
    });
  }
  const unnoted = [...sums.keys()].find((currency) => !rows.some((row) => row.currency === currency));
  if (unnoted !== undefined)
    throw new Fault(`there are accounts in ${unnoted}, which is not among the tenant's currencies`);
  return rows;
};
