/** The books around the stories: shown, even, and after each story what they were before it. */
import { isDeepStrictEqual } from "node:util";
import { exponentOf } from "#kernel/currency";
import type { Ports } from "#ports";
import { DESK } from "#store/table";
import { majorIn } from "../admin/amount.ts";
import { type ShownBooks, showBooks, troublesOf } from "../admin/books.ts";
import { listTenants } from "../admin/tenant.ts";
import type { Teller } from "./teller.ts";

/** The books of every tenant, and of the desk itself. */
export type Books = readonly ShownBooks[];

/** Reads them, account by account. */
export const readAllBooks = async (ports: Ports): Promise<Books> => {
  const tenants = await listTenants(ports);
  const owners = [...tenants.map(({ id }) => id), DESK];
  return Promise.all(owners.map((tenant) => showBooks(ports, { tenant, reconciled: true })));
};

/** Tells what they say, a line a currency, and of the accounts by name those on which something stands; a sum that is not zero is a surprise. */
export const tellBooks = (teller: Teller, books: Books): void => {
  for (const shown of books) {
    for (const { currency, accounts, available, held, unbounded, sum } of shown.currencies) {
      const text = (amount: bigint) => majorIn(currency, amount).padStart(11 + exponentOf(currency));
      const standing = Object.entries(unbounded).filter(([, balance]) => balance !== 0n);
      if (accounts === 0 && standing.length === 0) continue;
      const others = standing.map(([name, balance]) => `  ${name} ${text(balance)}`);
      teller.say(
        `  ${shown.tenant} ${currency}  available ${text(available)}  held ${text(held)}${others.join("")}  sum ${majorIn(currency, sum)}`,
      );
    }
    teller.check(`the books of ${shown.tenant} are not even`, troublesOf(shown).length === 0);
  }
};

/** Whether two readings show the same money in the same places; accounts that were opened meanwhile are none. */
export const isSameMoney = (one: Books, other: Books): boolean => {
  const moneyOf = (books: Books) =>
    books.map(({ tenant, currencies }) => ({
      tenant,
      currencies: currencies.map(({ accounts: _, ...money }) => money),
    }));
  return isDeepStrictEqual(moneyOf(one), moneyOf(other));
};
