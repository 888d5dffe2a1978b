import { defineMachine } from "#kernel/machine";

/** The life of a withdrawal order (sonect.md 4.5). What a move does to the money is done by lib/ledger/hold.ts in the same commit. */
export const orderMachine = defineMachine({
  initial: "held",
  states: {
    held: {},
    settled: { rests: true },
    cancelled: { final: true },
    reversed: { final: true },
    expired: { final: true },
  },
  moves: {
    start: { from: [], to: "held", funds: "hold", by: "partner" },
    settle: { from: ["held"], to: "settled", funds: "post", by: "partner" },
    cancel: { from: ["held"], to: "cancelled", funds: "release", by: "partner" },
    reverse: { from: ["settled"], to: "reversed", funds: "reverse", by: "partner" },
    expire: { from: ["held"], to: "expired", funds: "release", by: "clock", deadline: "expiresAtMs" },
  },
});
