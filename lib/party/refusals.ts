import { defineRefusals } from "#kernel/refusal";

/** What an administrator may hear about parties and credentials. */
export const partyRefusals = defineRefusals({
  TENANT_UNKNOWN: { retry: "changed", says: "There is no such tenant." },
  TENANT_EXISTS: { retry: "never", says: "There is a tenant of this name already." },
  INTEGRATOR_UNKNOWN: { retry: "changed", says: "The tenant has no such integrator." },
  INTEGRATOR_EXISTS: {
    retry: "never",
    says: "The tenant has an integrator of this name already; rotate its token instead.",
  },
  CLIENT_EXISTS: { retry: "never", says: "There is a client of this id already." },
  SECRET_LOST: {
    retry: "changed",
    says: "The stage's secret is gone, but its table has credentials that were made with it.",
  },
  SECRET_UNUSABLE: { retry: "changed", says: "The stage has a secret that no function can use." },
  ROTATION_EARLY: {
    retry: "later",
    says: "The key that would go, or be put into use, is not yet unused, or known, everywhere.",
  },
  SECRET_CHANGED: { retry: "later", says: "Somebody else has changed the stage's secret meanwhile; nothing was done." },
  SANDBOX_VALUE: { retry: "never", says: "The sandbox's public values are refused outside the sandbox." },
});
