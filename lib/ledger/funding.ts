/** Money that enters: a posting from the tenant's funding account, once a reference. */
import { digest } from "#kernel/crypto";
import type { Money } from "#kernel/money";
import { utcDay } from "#kernel/time";
import { isOpen } from "#ledger/closing";
import { fundingAccount, post } from "#ledger/posting";
import { absent, equals, present } from "#store/condition";
import { accountKey, closingKey, fundingKey } from "#store/keys/ledger";
import { check, put, update, type Write } from "#store/write";

/** A sum to put on an account; `reference` names it, and a reference funds once. */
export interface Funding {
  readonly tenant: string;
  readonly account: string;
  readonly amount: Money;
  readonly reference: string;
  readonly atMs: number;
  readonly posting: string;
}

/** The marker of a funding's reference. */
export const fundingMarkerKey = ({ tenant, reference }: Pick<Funding, "tenant" | "reference">) =>
  fundingKey(tenant, digest(reference));

/** The writes of a funding; refuse ACCOUNT_UNKNOWN, and DAY_CLOSED where the funder's clock is days behind. A reference that has funded in between is stale. */
export const fund = (funding: Funding): readonly Write[] => {
  const { tenant, account, amount, reference, atMs, posting } = funding;
  const from = fundingAccount(amount.currency);
  return [
    put(fundingMarkerKey(funding), { account, amount: amount.minor, currency: amount.currency, atMs: BigInt(atMs) }, [
      [absent(), "stale"],
    ]),
    update(accountKey(tenant, account), { add: { available: amount.minor } }, [
      [present(), "ACCOUNT_UNKNOWN"],
      [equals("currency", amount.currency), "fault"],
    ]),
    check(closingKey(tenant, from.unbounded, utcDay(atMs)), [isOpen]),
    ...post({
      id: posting,
      tenant,
      atMs,
      reason: "funding",
      from,
      to: { bounded: account },
      amount,
      subject: reference,
    }),
  ];
};
