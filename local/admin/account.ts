/** How an operator creates accounts and looks at them. */
import type { Currency } from "#kernel/currency";
import { Refused, refuse } from "#kernel/refusal";
import { type Account, findAccount, openAccount } from "#ledger/account";
import { type Limits, limitNames, usedNow, type Window } from "#ledger/limits";
import { readStatement, type Statement } from "#ledger/statement";
import { checkTenant } from "#party/tenant";
import type { Ports } from "#ports";
import { decide, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { accountPointers } from "#store/keys/ledger";
import { cursorAt } from "#store/query";
import { majorIn, minorIn } from "./amount.ts";
import { openCurrency } from "./currency.ts";
import { showTenant } from "./tenant.ts";

/** An account by tenant and the bank's number of its customer, 1 to 2^53-1. */
export interface AccountName {
  readonly tenant: string;
  readonly userId: bigint;
}

/** Limits as an operator gives them: major units as text, `null` for none, absent where nothing is said. */
export type LimitTexts = Readonly<Partial<Record<keyof Limits, string | null | undefined>>>;

/** An account to create, and who does it. */
export interface CreateAccount extends AccountName {
  readonly currency: Currency;
  readonly mode?: Account["mode"] | undefined;
  readonly state?: Account["state"] | undefined;
  readonly limits?: LimitTexts;
  readonly actor: string;
}

/** A part of a list and where it goes on. */
export interface PageWish {
  /** 1-100. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** An account and what of its limits is used now. */
export interface ShownAccount {
  readonly account: Account;
  readonly used: Readonly<Record<Window, bigint>>;
}

/** Limits in minor units: those of `kept` where nothing is said. Throws the refusal AMOUNT_INVALID. */
export const limitsOf = (currency: Currency, said: LimitTexts, kept: Limits = {}): Limits =>
  Object.fromEntries(
    limitNames.flatMap((name) => {
      const text = said[name];
      const bound = text === undefined ? kept[name] : text === null ? undefined : minorIn(currency, text);
      return bound === undefined ? [] : [[name, bound] as const];
    }),
  );

/** Creates an empty account, `book` and `active` unless told otherwise; refuses TENANT_UNKNOWN, ACCOUNT_EXISTS, AMOUNT_INVALID. */
export const createAccount = async (ports: Ports, wish: CreateAccount): Promise<Account> => {
  const { tenant, userId, currency, mode = "book", state = "active", actor } = wish;
  const limits = limitsOf(currency, wish.limits ?? {});
  const id = String(userId);
  const bounds = Object.entries(limits).map(([name, bound]) => [`${name} limit`, majorIn(currency, bound)]);
  const detail = { currency, mode, state, ...Object.fromEntries(bounds) };
  await openCurrency(ports, tenant, currency, [checkTenant(tenant)]);
  return decide(ports, [], (_, nowMs): Verdict<Account> => {
    const account = { tenant, id, currency, mode, state, limits };
    const event = { owner: tenant, atMs: nowMs, type: "account.created", actor, subject: id, detail };
    return {
      say: { ...account, available: 0n, held: 0n, used: {}, revision: 0n },
      writes: [checkTenant(tenant), ...openAccount(account), record({ id: ports.ids.uuid(), ...event })],
    };
  });
};

/** An account that must be there; refuses ACCOUNT_UNKNOWN. */
const knownAccount = async ({ store }: Ports, { tenant, userId }: AccountName): Promise<Account> => {
  const account = await findAccount(store, tenant, String(userId));
  if (account === undefined) throw new Refused(refuse("ACCOUNT_UNKNOWN"));
  return account;
};

/** An account and what of its limits is used at this moment; refuses TENANT_UNKNOWN, ACCOUNT_UNKNOWN. */
export const showAccount = async (ports: Ports, name: AccountName): Promise<ShownAccount> => {
  const { timeZone } = await showTenant(ports, name);
  const account = await knownAccount(ports, name);
  return { account, used: usedNow(account.used, ports.clock(), timeZone) };
};

/** Some of a tenant's accounts, in the order of their numbers' digits; refuses TENANT_UNKNOWN. */
export const listAccounts = async (
  ports: Ports,
  { tenant, limit, cursor }: PageWish & { readonly tenant: string },
): Promise<{ readonly tenant: string; readonly accounts: readonly Account[]; readonly next?: string }> => {
  await showTenant(ports, { tenant });
  // Any partition may have the next ones; one more than the page has tells whether there is another.
  const within = { of: "table", limit: limit + 1, ...(cursor !== undefined && { cursor }) } as const;
  const parts = accountPointers(tenant).map((pointers) => ports.store.list({ ...within, in: pointers }));
  const ids = (await Promise.all(parts)).flatMap(({ items }) => items.map(({ sk }) => String(sk)));
  const shown = ids.toSorted((one, other) => (one < other ? -1 : 1)).slice(0, limit);
  const accounts = await Promise.all(shown.map((id) => findAccount(ports.store, tenant, id)));
  const found = accounts.filter((account) => account !== undefined);
  return {
    tenant,
    accounts: found,
    ...(ids.length > limit && { next: cursorAt("table", { sk: shown.at(-1) ?? "" }) }),
  };
};

/** A page of what was posted on an account, newest first; refuses ACCOUNT_UNKNOWN. */
export const showStatement = async (
  ports: Ports,
  { limit, cursor, ...name }: AccountName & PageWish,
): Promise<Statement & { readonly account: Account }> => {
  const account = await knownAccount(ports, name);
  return { account, ...(await readStatement(ports.store, name.tenant, account.id, limit, cursor)) };
};
