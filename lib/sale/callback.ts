/** sbc.md 4.5. */
import { lengthPrefixed } from "#kernel/canonical";
import { digest } from "#kernel/crypto";
import { readDecimal } from "#kernel/json";
import type { Ports } from "#ports";
import { type GatewayCaller, isGatewayAt, knownMerchant } from "#sale/caller";
import { keyNamed, liveKeys, type Merchant } from "#sale/merchant";
import { openKey, openNoKey } from "#sale/merchant.item";
import { type Anomaly, anomalies, isOpen, type Sale, stateAt } from "#sale/sale";
import { moveSale, noteOnSale, type SaleMove, saleOf } from "#sale/sale.item";
import { saleMachine } from "#sale/sale.machine";
import { controlOf, sameSignature } from "#sale/signature";
import { type Callback, mayNameSale } from "#sale/wire";
import { absent } from "#store/condition";
import { decide, deny, say, type Verdict } from "#store/decide";
import type { Item } from "#store/item";
import { saleCallbackKey, saleKey } from "#store/keys/sale";
import { ttlAfter } from "#store/table";
import { put } from "#store/write";

/** The statuses that end a sale, and how (Statuses, doc.billblend.com); any other is on its way. */
const endings: Readonly<Record<string, SaleMove>> = {
  approved: "approve",
  declined: "decline",
  filtered: "decline",
  error: "fail",
};

/** Hears from the gateway how a sale has ended. Whatever is authentic is acknowledged, whether or not it changes anything. */
export const callback = async (wish: Callback, ports: Ports, { address }: GatewayCaller): Promise<undefined> => {
  // What cannot be one of ours is looked for under a name that none of them has.
  const invoiceId = mayNameSale(wish.invoiceId) ? wish.invoiceId : digest(wish.invoiceId);
  const marker = saleCallbackKey(invoiceId, digest(lengthPrefixed([wish.status, wish.type, wish.orderId])));
  return decide(ports, [saleKey(invoiceId), marker], async ([found, heard], nowMs): Promise<Verdict<undefined>> => {
    const sale = found && saleOf(invoiceId, found);
    const merchant = sale && (await knownMerchant(ports, sale.tenant));
    if (!(await isAuthentic(wish, sale, merchant, ports, nowMs)) || !sale || !merchant)
      return deny("SALE_REFUSED", { why: "another control" });
    if (!isGatewayAt(merchant, address)) return deny("SALE_REFUSED", { why: "not from the gateway's address" });
    const move = endings[wish.status];
    if (heard !== undefined || move === undefined || !merchant.callbackTypes.includes(wish.type)) return say(undefined);
    return judge(wish, sale, merchant, move, nowMs, marker);
  });
};

/** Whether the control is one of the keys in use: the sale's own first. */
const isAuthentic = async (
  wish: Callback,
  sale: Sale | undefined,
  merchant: Merchant | undefined,
  ports: Ports,
  nowMs: number,
): Promise<boolean> => {
  const { seal } = await ports.secrets();
  const own = merchant && sale && keyNamed(merchant, sale.keyId, nowMs);
  const others = merchant ? liveKeys(merchant, nowMs).filter(({ id }) => id !== own?.id) : [];
  const keys = own ? [own, ...others] : others;
  const texts = keys.length > 0 ? keys.map((key) => openKey(seal, merchant?.tenant ?? "", key)) : [openNoKey(seal)];
  const matches = texts.map((text) => sameSignature(controlOf(text, wish), wish.control));
  return keys.length > 0 && matches.includes(true);
};

/** Where a callback fits, the sale moves; where it does not, that is noted, and it is judged again when it is repeated. */
const judge = (
  wish: Callback,
  sale: Sale,
  { retentionDays }: Merchant,
  move: SaleMove,
  nowMs: number,
  marker: ReturnType<typeof saleCallbackKey>,
): Verdict<undefined> => {
  const seen: readonly (Anomaly | undefined)[] = [misfit(sale, move, nowMs), mismatch(wish, sale)];
  const noted = {
    anomalies: anomalies.filter((each) => sale.anomalies.includes(each) || seen.includes(each)).join(" "),
  };
  const isNew = noted.anomalies !== sale.anomalies.join(" ");
  const state = stateAt(sale, nowMs);
  const fits = seen[0] === undefined && isOpen(state);
  if (!fits) return { say: undefined, writes: isNew ? [noteOnSale(sale, noted)] : [] };
  const ttl = ttlAfter(nowMs, retentionDays);
  const ended: Item = {
    ...(isNew && noted),
    gatewayStatus: wish.status,
    orderId: wish.orderId,
    finalAtMs: BigInt(nowMs),
    ttl,
  };
  return { say: undefined, writes: [moveSale(sale, move, nowMs, ended), put(marker, { ttl }, [[absent(), "stale"]])] };
};

/** Why a callback does not move the sale, where that is remarkable. */
const misfit = (sale: Sale, move: SaleMove, nowMs: number): Anomaly | undefined => {
  const state = stateAt(sale, nowMs);
  if (state === "expired") return "LATE_CALLBACK";
  if (state === "initiated") return move === "approve" ? "APPROVED_UNCHECKED" : undefined;
  return state === "checked" || state === saleMachine.moves[move].to ? undefined : "CONFLICTING_FINAL";
};

/** Whether the amount is another than the sale's: it is not covered by the control, so that only flags. */
const mismatch = ({ amount }: Callback, { amountCentis }: Sale): Anomaly | undefined => {
  const said = readDecimal(amount);
  const isSame = said !== undefined && said.unscaled * 100n === amountCentis * 10n ** BigInt(said.scale);
  return isSame ? undefined : "AMOUNT_MISMATCH";
};
