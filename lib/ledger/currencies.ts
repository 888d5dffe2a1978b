/** In which currencies a tenant has accounts: what unbounded accounts it has follows from that. */
import type { Currency } from "#kernel/currency";
import { fundingAccount, nameOfAccount, settlementAccount } from "#ledger/posting";
import type { Ports } from "#ports";
import { absent } from "#store/condition";
import { decide, say, type Verdict } from "#store/decide";
import { currencyIn } from "#store/field";
import { everyItem } from "#store/pages";
import { currenciesOf, currencyKey } from "#store/table";
import { put, type Store, type Write } from "#store/write";

/**
 * Notes that a tenant will have accounts in a currency. To be done before the first of them is opened, by a commit of its
 * own: as part of each opening it would make all openings of a tenant conflict. `also` goes with that commit: that there is such a tenant.
 */
export const noteCurrency = (
  ports: Ports,
  tenant: string,
  currency: Currency,
  also: readonly Write[] = [],
): Promise<void> => {
  const key = currencyKey(tenant, currency);
  return decide(ports, [key], ([found]): Verdict<void> => {
    if (found !== undefined) return say(undefined);
    return { say: undefined, writes: [put(key, {}, [[absent(), "stale"]]), ...also] };
  });
};

/** A tenant's currencies. */
export const everyCurrency = async function* (store: Store, tenant: string): AsyncGenerator<Currency> {
  for await (const item of everyItem(store, { of: "table", in: currenciesOf(tenant) })) yield currencyIn(item, "sk");
};

/** The names of the unbounded accounts that a tenant has in a currency. */
export const unboundedIn = (currency: Currency): readonly string[] =>
  [settlementAccount(currency), fundingAccount(currency)].map(nameOfAccount);
