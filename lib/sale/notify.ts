/** sbc.md 4.4. */
import { sameBytes } from "#kernel/crypto";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { type GatewayCaller, isGatewayAt, knownMerchant } from "#sale/caller";
import { cardOf, mappingKeyOf, noteCard } from "#sale/card.item";
import { keyNamed } from "#sale/merchant";
import { openKey } from "#sale/merchant.item";
import type { Noted } from "#sale/reply";
import type { Sale } from "#sale/sale";
import { noteOnSale, saleOf } from "#sale/sale.item";
import { sessionKeyOf, sessionOf } from "#sale/session.item";
import { signNoted } from "#sale/signature";
import { digestOfToken } from "#sale/token.item";
import type { Notify } from "#sale/wire";
import { decide, deny, say, type Verdict } from "#store/decide";
import type { Item } from "#store/item";
import { saleKey } from "#store/keys/sale";
import type { Write } from "#store/write";

/** Characters of an app's number of a card (sbc.md 2). */
const CARD_LENGTH = 32;

/** Hears from the gateway which card a sale was paid with, and notes it under a number for the app. */
export const notify = async (wish: Notify, ports: Ports, { address }: GatewayCaller): Promise<Noted> => {
  const { pepper, seal } = await ports.secrets();
  const [pointer] = await ports.store.read([sessionKeyOf(pepper, wish.sessionToken)]);
  if (pointer === undefined) throw new Refused(refuse("SALE_REFUSED", { why: "no such session" }));
  const { invoiceId, tenant, consumerId } = sessionOf(pointer);
  const { serverCardId } = wish;
  const card = serverCardId === undefined ? undefined : { tenant, consumerId, serverCardId };
  const keys = [saleKey(invoiceId), ...(card ? [mappingKeyOf(tenant, pepper, card)] : [])];
  return decide(ports, keys, async ([found, mapping], nowMs): Promise<Verdict<Noted>> => {
    const sale = found && saleOf(invoiceId, found);
    const why = wrongIn(wish, sale, pepper);
    if (sale === undefined || why !== undefined) return deny("SALE_REFUSED", { why: why ?? "no such sale" });
    const merchant = await knownMerchant(ports, tenant);
    if (!isGatewayAt(merchant, address)) return deny("SALE_REFUSED", { why: "not from the gateway's address" });
    const key = keyNamed(merchant, sale.keyId, nowMs);
    if (key === undefined) return deny("SALE_REFUSED", { why: "the sale's key is gone" });
    const answer: Noted = {
      invoiceId,
      checkSignature: signNoted(openKey(seal, tenant, key), sale),
      nonce: sale.nonce,
      sessionToken: wish.sessionToken,
    };
    if (card === undefined || sale.serverCardId === serverCardId) return say(answer);
    if (sale.serverCardId !== undefined) return deny("SALE_REFUSED", { why: "a second card" });
    return { say: answer, writes: map(sale, card, mapping, { pepper, ports }) };
  });
};

/** The first thing that is not the sale's. */
const wrongIn = (wish: Notify, sale: Sale | undefined, pepper: Uint8Array): string | undefined => {
  const compared = [
    ["access token", sameBytes(digestOfToken(pepper, wish.accessToken), sale?.tokenDigest ?? "")],
    ["serial number", sameBytes(wish.serialNumber, sale?.serialNumber ?? "")],
    ["invoiceId", wish.invoiceId === undefined || wish.invoiceId === sale?.invoiceId],
  ] as const;
  const wrong = compared.find(([, isSame]) => !isSame);
  return wrong && `another ${wrong[0]}`;
};

const map = (
  sale: Sale,
  card: Pick<Parameters<typeof noteCard>[0], "tenant" | "consumerId" | "serverCardId">,
  mapping: Item | undefined,
  { pepper, ports }: { readonly pepper: Uint8Array; readonly ports: Ports },
): readonly Write[] => {
  const { serverCardId } = card;
  if (mapping !== undefined) return [noteOnSale(sale, { serverCardId, clientCardId: cardOf(mapping).clientCardId })];
  const clientCardId = ports.ids.letters(CARD_LENGTH);
  return [noteOnSale(sale, { serverCardId, clientCardId }), ...noteCard({ ...card, clientCardId }, pepper)];
};
