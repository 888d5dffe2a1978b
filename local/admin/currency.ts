/** What a bank's accounts in a currency need before the first of them is opened. */
import type { Currency } from "#kernel/currency";
import { fundingAccount } from "#ledger/posting";
import { registerUnbounded } from "#ledger/unbounded";
import type { Ports } from "#ports";
import type { Write } from "#store/write";
import { settlementAccount } from "#withdrawal/order";

/** Registers where money in a currency enters from and where withdrawals of it go; `also` goes with the first commit that does so. */
export const openCurrency = (
  ports: Ports,
  tenant: string,
  currency: Currency,
  also: readonly Write[] = [],
): Promise<void> =>
  registerUnbounded(ports, tenant, currency, [fundingAccount(currency), settlementAccount(currency)], also);
