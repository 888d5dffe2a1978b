import type { Ports } from "#ports";
import { tenantKey } from "#store/table";

/** Asks the table for a record that need not be there: an answer is what matters. */
export const health = async (_: undefined, { store }: Ports): Promise<{ readonly status: "ok" }> => {
  await store.read([tenantKey("health")]);
  return { status: "ok" };
};
