import { defineRefusals } from "#kernel/refusal";

/** Why a withdrawal is not started, settled or cancelled, besides what the ledger says; in order of precedence. */
export const withdrawalRefusals = defineRefusals({
  AMOUNT_INVALID: {
    retry: "never",
    says: "The amount has more fraction digits than the account's currency, or is too large.",
  },
  KEY_REUSED: { retry: "never", says: "The reference has started an order with another content." },
  EXPIRY_INVALID: { retry: "never", says: "The expiry is not within the next 24 hours by the server's clock." },
  ORDER_UNKNOWN: { retry: "never", says: "This user has no such order." },
  REFERENCE_MISMATCH: { retry: "never", says: "The order bears another reference. Told like an unknown order." },
  ORDER_FINAL: { retry: "never", says: "The order has ended otherwise, or its time is over." },
});
