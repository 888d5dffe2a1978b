import { defineRefusals } from "#kernel/refusal";

/** Why the partner API, or the web SDK's, does not do as it is asked; in order of precedence. */
export const partnerRefusals = defineRefusals({
  USER_UNKNOWN: { retry: "changed", says: "The partner has no such user, here or upstream." },
  REFERENCE_TAKEN: { retry: "never", says: "The referenceId is of a user that was created with another content." },
  EMAIL_TAKEN: { retry: "never", says: "The e-mail address is of another user of the partner." },
  PHONE_TAKEN: { retry: "never", says: "The phone number is of another user of the partner." },
  VAT_TAKEN: { retry: "never", says: "The VAT number is of another shop of the partner." },
  LINK_CONFLICT: {
    retry: "changed",
    says: "The user is linked to another bank customer, or the bank customer to another user.",
  },
  UPSTREAM_FAILED: { retry: "later", says: "SONECT's own system could not be asked, or answered what it must not." },
  SESSION_UNKNOWN: { retry: "never", says: "There is no such check-in or session, or it is over since a day or more." },
  CODE_INVALID: { retry: "never", says: "The check-in code is unknown, used or expired." },
  PARTNER_EXISTS: { retry: "never", says: "The tenant is a partner already." },
  PARTNER_UNKNOWN: { retry: "changed", says: "The tenant is no partner." },
  PARTNER_MALFORMED: { retry: "changed", says: "The partner's settings contradict each other." },
});
