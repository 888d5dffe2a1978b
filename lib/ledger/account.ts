/** A bounded account: its money is kept on one item, as available and held, and can never fall below zero. */
import type { Currency } from "#kernel/currency";
import { type Limits, limitField, limitNames, limitsIn, type Used, usedIn } from "#ledger/limits";
import { absent, equals, present } from "#store/condition";
import { amountIn, currencyIn, integerIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { accountKey, accountPointerKey } from "#store/keys/ledger";
import { type Otherwise, put, type Rule, type Store, update, type Write } from "#store/write";

/** Whether new withdrawals may begin. */
export const accountStates = ["active", "blocked"] as const;

/** `book`: money moves. `skip`: the bank books nothing here and checks no limit or balance (sonect.md 4.2). */
export const accountModes = ["book", "skip"] as const;

/** An account. Amounts in minor units of its currency. */
export interface Account {
  readonly tenant: string;
  readonly id: string;
  readonly currency: Currency;
  readonly available: bigint;
  readonly held: bigint;
  readonly state: (typeof accountStates)[number];
  readonly mode: (typeof accountModes)[number];
  readonly limits: Limits;
  readonly used: Used;
  /** Counts the changes of state, mode and limits: who has judged by them commits only while they stand. */
  readonly revision: bigint;
}

/** An account out of its item. */
export const accountOf = (tenant: string, id: string, item: Item): Account => ({
  tenant,
  id,
  currency: currencyIn(item, "currency"),
  available: amountIn(item, "available"),
  held: amountIn(item, "held"),
  state: wordIn(item, "state", accountStates),
  mode: wordIn(item, "mode", accountModes),
  limits: limitsIn(item),
  used: usedIn(item),
  revision: integerIn(item, "revision"),
});

/** An account, or undefined where there is none. */
export const findAccount = async (
  store: Pick<Store, "read">,
  tenant: string,
  id: string,
): Promise<Account | undefined> => {
  const [item] = await store.read([accountKey(tenant, id)]);
  return item && accountOf(tenant, id, item);
};

const limitFields = (limits: Limits): Item =>
  Object.fromEntries(Object.entries(limits).map(([name, bound]) => [limitField(name as keyof Limits), bound]));

/** The writes that open an empty account; refuse ACCOUNT_EXISTS, or what else a taken one is to conclude. */
export const openAccount = (
  account: Pick<Account, "tenant" | "id" | "currency" | "mode" | "limits"> & Partial<Pick<Account, "state">>,
  taken: Otherwise = "ACCOUNT_EXISTS",
): readonly Write[] => {
  const { tenant, id, currency, mode, limits, state = "active" } = account;
  const item: Item = { currency, mode, state, available: 0n, held: 0n, revision: 0n, ...limitFields(limits) };
  return [
    put(accountKey(tenant, id), item, [[absent(), taken]]),
    put(accountPointerKey(tenant, id), {}, [[absent(), "fault"]]),
  ];
};

/**
 * The write that changes an account's state, mode or limits (all five at once); refuses ACCOUNT_UNKNOWN. Who has computed
 * the change from what was read adds a check of `isUnchanged`.
 */
export const changeAccount = (
  tenant: string,
  id: string,
  change: Partial<Pick<Account, "state" | "mode" | "limits">>,
): Write => {
  const { limits, ...words } = change;
  const lifted = limits === undefined ? [] : limitNames.filter((name) => limits[name] === undefined);
  const set = { ...words, ...limitFields(limits ?? {}) };
  return update(accountKey(tenant, id), { set, add: { revision: 1n }, remove: lifted.map(limitField) }, [
    [present(), "ACCOUNT_UNKNOWN"],
  ]);
};

/** The rule that what was judged by (state, mode, limits) still stands. */
export const isUnchanged = ({ revision }: Account): Rule => [equals("revision", revision), "stale"];
