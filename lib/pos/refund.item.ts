/** Refunds, each an item of its own: an order may have any number, and knows their sum (swip.md 7). */
import { digest } from "#kernel/crypto";
import { writeJson } from "#kernel/json";
import type { Ports } from "#ports";
import type { Refunded } from "#pos/encode";
import { isFree, putMarker } from "#pos/marker";
import type { Order } from "#pos/order";
import type { Refund, View } from "#pos/view";
import { integerIn, maybeTextIn, textIn, timeIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { ordersOf, refundKey, refundMarkerKey } from "#store/keys/pos";
import { put, type Write } from "#store/write";

/** The most refunds that an order is shown with (swip.md 3). */
const MOST_SHOWN = 100;

/** Where it is noted what a refundId has done. */
export const keyOfRefundId = (id: string, refundId: string): Key => refundMarkerKey(id, digest(refundId));

/** What tells a refund from another under the same refundId. */
export const digestOfRefund = (amount: bigint | undefined, reason: string | undefined): string =>
  digest(writeJson([amount ?? null, reason ?? null]));

const refundOf = (item: Item): Refund => {
  const reason = maybeTextIn(item, "reason");
  return {
    refundId: textIn(item, "refundId"),
    amount: integerIn(item, "amount"),
    loyaltyReturned: integerIn(item, "loyaltyReturned"),
    ...(reason !== undefined && { reason }),
    createdAtMs: timeIn(item, "createdAtMs"),
  };
};

/** The writes of an order's newest refund, and of what its refundId has done. */
export const putRefund = (order: Order, { createdAtMs, ...refund }: Refund, content: string): readonly Write[] => {
  const { id, refundCount, refunded, captured, keptUntil } = order;
  const item: Item = { ...refund, createdAtMs: BigInt(createdAtMs), ttl: keptUntil };
  const { refundId, amount } = refund;
  return [
    put(refundKey(id, refundCount), item, [isFree(order, "createdAtMs", "fault")]),
    putMarker(keyOfRefundId(id, refundId), order, { content, amount, refunded, remaining: captured - refunded }),
  ];
};

/** What was said of a refund, and the digest of what had asked for it. */
export const refundedIn = (
  item: Item,
): Pick<Refunded, "amount" | "refunded" | "remaining"> & { readonly content: string } => ({
  content: textIn(item, "content"),
  amount: integerIn(item, "amount"),
  refunded: integerIn(item, "refunded"),
  remaining: integerIn(item, "remaining"),
});

/** The order with its newest refunds: those that it knows of, although others may have come since it was read. */
export const withRefunds = async <Shown extends View>(
  shown: Shown,
  { store }: Pick<Ports, "store">,
): Promise<Shown> => {
  const { id, refundCount } = shown.order;
  if (refundCount === 0n) return { ...shown, refunds: [] };
  const page = await store.list({
    of: "table",
    in: ordersOf(id),
    from: refundKey(id, 1n).sk,
    to: refundKey(id, refundCount).sk,
    newestFirst: true,
    limit: MOST_SHOWN,
  });
  return { ...shown, refunds: page.items.map(refundOf) };
};
