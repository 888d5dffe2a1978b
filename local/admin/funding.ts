/** How an operator puts money on an account. */
import type { Money } from "#kernel/money";
import { Fault } from "#kernel/refusal";
import { accountOf } from "#ledger/account";
import { type Funding, fund, fundingMarkerKey } from "#ledger/funding";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import type { Item, Key } from "#store/item";
import { accountKey } from "#store/keys/ledger";
import type { AccountName } from "./account.ts";
import { majorIn, minorIn } from "./amount.ts";

/** Money to put on an account by the account's own name, in major units; without a reference it gets a fresh one. */
export interface Putting {
  readonly tenant: string;
  readonly account: string;
  readonly amount: string;
  /** Names the sum in the whole tenant: a reference funds once. */
  readonly reference?: string | undefined;
  readonly actor: string;
}

/** Money that is on an account; `replayed`: the reference had put it there before, and nothing was changed now. */
export interface Put {
  readonly amount: Money;
  readonly reference: string;
  readonly replayed: boolean;
}

/** The same for a bank's customer. */
export type FundAccount = AccountName & Omit<Putting, "account">;

/** Money that is on a bank's customer's account. */
export type Funded = AccountName & Put;

const isSame = (earlier: Item, { account, amount }: Funding): boolean =>
  earlier.account === account && earlier.amount === amount.minor && earlier.currency === amount.currency;

/**
 * Puts money on an account, once a reference. Refuses ACCOUNT_UNKNOWN, AMOUNT_INVALID, and REFERENCE_REUSED where the
 * reference has funded something else. A fault names the reference, with which it may be repeated safely.
 */
export const putMoney = async (ports: Ports, wish: Putting): Promise<Put> => {
  const { tenant, account, reference = ports.ids.uuid(), actor } = wish;
  const keys: readonly [Key, Key] = [accountKey(tenant, account), fundingMarkerKey({ tenant, reference })];
  try {
    return await decide(ports, keys, ([found, earlier], nowMs): Verdict<Put> => {
      if (found === undefined) return deny("ACCOUNT_UNKNOWN");
      const { currency } = accountOf(tenant, account, found);
      const amount = { minor: minorIn(currency, wish.amount), currency };
      const funding = { tenant, account, amount, reference, atMs: nowMs, posting: ports.ids.uuid() };
      const funded = { amount, reference, replayed: earlier !== undefined };
      if (earlier !== undefined) return isSame(earlier, funding) ? say(funded) : deny("REFERENCE_REUSED");
      const detail = { amount: `${majorIn(currency, amount.minor)} ${currency}`, reference };
      const event = { owner: tenant, atMs: nowMs, type: "account.funded", actor, subject: account, detail };
      return { say: funded, writes: [...fund(funding), record({ id: ports.ids.uuid(), ...event })] };
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const advice = `If it is to be repeated, then with the reference "${reference}", which funds once`;
    throw new Fault(`${error.message}. ${advice}`, { cause: error.cause });
  }
};

/** Puts money on a bank's customer's account, as `putMoney` does it. */
export const fundAccount = async (ports: Ports, { userId, ...wish }: FundAccount): Promise<Funded> => ({
  tenant: wish.tenant,
  userId,
  ...(await putMoney(ports, { ...wish, account: String(userId) })),
});
