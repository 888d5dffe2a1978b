/** The dedupe fact of startOrder: which order a key has opened, and the digest of what was said (sonect.md 4.4, 2). */
import { lengthPrefixed, plainDecimal } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { absent } from "#store/condition";
import { integerIn, textIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { withdrawalStartKey } from "#store/keys/withdrawal";
import { ttlAfter } from "#store/table";
import { put, type Write } from "#store/write";
import type { Order, TransactionId } from "#withdrawal/order";
import type { StartOrder } from "#withdrawal/wire";

/** What is remembered of a start. */
export interface StartMarker {
  readonly transactionId: TransactionId;
  readonly skip: boolean;
  readonly content: string;
}

/** The marker's key, from the request alone: its reference, or else a digest of all that it says. */
export const markerKey = (tenant: string, pepper: Uint8Array, wish: StartOrder): Key => {
  const said =
    wish.reference === undefined
      ? [
          "content",
          String(wish.userId),
          plainDecimal(wish.amount),
          String(wish.partnerAtMs),
          String(wish.expiresAtMs),
          wish.store,
        ]
      : ["reference", wish.reference];
  return withdrawalStartKey(tenant, keyedDigest(pepper, "start key", lengthPrefixed(said)));
};

/** A digest of what a start says, parsed: two spellings of one amount or instant are the same, an unsaid currency is the account's. */
export const contentOf = (pepper: Uint8Array, wish: StartOrder): string => {
  const { userId, amount, partnerAtMs, expiresAtMs, reference, store } = wish;
  const parts = [String(userId), plainDecimal(amount), String(partnerAtMs), String(expiresAtMs), reference, store];
  return keyedDigest(pepper, "start content", lengthPrefixed(parts));
};

/** A marker out of its item. */
export const markerOf = (item: Item): StartMarker => ({
  transactionId: integerIn(item, "transactionId") as TransactionId,
  skip: item.skip === true,
  content: textIn(item, "content"),
});

/** The write that puts the marker. It outlives the order, which ends by its expiry: the same start, forgotten by then, is refused for its expiry. */
export const putMarker = (key: Key, order: Order, content: string, retentionDays: number): Write => {
  const item: Item = {
    transactionId: order.transactionId,
    skip: order.skip,
    content,
    ttl: ttlAfter(order.expiresAtMs, retentionDays),
  };
  return put(key, item, [[absent(), "stale"]]);
};
