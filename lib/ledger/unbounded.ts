/** The unbounded accounts that a tenant has: what its books and its closings walk. Registered once, before money moves on it, so that no posting has to say that there is one. */
import type { Currency } from "#kernel/currency";
import type { UnboundedRef } from "#ledger/posting";
import type { Ports } from "#ports";
import { absent } from "#store/condition";
import { decide, say, type Verdict } from "#store/decide";
import { currencyIn, textIn, timeIn } from "#store/field";
import { unboundedKey, unboundedOf } from "#store/keys/ledger";
import { everyItem } from "#store/pages";
import { put, type Store, type Write } from "#store/write";

/** An unbounded account and the instant, by the clock of who registered it, from which on it may have entries. */
export interface Unbounded {
  readonly tenant: string;
  readonly account: string;
  readonly currency: Currency;
  readonly sinceMs: number;
}

/**
 * Registers unbounded accounts in a currency, as far as they are not yet. To be done before anything is posted on them, by
 * a commit of its own: as part of opening each account that needs them it would make all openings of a tenant conflict.
 * `also` goes with that commit: that there is such a tenant.
 */
export const registerUnbounded = (
  ports: Ports,
  tenant: string,
  currency: Currency,
  accounts: readonly UnboundedRef[],
  also: readonly Write[] = [],
): Promise<void> => {
  const keys = accounts.map(({ unbounded }) => unboundedKey(tenant, unbounded));
  return decide(ports, keys, (found, nowMs): Verdict<void> => {
    const missing = keys.filter((_, nth) => found[nth] === undefined);
    if (missing.length === 0) return say(undefined);
    const item = { currency, sinceMs: BigInt(nowMs) };
    return { say: undefined, writes: [...missing.map((key) => put(key, item, [[absent(), "stale"]])), ...also] };
  });
};

/** A tenant's unbounded accounts, by name. */
export const everyUnbounded = async function* (store: Store, tenant: string): AsyncGenerator<Unbounded> {
  for await (const item of everyItem(store, { of: "table", in: unboundedOf(tenant) })) {
    yield {
      tenant,
      account: textIn(item, "sk"),
      currency: currencyIn(item, "currency"),
      sinceMs: timeIn(item, "sinceMs"),
    };
  }
};
