/** The dedupe fact of an initiation: which sale an Idempotency-Key has begun, and what was answered (sbc.md 4.2, 5). */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import type { Sale } from "#sale/sale";
import type { Initiate } from "#sale/wire";
import { absent } from "#store/condition";
import { textIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { saleStartKey } from "#store/keys/sale";
import { ttlAfter } from "#store/table";
import { put, type Write } from "#store/write";

/** Days that a marker is kept after its token's expiry, when every request that bears its key is refused anyway. */
const KEPT_DAYS = 1;

/** The marker's key: a key is its access token's own. */
export const markerKey = (pepper: Uint8Array, token: string, key: string): Key =>
  saleStartKey(keyedDigest(pepper, "sale start", lengthPrefixed([token, key])));

/** A digest of what an initiation says. */
export const contentOf = (pepper: Uint8Array, { serialNumber, amountCentis, currency }: Initiate): string =>
  keyedDigest(pepper, "sale content", lengthPrefixed([serialNumber, String(amountCentis), currency]));

/** What was answered under a key. */
export const markerOf = (item: Item) => ({
  content: textIn(item, "content"),
  endpointId: textIn(item, "endpointId"),
  invoiceId: textIn(item, "invoiceId"),
  nonce: textIn(item, "nonce"),
  signature: textIn(item, "signature"),
});

/** The write that remembers it; a key that was used meanwhile is stale. */
export const putMarker = (key: Key, sale: Sale, content: string, tokenExpiresAtMs: number): Write => {
  const { endpointId, invoiceId, nonce, signature } = sale;
  const ttl = ttlAfter(tokenExpiresAtMs, KEPT_DAYS);
  return put(key, { content, endpointId, invoiceId, nonce, signature, ttl }, [[absent(), "stale"]]);
};
