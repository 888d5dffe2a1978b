/** sbc.md 4.3. */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest, sameBytes } from "#kernel/crypto";
import type { Ports } from "#ports";
import { type GatewayCaller, isGatewayAt, knownMerchant } from "#sale/caller";
import { cardKeyOf, cardOf } from "#sale/card.item";
import { keyNamed, type Merchant } from "#sale/merchant";
import { openKey, openNoKey } from "#sale/merchant.item";
import type { Checked } from "#sale/reply";
import { type Sale, stateAt } from "#sale/sale";
import { moveSale, saleOf } from "#sale/sale.item";
import { putSession, sessionKeyOf } from "#sale/session.item";
import { sameSignature, signChecked, signInitiated } from "#sale/signature";
import { digestOfToken } from "#sale/token.item";
import type { Check } from "#sale/wire";
import { decide, deny, say, type Verdict } from "#store/decide";
import type { Item } from "#store/item";
import { saleKey } from "#store/keys/sale";
import { ttlAfter } from "#store/table";

/** Answers the gateway whether a sale is as the app says: once, and a repeated question alike. Whatever is wrong, it hears the same. */
export const check = async (wish: Check, ports: Ports, { address }: GatewayCaller): Promise<Checked> => {
  const { pepper, seal } = await ports.secrets();
  const keys = [saleKey(wish.invoiceId), ...(wish.clientCardId ? [cardKeyOf(pepper, wish.clientCardId)] : [])];
  const fingerprint = fingerprintOf(pepper, wish);
  return decide(ports, keys, async ([found, card], nowMs): Promise<Verdict<Checked>> => {
    const sale = found ? saleOf(wish.invoiceId, found) : undefined;
    const merchant = sale && (await knownMerchant(ports, sale.tenant));
    const key = merchant && keyNamed(merchant, sale.keyId, nowMs);
    const controlKey = key ? openKey(seal, merchant.tenant, key) : openNoKey(seal);
    const why = wrongIn(wish, sale, pepper, controlKey);
    if (!sale || !merchant || !key) return deny("SALE_REFUSED", { why: "no such sale, or its key is gone" });
    if (!isGatewayAt(merchant, address)) return deny("SALE_REFUSED", { why: "not from the gateway's address" });
    if (why !== undefined) return deny("SALE_REFUSED", { why });
    if (nowMs >= sale.sessionExpiresAtMs) return deny("SALE_REFUSED", { why: "the session is over" });
    if (sale.fingerprint !== undefined)
      return sameBytes(sale.fingerprint, fingerprint)
        ? say(answer(sale, wish, controlKey, sale.toldCardId))
        : deny("SALE_REFUSED", { why: "checked otherwise" });
    if (stateAt(sale, nowMs) !== "initiated") return deny("SALE_REFUSED", { why: "the sale has ended" });
    const told = cardFor(sale, card);
    return {
      say: answer(sale, wish, controlKey, told),
      writes: [
        moveSale(sale, "check", nowMs, checkedFields(merchant, { fingerprint, told, nowMs })),
        putSession(
          sessionKeyOf(pepper, wish.sessionToken),
          sale,
          ttlAfter(nowMs + merchant.outcomeWaitMs, merchant.retentionDays),
        ),
      ],
    };
  });
};

/** All that a check says; the signature by its bytes. */
const fingerprintOf = (pepper: Uint8Array, wish: Check): string =>
  keyedDigest(
    pepper,
    "check",
    lengthPrefixed([
      wish.invoiceId,
      wish.serialNumber,
      wish.accessToken,
      wish.nonce,
      wish.signature.toUpperCase(),
      wish.sessionToken,
      wish.clientCardId,
    ]),
  );

/** The first thing that is not as it was stored; all are compared, so that the time tells nothing. */
const wrongIn = (wish: Check, sale: Sale | undefined, pepper: Uint8Array, controlKey: string): string | undefined => {
  const signed = {
    accessToken: wish.accessToken,
    serialNumber: sale?.serialNumber ?? "",
    endpointId: sale?.endpointId ?? "",
    nonce: sale?.nonce ?? "",
    invoiceId: wish.invoiceId,
    amountCentis: sale?.amountCentis ?? 0n,
    currency: sale?.currency ?? "",
  };
  const compared = [
    ["access token", sameBytes(digestOfToken(pepper, wish.accessToken), sale?.tokenDigest ?? "")],
    ["serial number", sameBytes(wish.serialNumber, sale?.serialNumber ?? "")],
    ["nonce", sameBytes(wish.nonce, sale?.nonce ?? "")],
    ["signature", sameSignature(wish.signature, sale?.signature ?? "")],
    ["signature, made again", sameSignature(wish.signature, signInitiated(controlKey, signed))],
  ] as const;
  const wrong = compared.find(([, isSame]) => !isSame);
  return wrong && `another ${wrong[0]}`;
};

/** The gateway's number of the consumer's card; none for one that is unknown, or another's. */
const cardFor = ({ tenant, consumerId }: Sale, item: Item | undefined): string | undefined => {
  const card = item && cardOf(item);
  return card?.tenant === tenant && card.consumerId === consumerId ? card.serverCardId : undefined;
};

const answer = (sale: Sale, wish: Check, controlKey: string, serverCardId: string | undefined): Checked => ({
  email: sale.email,
  invoiceId: sale.invoiceId,
  checkSignature: signChecked(controlKey, sale, serverCardId),
  nonce: sale.nonce,
  sessionToken: wish.sessionToken,
  serverCardId,
  currency: sale.currency,
});

const checkedFields = (
  { outcomeWaitMs, retentionDays }: Merchant,
  { fingerprint, told, nowMs }: { fingerprint: string; told: string | undefined; nowMs: number },
): Item => ({
  fingerprint,
  ...(told !== undefined && { toldCardId: told }),
  checkedAtMs: BigInt(nowMs),
  openUntilMs: BigInt(nowMs + outcomeWaitMs),
  ttl: ttlAfter(nowMs + outcomeWaitMs, retentionDays),
});
