/** sbc.md 4.6. */
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import type { MerchantCaller } from "#sale/merchant";
import type { Seen } from "#sale/reply";
import { stateAt } from "#sale/sale";
import { saleOf } from "#sale/sale.item";
import { saleKey } from "#store/keys/sale";

/** Tells a merchant how far a sale of its own has come; another's is as unknown as none. */
export const getSale = async (
  { invoiceId }: { readonly invoiceId: string },
  { store, clock }: Ports,
  { tenant }: MerchantCaller,
): Promise<Seen> => {
  const [found] = await store.read([saleKey(invoiceId)]);
  const sale = found && saleOf(invoiceId, found);
  if (sale?.tenant !== tenant) throw new Refused(refuse("SALE_REFUSED", { why: "no such sale of this merchant" }));
  return { sale, state: stateAt(sale, clock()) };
};
