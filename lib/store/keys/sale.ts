/** The keys of card sales. What is found before its merchant is known is the desk's. */
import type { Key } from "#store/item";
import { DESK, partition } from "#store/table";

/** A tenant's one record as a merchant of card sales. */
export const merchantKey = (tenant: string): Key => ({
  pk: partition(tenant, "saleMerchant", "merchant"),
  sk: "merchant",
});

/** An app's access token. */
export const accessTokenKey = (digest: string): Key => ({ pk: partition(DESK, "saleToken", digest), sk: "token" });

/** A sale. */
export const saleKey = (invoiceId: string): Key => ({ pk: partition(DESK, "sale", invoiceId), sk: "sale" });

/** Which sale an Idempotency-Key has begun. */
export const saleStartKey = (digest: string): Key => ({ pk: partition(DESK, "saleStart", digest), sk: "start" });

/** Which sale a gateway's session is of. */
export const saleSessionKey = (digest: string): Key => ({ pk: partition(DESK, "saleSession", digest), sk: "session" });

/** That a callback was heard. */
export const saleCallbackKey = (invoiceId: string, digest: string): Key => ({
  pk: partition(DESK, "sale", invoiceId),
  sk: `callback#${digest}`,
});

/** A card, by the number that apps know it by. */
export const cardKey = (clientCardId: string): Key => ({ pk: partition(DESK, "saleCard", clientCardId), sk: "card" });

/** Which card of a consumer the gateway's number is. */
export const mappingKey = (tenant: string, digest: string): Key => ({
  pk: partition(tenant, "saleMapping", digest),
  sk: "mapping",
});
