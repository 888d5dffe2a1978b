/** The keys of SONECT withdrawals. */
import type { Key } from "#store/item";
import { partition } from "#store/table";

/** A withdrawal order. */
export const withdrawalKey = (tenant: string, transactionId: bigint): Key => ({
  pk: partition(tenant, "withdrawal", String(transactionId)),
  sk: "order",
});

/** The dedupe marker of a start. */
export const withdrawalStartKey = (tenant: string, digest: string): Key => ({
  pk: partition(tenant, "withdrawalStart", digest),
  sk: "start",
});
