import { defineRefusals } from "#kernel/refusal";

/** Why an order does not go on, besides what the store and the ledger say; in order of precedence. */
export const posRefusals = defineRefusals({
  ORDER_UNKNOWN: { retry: "never", says: "There is no such order, or it is another merchant's." },
  CLOSED_ALREADY: { retry: "never", says: "The order was closed with another amount, or has been refunded since." },
  ORDER_NOT_OPEN: { retry: "never", says: "The order has been closed or cancelled, or its time is over." },
  ORDER_NOT_CLOSED: { retry: "changed", says: "The order has not been closed." },
  ORDER_BOUND: { retry: "never", says: "Another customer's app has the order." },
  ORDER_ENGAGED: {
    retry: "changed",
    says: "The order has a payment, or a method that its customer has chosen; of a till's active order: it is paid.",
  },
  ABOVE_PAID: {
    retry: "never",
    says: "The closing amount is above what was paid: the order is cancelled, the money returned.",
  },
  PAYMENT_UNCANCELLABLE: { retry: "never", says: "There is no payment that is held and not yet due for capture." },
  REFUND_EXCEEDS: { retry: "never", says: "The refund is above what is left of what was captured." },
  TILL_MERCHANT_EXISTS: { retry: "never", says: "The tenant is a merchant with tills already." },
  TILL_MERCHANT_UNKNOWN: { retry: "changed", says: "The tenant is no merchant with tills." },
  TILL_MERCHANT_MALFORMED: { retry: "changed", says: "The merchant cannot be set so." },
  CUSTOMER_EXISTS: { retry: "never", says: "There is an app customer of this id already." },
  CUSTOMER_UNKNOWN: { retry: "changed", says: "There is no app customer of this id." },
});
