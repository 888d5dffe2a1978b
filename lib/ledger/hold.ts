/** A hold: money set aside for an order. It is placed, and then either posted or released; what was posted can be reversed. */

import type { Money } from "#kernel/money";
import { type Account, isUnchanged } from "#ledger/account";
import { countingNow, exceedsLimits, givingBack, pastWindows, usedField, windows } from "#ledger/limits";
import { type Posting, post } from "#ledger/posting";
import { atLeast, atMost } from "#store/condition";
import { accountKey } from "#store/keys/ledger";
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

/** What the slice says of a posting; when it is, whose and how much follow from the hold. */
type Said<End extends "from" | "to"> = Pick<Posting, "id" | "reason" | "subject" | End>;

/** The writes that turn a hold into a posting from the customer to another account. */
export const postHold = (hold: Hold, { nowMs }: Moment, said: Said<"to">): readonly Write[] => {
  const { tenant, account, amount } = hold;
  return [
    update(accountKey(tenant, account), { add: { held: -amount.minor } }, [isHeld(hold)]),
    ...post({ ...said, tenant, atMs: nowMs, from: { bounded: account }, amount }),
  ];
};

/** The writes that bring posted money back, with its use of limits: a posting the other way. */
export const reversePosting = (hold: Hold, moment: Moment, said: Said<"from">): readonly Write[] => {
  const { tenant, account, amount } = hold;
  return [
    update(accountKey(tenant, account), { add: back(hold, moment) }),
    ...post({ ...said, tenant, atMs: moment.nowMs, to: { bounded: account }, amount }),
  ];
};
