import type { Ports } from "#ports";
import { tenantKey } from "#store/keys/party";

/** Asks the table for a record that need not be there: an answer is what matters. */
export const health = async (_: unknown, { store }: Ports): Promise<{ readonly status: "ok" }> => {
  await store.read([tenantKey("health")]);
  return { status: "ok" };
};
