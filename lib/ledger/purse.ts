/** A purse: a bounded account that has no limits, as wallets and points are. It is moved without being read: its bounds are conditions. */
import { atLeast } from "#store/condition";
import { accountKey } from "#store/keys/ledger";
import { type Rule, update, type Write } from "#store/write";

/** Whose, and which. */
export interface Purse {
  readonly tenant: string;
  readonly account: string;
}

/** What comes to a purse, or goes, in minor units; absent: 0. */
export interface Shift {
  readonly available?: bigint;
  readonly held?: bigint;
}

/**
 * The write that moves a purse, if there is something to move. Refuses FUNDS_SHORT where less is available than is to go,
 * unless the purse may owe; that what is held was held goes without saying.
 */
export const shift = ({ tenant, account }: Purse, by: Shift, mayOwe = false): readonly Write[] => {
  const add = Object.fromEntries(Object.entries(by).filter(([, amount]) => amount !== 0n));
  const { available = 0n, held = 0n } = by;
  const rules: readonly Rule[] = [
    ...(available < 0n && !mayOwe ? [[atLeast("available", -available), "FUNDS_SHORT"] as const] : []),
    ...(held < 0n ? [[atLeast("held", -held), "fault"] as const] : []),
  ];
  return Object.keys(add).length === 0 ? [] : [update(accountKey(tenant, account), { add }, rules)];
};
