/** sbc.md 4.2. */
import { currencyOf } from "#kernel/currency";
import { Fault, isRefusal, type Refusal, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { minorOfCentis } from "#sale/amount";
import { knownMerchant } from "#sale/caller";
import { endpointFor, liveKeys, type Merchant } from "#sale/merchant";
import { openKey } from "#sale/merchant.item";
import type { Begun } from "#sale/reply";
import type { Sale } from "#sale/sale";
import { beginSale } from "#sale/sale.item";
import { signInitiated } from "#sale/signature";
import { contentOf, markerKey, markerOf, putMarker } from "#sale/start.item";
import { type AccessToken, bindToken, digestOfToken, tokenOf } from "#sale/token.item";
import { type Initiate, isIdempotencyKey } from "#sale/wire";
import { decide, deny, say, type Verdict } from "#store/decide";
import { accessTokenKey } from "#store/keys/sale";

/** Characters of a nonce (sbc.md 2). */
const NONCE_LENGTH = 64;

/** Begins a sale: what the app passes on to the gateway, signed. */
export const initiate = async (wish: Initiate, ports: Ports): Promise<Begun> => {
  const { pepper } = await ports.secrets();
  const digest = digestOfToken(pepper, wish.accessToken);
  const { idempotencyKey = "" } = wish;
  const marker = isIdempotencyKey(idempotencyKey) ? markerKey(pepper, digest, idempotencyKey) : undefined;
  const content = contentOf(pepper, wish);
  const keys = [accessTokenKey(digest), ...(marker ? [marker] : [])];
  return decide(ports, keys, async ([found, earlier], nowMs): Promise<Verdict<Begun>> => {
    const token = found && tokenOf(digest, found);
    if (token === undefined) return deny("SALE_REFUSED", { why: "no such access token" });
    if (nowMs >= token.expiresAtMs) return deny("SALE_REFUSED", { why: "an access token that has expired" });
    if ((token.serialNumber ?? wish.serialNumber) !== wish.serialNumber)
      return deny("SALE_REFUSED", { why: "an access token of another device" });
    const begun = earlier && markerOf(earlier);
    if (begun?.content === content) return say({ ...begun, replayed: true });
    const merchant = await knownMerchant(ports, token.tenant);
    const payment = paymentOf(wish, merchant);
    if (isRefusal(payment)) return deny(payment.code);
    if (wish.idempotencyKey !== undefined && marker === undefined)
      return deny("MALFORMED", { at: "headers", why: "Idempotency-Key" });
    if (begun !== undefined) return deny("KEY_REUSED");
    const sale = await open(wish, payment, { token, merchant }, ports, nowMs);
    const remember = marker ? [putMarker(marker, sale, content, token.expiresAtMs)] : [];
    return {
      say: { ...sale, replayed: false },
      writes: [...bindToken(token, wish.serialNumber, nowMs), beginSale(sale, merchant.retentionDays), ...remember],
    };
  });
};

type Payment = Pick<Sale, "endpointId" | "currency" | "amountMinor">;

/** Where an amount is paid, in minor units too; or why it cannot be. */
const paymentOf = (
  { amountCentis, currency: code }: Initiate,
  merchant: Merchant,
): Payment | Refusal<"CURRENCY_UNACCEPTED" | "AMOUNT_UNREPRESENTABLE"> => {
  const currency = currencyOf(code);
  const endpointId = currency && endpointFor(merchant, currency);
  if (currency === undefined || endpointId === undefined) return refuse("CURRENCY_UNACCEPTED");
  const amountMinor = minorOfCentis(amountCentis, currency);
  return amountMinor === undefined ? refuse("AMOUNT_UNREPRESENTABLE") : { endpointId, currency, amountMinor };
};

/** The sale that a token opens. */
const open = async (
  { serialNumber, accessToken, amountCentis }: Initiate,
  payment: Payment,
  { token, merchant }: { readonly token: AccessToken; readonly merchant: Merchant },
  ports: Ports,
  nowMs: number,
): Promise<Sale> => {
  const [key] = liveKeys(merchant, nowMs);
  if (key === undefined) throw new Fault("the merchant has no control key in use");
  const { seal } = await ports.secrets();
  const nonce = ports.ids.letters(NONCE_LENGTH);
  const invoiceId = ports.ids.uuid4();
  const { endpointId, currency } = payment;
  const signed = { accessToken, serialNumber, endpointId, nonce, invoiceId, amountCentis, currency };
  const expiresAtMs = nowMs + merchant.sessionLifeMs;
  return {
    invoiceId,
    tenant: token.tenant,
    state: "initiated",
    tokenDigest: token.digest,
    consumerId: token.consumerId,
    ...(token.email !== undefined && { email: token.email }),
    serialNumber,
    ...payment,
    nonce,
    signature: signInitiated(openKey(seal, token.tenant, key), signed),
    keyId: key.id,
    amountCentis,
    createdAtMs: nowMs,
    sessionExpiresAtMs: expiresAtMs,
    openUntilMs: expiresAtMs,
    anomalies: [],
    version: 1n,
  };
};
