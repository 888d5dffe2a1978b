/** Which sale a gateway's session is of: bound by the first correct check, to one sale only (sbc.md 4.3, 6). */
import { keyedDigest } from "#kernel/crypto";
import type { Sale } from "#sale/sale";
import { absent } from "#store/condition";
import { textIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { saleSessionKey } from "#store/keys/sale";
import { put, type Write } from "#store/write";

/** Where a session lies. */
export const sessionKeyOf = (pepper: Uint8Array, session: string): Key =>
  saleSessionKey(keyedDigest(pepper, "gateway session", session));

/** The sale that a session is of, as far as finding its card needs it. */
export const sessionOf = (item: Item) => ({
  invoiceId: textIn(item, "invoiceId"),
  tenant: textIn(item, "tenant"),
  consumerId: textIn(item, "consumerId"),
});

/** The write that binds a session; refuses SALE_REFUSED for one that is another sale's. */
export const putSession = (key: Key, { invoiceId, tenant, consumerId }: Sale, ttl: bigint): Write =>
  put(key, { invoiceId, tenant, consumerId, ttl }, [[absent(), "SALE_REFUSED"]]);
