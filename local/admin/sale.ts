/** How an operator looks at a card sale. */
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { type Sale, type SaleState, stateAt } from "#sale/sale";
import { saleOf } from "#sale/sale.item";
import { saleKey } from "#store/keys/sale";

/** What may be seen of a sale: nothing that signs, identifies a session or a device, or stands for a card. */
export type ShownSale = Omit<
  Sale,
  | "tokenDigest"
  | "email"
  | "serialNumber"
  | "nonce"
  | "signature"
  | "fingerprint"
  | "toldCardId"
  | "serverCardId"
  | "clientCardId"
> & {
  /** Whether the gateway has said which card it was paid with. */
  readonly hasCard: boolean;
};

/** A sale by its invoiceId, in the state that it is in now; refuses SALE_UNKNOWN. */
export const showSale = async (ports: Ports, { invoiceId }: { readonly invoiceId: string }): Promise<ShownSale> => {
  const [found] = await ports.store.read([saleKey(invoiceId)]);
  if (found === undefined) throw new Refused(refuse("SALE_UNKNOWN"));
  const sale = saleOf(invoiceId, found);
  const { tokenDigest, email, serialNumber, nonce, signature, fingerprint, ...seen } = sale;
  const { toldCardId, serverCardId, clientCardId, ...shown } = seen;
  const state: SaleState = stateAt(sale, ports.clock());
  return { ...shown, state, hasCard: clientCardId !== undefined };
};
