import { defineMachine } from "#kernel/machine";

/** The life of an order (swip.md 5). What a move does to the payment is `paymentMachine`'s; both change in one commit. */
export const orderMachine = defineMachine({
  initial: "OPEN",
  states: {
    OPEN: {},
    CLOSED: { rests: true },
    CANCELLED: { final: true },
    EXPIRED: { final: true },
  },
  moves: {
    create: { from: [], to: "OPEN", funds: "none", by: "partner" },
    bind: { from: ["OPEN"], to: "OPEN", funds: "none", by: "partner" },
    redeem: { from: ["OPEN"], to: "OPEN", funds: "none", by: "partner" },
    pay: { from: ["OPEN"], to: "OPEN", funds: "hold", by: "partner" },
    payAtTill: { from: ["OPEN"], to: "OPEN", funds: "none", by: "partner" },
    cut: { from: ["OPEN"], to: "OPEN", funds: "none", by: "partner" },
    close: { from: ["OPEN"], to: "CLOSED", funds: "post", by: "partner" },
    failClose: { from: ["OPEN"], to: "CANCELLED", funds: "release", by: "partner" },
    cancel: { from: ["OPEN"], to: "CANCELLED", funds: "release", by: "partner" },
    replace: { from: ["OPEN"], to: "CANCELLED", funds: "none", by: "partner" },
    expire: { from: ["OPEN"], to: "EXPIRED", funds: "release", by: "clock", deadline: "expiresAtMs" },
    refund: { from: ["CLOSED"], to: "CLOSED", funds: "reverse", by: "partner" },
    cancelPayment: { from: ["CLOSED"], to: "CLOSED", funds: "release", by: "partner" },
    capture: { from: ["CLOSED"], to: "CLOSED", funds: "post", by: "clock", deadline: "captureAtMs" },
  },
});
