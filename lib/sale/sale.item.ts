/** A card sale in the table, and the conditional writes that begin and move it. */
import { canMove, type MoveOf } from "#kernel/machine";
import { Fault } from "#kernel/refusal";
import { type Anomaly, anomalies, type Sale, type SaleState } from "#sale/sale";
import { saleMachine } from "#sale/sale.machine";
import { above, absent, equals } from "#store/condition";
import { currencyIn, defined, integerIn, maybeTextIn, maybeTimeIn, textIn, timeIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { saleKey } from "#store/keys/sale";
import { ttlAfter } from "#store/table";
import { put, type Rule, update, type Write } from "#store/write";

const states = Object.keys(saleMachine.states) as readonly SaleState[];

const anomaliesIn = (item: Item): readonly Anomaly[] => {
  const listed = (maybeTextIn(item, "anomalies") ?? "").split(" ");
  return anomalies.filter((anomaly) => listed.includes(anomaly));
};

/** A sale out of its item. */
export const saleOf = (invoiceId: string, item: Item): Sale => ({
  invoiceId,
  tenant: textIn(item, "tenant"),
  state: wordIn(item, "state", states),
  tokenDigest: textIn(item, "tokenDigest"),
  consumerId: textIn(item, "consumerId"),
  serialNumber: textIn(item, "serialNumber"),
  endpointId: textIn(item, "endpointId"),
  nonce: textIn(item, "nonce"),
  signature: textIn(item, "signature"),
  keyId: textIn(item, "keyId"),
  amountCentis: integerIn(item, "amountCentis"),
  amountMinor: integerIn(item, "amountMinor"),
  currency: currencyIn(item, "currency"),
  createdAtMs: timeIn(item, "createdAtMs"),
  sessionExpiresAtMs: timeIn(item, "sessionExpiresAtMs"),
  openUntilMs: timeIn(item, "openUntilMs"),
  anomalies: anomaliesIn(item),
  version: integerIn(item, "version"),
  ...defined({
    email: maybeTextIn(item, "email"),
    checkedAtMs: maybeTimeIn(item, "checkedAtMs"),
    finalAtMs: maybeTimeIn(item, "finalAtMs"),
    fingerprint: maybeTextIn(item, "fingerprint"),
    toldCardId: maybeTextIn(item, "toldCardId"),
    serverCardId: maybeTextIn(item, "serverCardId"),
    clientCardId: maybeTextIn(item, "clientCardId"),
    gatewayStatus: maybeTextIn(item, "gatewayStatus"),
    orderId: maybeTextIn(item, "orderId"),
  }),
});

/** The write that begins a sale; a taken invoiceId is stale: another is drawn. */
export const beginSale = (sale: Sale, retentionDays: number): Write => {
  const item: Item = {
    tenant: sale.tenant,
    state: sale.state,
    tokenDigest: sale.tokenDigest,
    consumerId: sale.consumerId,
    ...(sale.email !== undefined && { email: sale.email }),
    serialNumber: sale.serialNumber,
    endpointId: sale.endpointId,
    nonce: sale.nonce,
    signature: sale.signature,
    keyId: sale.keyId,
    amountCentis: sale.amountCentis,
    amountMinor: sale.amountMinor,
    currency: sale.currency,
    createdAtMs: BigInt(sale.createdAtMs),
    sessionExpiresAtMs: BigInt(sale.sessionExpiresAtMs),
    openUntilMs: BigInt(sale.openUntilMs),
    version: sale.version,
    ttl: ttlAfter(sale.openUntilMs, retentionDays),
  };
  return put(saleKey(sale.invoiceId), item, [[absent(), "stale"]]);
};

/** A move of a sale that there is. */
export type SaleMove = Exclude<MoveOf<typeof saleMachine>, "initiate" | "expire">;

const asJudged = ({ version }: Sale): Rule => [equals("version", version), "stale"];

/** The write that changes a sale without moving it, if it still is as it was judged. */
export const noteOnSale = (sale: Sale, set: Item): Write =>
  update(saleKey(sale.invoiceId), { set, add: { version: 1n } }, [asJudged(sale)]);

/** The write that moves a sale on, in time, and if it still is as it was judged. */
export const moveSale = (sale: Sale, move: SaleMove, nowMs: number, set: Item): Write => {
  if (!canMove(saleMachine, move, sale.state)) throw new Fault(`no sale that is ${sale.state} can ${move}`);
  const { to } = saleMachine.moves[move];
  return update(saleKey(sale.invoiceId), { set: { ...set, state: to }, add: { version: 1n } }, [
    asJudged(sale),
    [above("openUntilMs", BigInt(nowMs)), "stale"],
  ]);
};
