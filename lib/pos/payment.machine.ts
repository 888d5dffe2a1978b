import { defineMachine } from "#kernel/machine";

/** The life of an order's payment (swip.md 5). It rests where only the order's own end can move it. */
export const paymentMachine = defineMachine({
  initial: "NONE",
  states: {
    NONE: { rests: true },
    HELD: {},
    CAPTURED: { rests: true },
    VOIDED: { final: true },
    PARTIALLY_REFUNDED: { rests: true },
    REFUNDED: { final: true },
  },
  moves: {
    hold: { from: ["NONE"], to: "HELD", funds: "hold", by: "partner" },
    debit: { from: ["NONE"], to: "CAPTURED", funds: "post", by: "partner" },
    takeAtTill: { from: ["NONE"], to: "CAPTURED", funds: "none", by: "partner" },
    keepHeld: { from: ["HELD"], to: "HELD", funds: "release", by: "partner" },
    capture: { from: ["HELD", "CAPTURED"], to: "CAPTURED", funds: "post", by: "partner" },
    void: { from: ["HELD", "CAPTURED"], to: "VOIDED", funds: "release", by: "partner" },
    expire: { from: ["HELD", "CAPTURED"], to: "VOIDED", funds: "release", by: "clock", deadline: "expiresAtMs" },
    captureLate: { from: ["HELD"], to: "CAPTURED", funds: "post", by: "clock", deadline: "captureAtMs" },
    refund: {
      from: ["CAPTURED", "PARTIALLY_REFUNDED"],
      to: "PARTIALLY_REFUNDED",
      funds: "reverse",
      by: "partner",
    },
    refundRest: { from: ["CAPTURED", "PARTIALLY_REFUNDED"], to: "REFUNDED", funds: "reverse", by: "partner" },
  },
});
