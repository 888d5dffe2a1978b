/** The verbs that audit. */
import { isoInstant } from "#kernel/time";
import type { CurrencyBooks } from "#ledger/books";
import { majorIn } from "./amount.ts";
import { type ShownBooks, showAudit, showBooks, troublesOf } from "./books.ts";
import { columns, instantText } from "./layout.ts";
import { day, owner } from "./readings.ts";
import { defineVerb, optional, type Verb } from "./verb.ts";

const amountsOf = ({ currency, available, held, unbounded, sum }: CurrencyBooks) => {
  const text = (amount: bigint) => majorIn(currency, amount);
  const balances = Object.entries(unbounded).map(([name, balance]) => [name, text(balance)] as const);
  return { available: text(available), held: text(held), unbounded: Object.fromEntries(balances), sum: text(sum) };
};

const isEven = (books: ShownBooks): boolean => troublesOf(books).length === 0;

const linesOf = (row: CurrencyBooks): readonly (readonly string[])[] => {
  const { unbounded, ...amounts } = amountsOf(row);
  const named = { accounts: String(row.accounts), available: amounts.available, held: amounts.held, ...unbounded };
  const lines = Object.entries({ ...named, sum: amounts.sum });
  return lines.map(([name, text], nth) => [nth === 0 ? row.currency : "", name, text]);
};

const tableOf = (currencies: readonly CurrencyBooks[]): string => columns(currencies.flatMap(linesOf), [2]);

const troubleText = ({ currency, sum, disagreeing = [] }: CurrencyBooks): string =>
  [
    ...(sum === 0n ? [] : [`${currency} sums to ${majorIn(currency, sum)} instead of zero`]),
    ...(disagreeing.length === 0
      ? []
      : [`in ${currency} the postings differ from the balance of account ${disagreeing.join(", ")}`]),
  ].join("; ");

const complaintOf = (books: ShownBooks): string | undefined =>
  isEven(books)
    ? undefined
    : `The books of ${books.tenant} are not even: ${troublesOf(books).map(troubleText).join("; ")}. ` +
      "If money was moving meanwhile, look again; else compare the account's statement with its orders";

const sayBooks = (books: ShownBooks) => ({
  text: [
    `Books of ${books.tenant} at ${instantText(books.atMs)}`,
    "",
    ...(books.currencies.length === 0 ? ["There is no account yet."] : [tableOf(books.currencies), ""]),
    ...(books.currencies.length > 0 && isEven(books) ? ["Even: every currency sums to zero."] : []),
  ]
    .join("\n")
    .trimEnd(),
  document: {
    tenant: books.tenant,
    at: isoInstant(books.atMs),
    even: isEven(books),
    currencies: books.currencies.map((row) => ({
      currency: row.currency,
      accounts: row.accounts,
      ...amountsOf(row),
      ...(row.disagreeing && { disagreeing: row.disagreeing }),
    })),
  },
  complaint: complaintOf(books),
});

/** The verbs that audit. */
export const booksVerbs: readonly Verb[] = [
  defineVerb({
    name: "books",
    help: "Sums up a tenant's books; exit code 1 unless zero.",
    notes: [
      "In each currency, what is available and held on accounts and what stands on the",
      "tenant's own ones (funding, settlement, ...) is zero in sum. Exact while nothing",
      "moves: what moves during the reading can show as a difference. In the place of a",
      'tenant, "desk" has the wallets of customers that pay at tills, their points, and',
      "what merchants took.",
    ],
    arguments: { tenant: owner },
    options: {},
    examples: ["books bank-a"],
    run: (ports, { tenant }) => showBooks(ports, { tenant, reconciled: false }),
    say: sayBooks,
  }),
  defineVerb({
    name: "reconcile",
    help: "As books, from every entry ever; takes its time.",
    notes: [
      "Trusts neither balances nor daily closings: the postings of each account have",
      "to make its balance, or what was closed.",
    ],
    arguments: { tenant: owner },
    options: {},
    examples: ["reconcile bank-a"],
    run: (ports, { tenant }) => showBooks(ports, { tenant, reconciled: true }),
    say: sayBooks,
  }),
  defineVerb({
    name: "audit",
    help: "Lists what operators did to a tenant on a UTC day.",
    notes: ['In the place of a tenant, "desk" is the stage: its keys, channels, customers.'],
    arguments: { tenant: owner },
    options: { day: optional(day, "<YYYY-MM-DD>", "which day (default: today)") },
    examples: ["audit bank-a --day 2026-11-25"],
    run: showAudit,
    say: ({ tenant, day: shown, events }) => ({
      text:
        events.length === 0
          ? `Nothing was done to ${tenant} on ${shown}.`
          : events
              .flatMap(({ atMs, type, subject, actor, detail }) => [
                `${instantText(atMs)}  ${type} ${subject}, by ${actor}`,
                ...Object.entries(detail).map(([name, text]) => `  ${name}: ${text}`),
              ])
              .join("\n"),
      document: {
        tenant,
        day: shown,
        events: events.map(({ id, atMs, type, actor, subject, detail }) => ({
          id,
          at: isoInstant(atMs),
          type,
          actor,
          subject,
          detail,
        })),
      },
    }),
  }),
];
