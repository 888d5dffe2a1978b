import { defineRefusals } from "#kernel/refusal";

/** Why money does not move, in order of precedence. */
export const ledgerRefusals = defineRefusals({
  ACCOUNT_UNKNOWN: { retry: "changed", says: "The tenant has no such account." },
  AMOUNT_INVALID: {
    retry: "never",
    says: "The amount has more fraction digits than its currency, or is too large.",
  },
  CURRENCY_MISMATCH: { retry: "never", says: "The amount is in another currency than the account." },
  ACCOUNT_BLOCKED: { retry: "changed", says: "The account is blocked for new withdrawals; open ones can still end." },
  LIMIT_EXCEEDED: {
    retry: "changed",
    says: "The amount is above the account's limit a transaction, or above what is left of its day, week, month or year.",
  },
  FUNDS_SHORT: { retry: "changed", says: "Less is available than the amount." },
});

/** What only an administrator may hear: accounts are opened and funded from the command line. */
export const bookkeepingRefusals = defineRefusals({
  ACCOUNT_EXISTS: { retry: "never", says: "The tenant has an account of this number already." },
  DAY_CLOSED: { retry: "changed", says: "This machine's clock is behind: the books of its day are closed." },
  REFERENCE_REUSED: { retry: "never", says: "The reference has funded another account or another amount." },
});
