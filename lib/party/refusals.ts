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
  SANDBOX_VALUE: { retry: "never", says: "The sandbox's public values are refused outside the sandbox." },
});
