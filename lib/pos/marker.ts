/**
 * What a key of a caller's (`paymentId`, `refundId`, `cancelId`) has done to an order. An order's id follows from its name, and the
 * table forgets an old order's parts one by one: what is left of one that bore the name before says nothing of this one.
 */
import type { Order } from "#pos/order";
import { absent, anyOf, below } from "#store/condition";
import { timeIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { put, type Rule, type Write } from "#store/write";

/** Whether a marker is of this order, and not of one of the same name before it. */
export const isOf = ({ createdAtMs }: Pick<Order, "createdAtMs">, marker: Item): boolean =>
  timeIn(marker, "orderedAtMs") === createdAtMs;

/** The rule that nothing of this order stands in a part's place, only what an earlier one has left there; `since` tells them apart. */
export const isFree = ({ createdAtMs }: Pick<Order, "createdAtMs">, since: string, otherwise: Rule[1]): Rule => [
  anyOf(absent(), below(since, BigInt(createdAtMs))),
  otherwise,
];

/** The write that notes it, kept as long as the order; one that was noted meanwhile is stale. */
export const putMarker = (key: Key, order: Pick<Order, "createdAtMs" | "keptUntil">, done: Item): Write =>
  put(key, { ...done, orderedAtMs: BigInt(order.createdAtMs), ttl: order.keptUntil }, [
    isFree(order, "orderedAtMs", "stale"),
  ]);
