import { defineRefusals } from "#kernel/refusal";

/** Why a repeated request is not answered as the first one was, whichever slice it is of. */
export const storeRefusals = defineRefusals({
  KEY_REUSED: { retry: "never", says: "The idempotency key has done something with another content." },
});
