import { defineMachine } from "#kernel/machine";

/** The life of an approval (approvals.md 5). What ends it without being asked (a later start, its device's removal, the clock) is computed wherever it is read, and stored before it is told. */
export const approvalMachine = defineMachine({
  initial: "waiting",
  states: {
    waiting: {},
    approved: { final: true },
    rejected: { final: true },
    fraud: { final: true },
    cancelled: { final: true },
    failed: { final: true },
    expired: { final: true },
  },
  moves: {
    start: { from: [], to: "waiting", funds: "none", by: "partner" },
    approve: { from: ["waiting"], to: "approved", funds: "none", by: "partner" },
    reject: { from: ["waiting"], to: "rejected", funds: "none", by: "partner" },
    fraud: { from: ["waiting"], to: "fraud", funds: "none", by: "partner" },
    cancel: { from: ["waiting"], to: "cancelled", funds: "none", by: "partner" },
    supersede: { from: ["waiting"], to: "cancelled", funds: "none", by: "partner" },
    orphan: { from: ["waiting"], to: "cancelled", funds: "none", by: "partner" },
    fail: { from: ["waiting"], to: "failed", funds: "none", by: "partner" },
    expire: { from: ["waiting"], to: "expired", funds: "none", by: "clock", deadline: "expiresAtMs" },
  },
});
