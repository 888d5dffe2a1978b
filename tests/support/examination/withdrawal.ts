/** What withdrawals claim: an open one its hold, a settled one a posting, a reversed one two, and one that skips nothing. */
import { expect } from "vitest";
import { amountIn, integerIn } from "#store/field";
import { itemsOf } from "../bank.ts";
import type { Examiner } from "./claim.ts";

/** Every order has one start, an open one is due, and each claims what its state says. */
export const examineWithdrawals: Examiner = (bank) => {
  const orders = itemsOf(bank, "withdrawal");
  const starts = itemsOf(bank, "withdrawalStart").map(({ transactionId }) => transactionId);
  expect(starts.toSorted()).toEqual(orders.map(({ transactionId }) => transactionId).toSorted());
  expect(orders.filter(({ state, due }) => (state === "held") !== (due !== undefined))).toEqual([]);
  return orders
    .filter(({ skip }) => skip !== true)
    .map((order) => {
      const { state, transactionId, settledAtMs } = order;
      const amount = amountIn(order, "amount");
      return {
        account: String(order.userId),
        held: state === "held" ? amount : 0n,
        used: state === "held" || state === "settled" ? amount : 0n,
        sinceMs: Number(integerIn(order, "startedAtMs")),
        brought: { [`settlement-${order.currency}`]: state === "settled" ? amount : 0n },
        // Settled once, reversed once, never without each other.
        postings: [
          ...(settledAtMs === undefined ? [] : [`settlement ${transactionId}`]),
          ...(state === "reversed" ? [`reversal ${transactionId}`] : []),
        ],
      };
    });
};
