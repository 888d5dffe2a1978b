import { defineRefusals } from "#kernel/refusal";

/** Why a withdrawal is not started, settled or cancelled, besides what the ledger and the store say; in order of precedence. */
export const withdrawalRefusals = defineRefusals({
  EXPIRY_INVALID: { retry: "never", says: "The expiry is not within the next 24 hours by the server's clock." },
  WITHDRAWAL_UNKNOWN: { retry: "never", says: "This user has no such order." },
  REFERENCE_MISMATCH: { retry: "never", says: "The order bears another reference. Told like an unknown order." },
  WITHDRAWAL_FINAL: { retry: "never", says: "The order has ended otherwise, or its time is over." },
});
