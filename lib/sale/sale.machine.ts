import { defineMachine } from "#kernel/machine";

/** The life of a card sale (sbc.md 5). No money of ours moves: the gateway charges. Expiry is computed where a sale is read, and a condition of every write. */
export const saleMachine = defineMachine({
  initial: "initiated",
  states: {
    initiated: {},
    checked: {},
    approved: { final: true },
    declined: { final: true },
    failed: { final: true },
    expired: { final: true },
  },
  moves: {
    initiate: { from: [], to: "initiated", funds: "none", by: "partner" },
    check: { from: ["initiated"], to: "checked", funds: "none", by: "partner" },
    approve: { from: ["checked"], to: "approved", funds: "none", by: "partner" },
    decline: { from: ["initiated", "checked"], to: "declined", funds: "none", by: "partner" },
    fail: { from: ["initiated", "checked"], to: "failed", funds: "none", by: "partner" },
    expire: { from: ["initiated", "checked"], to: "expired", funds: "none", by: "clock", deadline: "openUntilMs" },
  },
});
