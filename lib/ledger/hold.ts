/** A hold: money set aside for an order. It is placed, and then either posted or released; what was posted can be reversed. */

import type { Money } from "#kernel/money";
import { type Account, isUnchanged } from "#ledger/account";
import { countingNow, exceedsLimits, givingBack, pastWindows, usedField, windows } from "#ledger/limits";
import { post, settlementAccount } from "#ledger/posting";
import { atLeast, atMost } from "#store/condition";
import { accountKey } from "#store/table";
import { type Rule, update, type Write } from "#store/write";

/** When and where: the server's clock and the tenant's calendar. */
export interface Moment {
  readonly nowMs: number;
  readonly timeZone: string;
}

/** Money that is set aside, or was. */
export interface Hold {
  readonly tenant: string;
  readonly account: string;
  readonly amount: Money;
  /** When it was placed: the windows that it counts in. */
  readonly placedAtMs: number;
}

/** Why a hold cannot be placed, as far as the account that was read shows; limits before balance (sonect.md #33). */
export const refusalOfHold = (
  account: Account,
  amount: bigint,
  { nowMs, timeZone }: Moment,
): "LIMIT_EXCEEDED" | "FUNDS_SHORT" | undefined => {
  if (exceedsLimits(account.limits, account.used, amount, nowMs, timeZone)) return "LIMIT_EXCEEDED";
  return account.available < amount ? "FUNDS_SHORT" : undefined;
};

/** The write that places a hold; refuses LIMIT_EXCEEDED, FUNDS_SHORT, by the account as it is at the commit. */
export const placeHold = (account: Account, amount: bigint, { nowMs, timeZone }: Moment): Write => {
  const withinLimits = windows.flatMap((window): readonly Rule[] => {
    const limit = account.limits[window];
    return limit === undefined ? [] : [[atMost(usedField(window, nowMs, timeZone), limit - amount), "LIMIT_EXCEEDED"]];
  });
  return update(
    accountKey(account.tenant, account.id),
    {
      add: { available: -amount, held: amount, ...countingNow(amount, nowMs, timeZone) },
      remove: pastWindows(account.used, nowMs, timeZone),
    },
    [isUnchanged(account), ...withinLimits, [atLeast("available", amount), "FUNDS_SHORT"]],
  );
};

const isHeld = ({ amount }: Hold): Rule => [atLeast("held", amount.minor), "fault"];

/** What comes back to the account: the money, and its use of limits whose window is not over. */
const back = ({ amount, placedAtMs }: Hold, { nowMs, timeZone }: Moment) => ({
  available: amount.minor,
  ...givingBack(amount.minor, placedAtMs, nowMs, timeZone),
});

/** The write that gives a hold back. */
export const releaseHold = (hold: Hold, moment: Moment): Write =>
  update(accountKey(hold.tenant, hold.account), { add: { held: -hold.amount.minor, ...back(hold, moment) } }, [
    isHeld(hold),
  ]);

/** The writes that turn a hold into a posting from the customer to the tenant's settlement account; `subject` is the order. */
export const postHold = (hold: Hold, { nowMs }: Moment, subject: string, posting: string): readonly Write[] => {
  const { tenant, account, amount } = hold;
  const to = settlementAccount(amount.currency);
  return [
    update(accountKey(tenant, account), { add: { held: -amount.minor } }, [isHeld(hold)]),
    ...post({
      id: posting,
      tenant,
      atMs: nowMs,
      reason: "settlement",
      from: { bounded: account },
      to,
      amount,
      subject,
    }),
  ];
};

/** The writes that bring posted money back: a posting the other way. */
export const reversePosting = (hold: Hold, moment: Moment, subject: string, posting: string): readonly Write[] => {
  const { tenant, account, amount } = hold;
  const from = settlementAccount(amount.currency);
  return [
    update(accountKey(tenant, account), { add: back(hold, moment) }),
    ...post({
      id: posting,
      tenant,
      atMs: moment.nowMs,
      reason: "reversal",
      from,
      to: { bounded: account },
      amount,
      subject,
    }),
  ];
};
