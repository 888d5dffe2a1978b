/** sbc.md 4.2. */
import { currencyOf } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import type { Ports } from "#ports";
import { minorOfCentis } from "#sale/amount";
import { knownMerchant } from "#sale/caller";
import { endpointFor, liveKeys } from "#sale/merchant";
import { openKey } from "#sale/merchant.item";
import type { Begun } from "#sale/reply";
import type { Sale } from "#sale/sale";
import { beginSale } from "#sale/sale.item";
import { signInitiated } from "#sale/signature";
import { contentOf, markerKey, markerOf, putMarker } from "#sale/start.item";
import { type AccessToken, bindToken, digestOfToken, tokenOf } from "#sale/token.item";
import type { Initiate } from "#sale/wire";
import { decide, deny, say, type Verdict } from "#store/decide";
import { accessTokenKey } from "#store/keys/sale";

/** Characters of a nonce (sbc.md 2). */
const NONCE_LENGTH = 64;

/** Begins a sale: what the app passes on to the gateway, signed. */
export const initiate = async (wish: Initiate, ports: Ports): Promise<Begun> => {
  const { pepper } = await ports.secrets();
  const digest = digestOfToken(pepper, wish.accessToken);
  const marker = wish.idempotencyKey === undefined ? undefined : markerKey(pepper, digest, wish.idempotencyKey);
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
    const sale = await open(wish, token, ports, nowMs);
    if ("code" in sale) return deny(sale.code);
    if (begun !== undefined) return deny("KEY_REUSED");
    const remember = marker ? [putMarker(marker, sale, content, token.expiresAtMs)] : [];
    const { retentionDays } = await knownMerchant(ports, token.tenant);
    return {
      say: { ...sale, replayed: false },
      writes: [...bindToken(token, wish.serialNumber, nowMs), beginSale(sale, retentionDays), ...remember],
    };
  });
};

/** The sale that a token opens, or why none. */
const open = async (
  { serialNumber, accessToken, amountCentis, currency: code }: Initiate,
  token: AccessToken,
  ports: Ports,
  nowMs: number,
): Promise<Sale | { readonly code: "CURRENCY_UNACCEPTED" | "AMOUNT_UNREPRESENTABLE" }> => {
  const merchant = await knownMerchant(ports, token.tenant);
  const currency = currencyOf(code);
  const endpointId = currency && endpointFor(merchant, currency);
  if (currency === undefined || endpointId === undefined) return { code: "CURRENCY_UNACCEPTED" };
  const amountMinor = minorOfCentis(amountCentis, currency);
  if (amountMinor === undefined) return { code: "AMOUNT_UNREPRESENTABLE" };
  const [key] = liveKeys(merchant, nowMs);
  if (key === undefined) throw new Fault("the merchant has no control key in use");
  const { seal } = await ports.secrets();
  const nonce = ports.ids.letters(NONCE_LENGTH);
  const invoiceId = ports.ids.uuid4();
  const signed = { accessToken, serialNumber, endpointId, nonce, invoiceId, amountCentis, currency };
  const expiresAtMs = nowMs + merchant.sessionLifeMs;
  return {
    invoiceId,
    tenant: token.tenant,
    state: "initiated",
    token: token.digest,
    consumerId: token.consumerId,
    ...(token.email !== undefined && { email: token.email }),
    serialNumber,
    endpointId,
    nonce,
    signature: signInitiated(openKey(seal, token.tenant, key), signed),
    keyId: key.id,
    amountCentis,
    amountMinor,
    currency,
    createdAtMs: nowMs,
    sessionExpiresAtMs: expiresAtMs,
    openUntilMs: expiresAtMs,
    anomalies: [],
    version: 1n,
  };
};
