/** The keys of tills' orders, and of who takes and pays them. What is found before its merchant is known is the desk's. */
import { isoInstant } from "#kernel/time";
import type { Key } from "#store/item";
import { DESK, partition } from "#store/table";

/** A tenant's one record as a merchant with tills. */
export const posMerchantKey = (tenant: string): Key => ({
  pk: partition(tenant, "posMerchant", "merchant"),
  sk: "merchant",
});

/** A version of a campaign. */
export const campaignKey = (tenant: string, idDigest: string, revision: bigint): Key => ({
  pk: partition(tenant, "posCampaign", idDigest),
  sk: String(revision),
});

/** Whose orders' ids begin with this. */
export const prefixKey = (prefix: string): Key => ({ pk: partition(DESK, "posPrefix", prefix), sk: "prefix" });

/** The partition of a merchant's stores and tills. */
export const places = (tenant: string): string => partition(tenant, "posPlace", "all");

/** A store, or behind its own digest one of its tills. */
export const placeKey = (tenant: string, ...digests: readonly [store: string, till?: string]): Key => ({
  pk: places(tenant),
  sk: digests.join("."),
});

/** What a till is busy with. */
export const tillKey = (tenant: string, tillDigest: string): Key => ({
  pk: partition(tenant, "posTill", tillDigest),
  sk: "active",
});

/** A customer of the app. */
export const customerKey = (customer: string): Key => ({
  pk: partition(DESK, "posCustomer", customer),
  sk: "customer",
});

/** An order. */
export const orderKey = (id: string): Key => ({ pk: ordersOf(id), sk: "order" });

/** What an order is of: its lines, and what its till has said of it. */
export const contentKey = (id: string): Key => ({ pk: ordersOf(id), sk: "content" });

/** The partition of an order and its parts. */
export const ordersOf = (id: string): string => partition(DESK, "posOrder", id);

/** Digits of a refund's number in a sort key: more than an order can have. */
const NTH_DIGITS = 9;

/** The n-th refund of an order. */
export const refundKey = (id: string, nth: bigint): Key => ({
  pk: ordersOf(id),
  sk: `refund#${String(nth).padStart(NTH_DIGITS, "0")}`,
});

/** Which refund a refundId has made. */
export const refundMarkerKey = (id: string, digest: string): Key => ({ pk: ordersOf(id), sk: `refundId#${digest}` });

/** What a cancelId has cut. */
export const cancelMarkerKey = (id: string, digest: string): Key => ({ pk: ordersOf(id), sk: `cancelId#${digest}` });

/** Which order a customer's paymentId has paid. */
export const paymentMarkerKey = (customer: string, digest: string): Key => ({
  pk: partition(DESK, "posPayment", customer),
  sk: digest,
});

/** Who owns a session code. */
export const codeKey = (codeDigest: string): Key => ({ pk: partition(DESK, "posCode", codeDigest), sk: "owner" });

/** The partition of the open orders of a restaurant's till under a code. */
export const codeOrders = (codeDigest: string, tillDigest: string): string =>
  partition(DESK, "posCodeOrder", codeDigest, tillDigest);

/** An open order under a code. */
export const codeOrderKey = (codeDigest: string, tillDigest: string, atMs: number, id: string): Key => ({
  pk: codeOrders(codeDigest, tillDigest),
  sk: `${isoInstant(atMs)}#${id}`,
});

/** The partition of a customer's orders. */
export const history = (customer: string): string => partition(DESK, "posHistory", customer);

/** An order of a customer's. */
export const historyKey = (customer: string, atMs: number, id: string): Key => ({
  pk: history(customer),
  sk: `${isoInstant(atMs)}#${id}`,
});

/** How many units a customer's campaigns at a merchant have counted. */
export const countsKey = (customer: string, tenant: string): Key => ({
  pk: partition(DESK, "posCounts", customer),
  sk: tenant,
});
