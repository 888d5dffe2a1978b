/**
 * A tenant's books: what stands on every account, per currency. They sum to zero, and each bounded account's item agrees
 * with its entries, or something is wrong. Exact while nothing moves; a movement during the reading can show as a difference.
 */
import type { Currency } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import { DAY_MS, utcDay } from "#kernel/time";
import { type Account, findAccount } from "#ledger/account";
import { entryOf, fundingAccount, nameOfAccount, settlementAccount } from "#ledger/posting";
import { everyItem } from "#store/pages";
import { accountPointers, entriesOf, SHARDS, spreadEntriesOf } from "#store/table";
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
  /** Accounts whose item and entries differ: none, or a balance was changed without a posting. */
  readonly disagreeing: readonly string[];
}

const sumOfEntries = async (store: Store, partition: string): Promise<bigint> => {
  let sum = 0n;
  for await (const item of everyItem(store, { of: "table", in: partition })) sum += entryOf(item).amount;
  return sum;
};

/** What stands on an unbounded account: the sum of its entries since a day. */
const balanceOfUnbounded = async (
  store: Store,
  tenant: string,
  account: string,
  sinceMs: number,
  nowMs: number,
): Promise<bigint> => {
  let sum = 0n;
  const firstDayMs = sinceMs - (sinceMs % DAY_MS);
  for (let dayMs = firstDayMs; dayMs <= nowMs; dayMs += DAY_MS) {
    const sums = await Promise.all(
      SHARDS.map((shard) => sumOfEntries(store, spreadEntriesOf(tenant, account, utcDay(dayMs), shard))),
    );
    sum += sums.reduce((a, b) => a + b);
  }
  return sum;
};

const everyAccount = async function* (store: Store, tenant: string): AsyncGenerator<Account> {
  for await (const { sk } of everyItem(store, { of: "table", in: accountPointers(tenant) })) {
    const account = await findAccount(store, tenant, String(sk));
    // Left out, its money would be missing from the sum, and from the currencies if it was the only one of its own.
    if (account === undefined) throw new Fault(`account ${sk} is listed and has no item`);
    yield account;
  }
};

/** The books of a tenant, a row a currency, from the day of its creation until now. */
export const readBooks = async (
  store: Store,
  tenant: string,
  sinceMs: number,
  nowMs: number,
): Promise<readonly CurrencyBooks[]> => {
  const byCurrency = new Map<Currency, { accounts: Account[]; disagreeing: string[] }>();
  for await (const account of everyAccount(store, tenant)) {
    const books = byCurrency.get(account.currency) ?? { accounts: [], disagreeing: [] };
    byCurrency.set(account.currency, books);
    books.accounts.push(account);
    const posted = await sumOfEntries(store, entriesOf(tenant, account.id));
    if (posted !== account.available + account.held) books.disagreeing.push(account.id);
  }
  const rows = [...byCurrency].map(async ([currency, { accounts, disagreeing }]): Promise<CurrencyBooks> => {
    const available = accounts.reduce((sum, account) => sum + account.available, 0n);
    const held = accounts.reduce((sum, account) => sum + account.held, 0n);
    const settlement = await balanceOfUnbounded(
      store,
      tenant,
      nameOfAccount(settlementAccount(currency)),
      sinceMs,
      nowMs,
    );
    const funding = await balanceOfUnbounded(store, tenant, nameOfAccount(fundingAccount(currency)), sinceMs, nowMs);
    const sum = available + held + settlement + funding;
    return { currency, accounts: accounts.length, available, held, settlement, funding, sum, disagreeing };
  });
  return Promise.all(rows);
};
