/** What the sandbox is filled with, and what is found there (sandbox.md). */
import type { Ports } from "#ports";
import { listAccounts } from "../../../local/admin/account.ts";
import { majorIn } from "../../../local/admin/amount.ts";
import { showCustomer } from "../../../local/admin/customer.ts";
import { showUser } from "../../../local/admin/user.ts";

const usual = { transaction: 50_000n, day: 100_000n, week: 200_000n, month: 500_000n };

/** The rows of sandbox.md. */
export const promised = [
  ["bank-a", "1001", "1000.00 CHF", "active", "book", usual],
  ["bank-a", "1002", "10.00 CHF", "active", "book", usual],
  ["bank-a", "1003", "1000.00 CHF", "blocked", "book", {}],
  ["bank-a", "1004", "0.00 CHF", "active", "skip", {}],
  ["bank-a", "1005", "100000.00 CHF", "active", "book", {}],
  ["bank-b", "1001", "1000.00 EUR", "active", "book", {}],
  ["bank-b", "2001", "100000 JPY", "active", "book", {}],
  ["bank-b", "2002", "1000.000 KWD", "active", "book", {}],
];

/** Users, shops and cashiers of partner A. */
export const users = [
  ["bank-user-1001", "active", "Ann Meier ann.meier@example.com +41790000001", 1001n],
  ["bank-user-1003", "blocked", "Bea Frei bea.frei@example.com +41790000003", 1003n],
  ["shop-1", "active", "Shop 1", undefined],
  ["cashier-1", "active", "Cashier 1", undefined],
];

export const everyUser = (ports: Ports) =>
  Promise.all(
    (
      [
        ["user", "bank-user-1001"],
        ["user", "bank-user-1003"],
        ["atm", "shop-1"],
        ["worker", "cashier-1"],
      ] as const
    ).map(async ([type, reference]) => {
      const { status, name, person, bankUserId } = await showUser(ports, { tenant: "bank-a", reference, type });
      const said = person && `${person.firstName} ${person.lastName} ${person.email} ${person.phone}`;
      return [reference, status, name ?? said, bankUserId];
    }),
  );

/** Customers of the app: what each has in the wallet, and which points. */
export const customers = [
  ["c-1", ["500.00 EUR"], ["50 at SWTS"]],
  ["c-2", ["20.00 EUR"], []],
];

export const everyCustomer = (ports: Ports) =>
  Promise.all(
    ["c-1", "c-2"].map(async (customer) => {
      const { wallets, points } = await showCustomer(ports, { customer });
      return [
        customer,
        wallets.map(({ currency, available }) => `${majorIn(currency, available)} ${currency}`),
        points.map(({ merchant, available }) => `${available} at ${merchant}`),
      ];
    }),
  );

export const everyAccount = async (ports: Ports) => {
  const pages = await Promise.all(["bank-a", "bank-b"].map((tenant) => listAccounts(ports, { tenant, limit: 100 })));
  return pages
    .flatMap(({ accounts }) => accounts)
    .map(({ tenant, id, currency, available, state, mode, limits }) => [
      tenant,
      id,
      `${majorIn(currency, available)} ${currency}`,
      state,
      mode,
      limits,
    ]);
};
