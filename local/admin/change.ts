/** How an operator changes an account's state, mode and limits: by what was read, and only while that stands. */
import { type Account, accountOf, changeAccount, isUnchanged } from "#ledger/account";
import { limitNames } from "#ledger/limits";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { accountKey } from "#store/keys/ledger";
import { check } from "#store/write";
import { type AccountName, type LimitTexts, limitsOf } from "./account.ts";
import { majorIn } from "./amount.ts";
import { differencesBetween } from "./differences.ts";

/** An account to change, and who does it. */
export interface ChangeWish extends AccountName {
  readonly actor: string;
}

/** The account as it is now; `changed` is false where it was so already and nothing was written. */
export interface Changed {
  readonly account: Account;
  readonly changed: boolean;
}

type Change = Partial<Pick<Account, "state" | "mode" | "limits">>;

const textsOf = ({ currency, state, mode, limits }: Account): Readonly<Record<string, string>> => {
  const boundOf = (bound: bigint | undefined) => (bound === undefined ? "none" : majorIn(currency, bound));
  const bounds = limitNames.map((name) => [`${name} limit`, boundOf(limits[name])]);
  return { state, mode, ...Object.fromEntries(bounds) };
};

const change = (
  ports: Ports,
  { tenant, userId, actor }: ChangeWish,
  type: string,
  changeOf: (account: Account) => Change,
): Promise<Changed> => {
  const id = String(userId);
  const key = accountKey(tenant, id);
  return decide(ports, [key], ([found], nowMs): Verdict<Changed> => {
    if (found === undefined) return deny("ACCOUNT_UNKNOWN");
    const before = accountOf(tenant, id, found);
    const asked = changeOf(before);
    const after = { ...before, ...asked };
    const detail = differencesBetween(textsOf(before), textsOf(after));
    if (Object.keys(detail).length === 0) return say({ account: before, changed: false });
    const event = { owner: tenant, atMs: nowMs, type, actor, subject: id, detail };
    const writes = [check(key, [isUnchanged(before)]), changeAccount(tenant, id, asked)];
    return { say: { account: after, changed: true }, writes: [...writes, record({ id: ports.ids.uuid(), ...event })] };
  });
};

/** Blocks an account for new withdrawals; refuses ACCOUNT_UNKNOWN. */
export const blockAccount = (ports: Ports, wish: ChangeWish): Promise<Changed> =>
  change(ports, wish, "account.blocked", () => ({ state: "blocked" }));

/** Lets new withdrawals begin again; refuses ACCOUNT_UNKNOWN. */
export const unblockAccount = (ports: Ports, wish: ChangeWish): Promise<Changed> =>
  change(ports, wish, "account.unblocked", () => ({ state: "active" }));

/** Lets an account book, or skip (sonect.md 4.2), from the next start on; refuses ACCOUNT_UNKNOWN. */
export const changeMode = (ports: Ports, wish: ChangeWish & Pick<Account, "mode">): Promise<Changed> =>
  change(ports, wish, "account.mode-changed", () => ({ mode: wish.mode }));

/** Sets the limits that are given, lifts those that are null and keeps the others; refuses ACCOUNT_UNKNOWN, AMOUNT_INVALID. */
export const changeLimits = (ports: Ports, wish: ChangeWish & { readonly limits: LimitTexts }): Promise<Changed> =>
  change(ports, wish, "account.limits-changed", (account) => ({
    limits: limitsOf(account.currency, wish.limits, account.limits),
  }));
