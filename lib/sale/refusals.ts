import { defineRefusals } from "#kernel/refusal";

/** Why a card sale does not go on; in order of precedence. */
export const saleRefusals = defineRefusals({
  SALE_REFUSED: {
    retry: "never",
    says: "Something that identifies the sale or its caller is wrong, unknown or too late. The caller is never told what; the log is.",
  },
  CURRENCY_UNACCEPTED: { retry: "never", says: "The merchant takes no payments in this currency." },
  AMOUNT_UNREPRESENTABLE: {
    retry: "never",
    says: "The amount is no whole number of the currency's minor unit, or is too large.",
  },
  SALE_UNKNOWN: { retry: "never", says: "There is no such sale, or none any more." },
  MERCHANT_EXISTS: { retry: "never", says: "The tenant is a merchant of card sales already." },
  MERCHANT_UNKNOWN: { retry: "changed", says: "The tenant is no merchant of card sales." },
  MERCHANT_MALFORMED: { retry: "changed", says: "The merchant's settings contradict each other." },
});
