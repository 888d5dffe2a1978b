/** Accounts in words: for people, and as JSON documents. */
import { isoInstant } from "#kernel/time";
import type { Account } from "#ledger/account";
import { limitNames } from "#ledger/limits";
import type { Entry } from "#ledger/posting";
import type { ShownAccount, showStatement } from "./account.ts";
import { majorIn } from "./amount.ts";
import type { Changed } from "./change.ts";
import type { Funded } from "./funding.ts";
import { columns, cut, instantText, WIDTH } from "./layout.ts";
import { cursorText } from "./readings.ts";
import type { Said } from "./verb.ts";

const nameOf = ({ tenant, id }: Account): string => `account ${id} of ${tenant}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const boundIn = ({ currency, limits }: Account, name: (typeof limitNames)[number]): string | undefined => {
  const bound = limits[name];
  return bound === undefined ? undefined : majorIn(currency, bound);
};

/** An account's settings; a limit that there is none of is null. */
const settingsOf = (account: Account) => ({
  tenant: account.tenant,
  userId: BigInt(account.id),
  currency: account.currency,
  state: account.state,
  mode: account.mode,
  limits: Object.fromEntries(limitNames.map((name) => [name, boundIn(account, name) ?? null])),
});

const balancesOf = ({ currency, available, held }: Account) => ({
  available: majorIn(currency, available),
  held: majorIn(currency, held),
});

/** Says that an account was created. */
export const sayCreated = (account: Account): Said => ({
  text: `Created ${nameOf(account)} in ${account.currency}: ${account.state}, mode ${account.mode}.`,
  document: { ...settingsOf(account), ...balancesOf(account) },
});

/** Says that an account was funded, now or before. */
export const sayFunded = ({ tenant, userId, amount: { minor, currency }, reference, replayed }: Funded): Said => {
  const amount = majorIn(currency, minor);
  const text = replayed
    ? `Account ${userId} of ${tenant} was funded with ${amount} ${currency} by this reference already:\nnothing was changed.`
    : `Funded account ${userId} of ${tenant} with ${amount} ${currency}, reference\n  ${reference}`;
  return { text, document: { tenant, userId, amount, currency, reference, replayed } };
};

/** Says what an account is after a change. */
export const sayChanged =
  (words: (account: Account) => string) =>
  ({ account, changed }: Changed): Said => ({
    text: `${capital(nameOf(account))} ${words(account)}${changed ? "" : "\nIt was so already: nothing was changed."}`,
    document: { ...settingsOf(account), changed },
  });

/** An account's limits in one line: `transaction 500.00, day none, …`. */
export const limitsLine = (account: Account): string =>
  limitNames.map((name) => `${name} ${boundIn(account, name) ?? "none"}`).join(", ");

/** Says what an account is and has. */
export const sayAccount = ({ account, used }: ShownAccount): Said => {
  const { currency } = account;
  const usedOf = (name: (typeof limitNames)[number]): string =>
    name === "transaction" ? "" : majorIn(currency, used[name]);
  const text = [
    capital(nameOf(account)),
    "",
    columns([
      ["state", account.state],
      ["mode", account.mode],
      ["currency", currency],
      ["available", majorIn(currency, account.available)],
      ["held", majorIn(currency, account.held)],
    ]),
    "",
    columns(
      [
        ["LIMIT", "AT MOST", "USED NOW"],
        ...limitNames.map((name) => [name, boundIn(account, name) ?? "none", usedOf(name)]),
      ],
      [1, 2],
    ),
  ].join("\n");
  const usedTexts = Object.fromEntries(Object.entries(used).map(([name, amount]) => [name, majorIn(currency, amount)]));
  return { text, document: { ...settingsOf(account), ...balancesOf(account), used: usedTexts } };
};

/** Where a list goes on: a line for people, a member for scripts (null at the end). */
const rest = (next: string | undefined) => ({
  lines: next === undefined ? [] : ["", `More: --cursor ${cursorText(next)}`],
  next: next === undefined ? null : cursorText(next),
});

/** Says a page of accounts. */
export const sayAccounts = ({
  tenant,
  accounts,
  next,
}: {
  readonly tenant: string;
  readonly accounts: readonly Account[];
  readonly next?: string;
}): Said => {
  const rows = accounts.map(({ id, state, mode, currency, available, held }) => {
    const amounts = [majorIn(currency, available), majorIn(currency, held)];
    return [id, state, mode, currency, ...amounts];
  });
  const { lines, next: cursor } = rest(next);
  const listed = columns([["ACCOUNT", "STATE", "MODE", "CURRENCY", "AVAILABLE", "HELD"], ...rows], [0, 4, 5]);
  return {
    text: rows.length === 0 ? `${tenant} has no account here.` : [listed, ...lines].join("\n"),
    document: {
      tenant,
      accounts: accounts.map((account) => ({ ...settingsOf(account), ...balancesOf(account) })),
      next: cursor,
    },
  };
};

const entryRow = ({ currency }: Account, { atMs, reason, amount, contra, subject }: Entry): readonly string[] => [
  instantText(atMs),
  reason,
  majorIn(currency, amount),
  contra,
  subject,
];

/** Says a page of a statement. */
export const sayStatement = ({ account, entries, next }: Awaited<ReturnType<typeof showStatement>>): Said => {
  const { tenant, id, currency } = account;
  const { lines, next: cursor } = rest(next);
  const table = columns(
    [["TIME", "REASON", "AMOUNT", "AGAINST", "FOR"], ...entries.map((entry) => entryRow(account, entry))],
    [2],
  );
  const fitted = table.split("\n").map((line) => cut(line, WIDTH));
  const text =
    entries.length === 0
      ? `Nothing was posted on ${nameOf(account)}.`
      : [`${capital(nameOf(account))}, ${currency}, newest first`, "", ...fitted, ...lines].join("\n");
  const documents = entries.map(({ posting, atMs, reason, amount, contra, subject }) => ({
    at: isoInstant(atMs),
    reason,
    amount: majorIn(currency, amount),
    contra,
    subject,
    posting,
  }));
  return { text, document: { tenant, userId: BigInt(id), currency, entries: documents, next: cursor } };
};
