/** The order of swip.md 10, P, in both modes of payment: what the till sees of it, and that everything is where it should be. */
import { expect } from "vitest";
import { examineMarket } from "../../support/examination/pos.ts";
import { TEN } from "../../support/market/vendor.ts";
import { type Json, type Market, type MarketWish, openMarket } from "../../support/market.ts";
import { type Standing, standing, standingOf } from "../../support/pos.ts";

/** How a merchant lets payments wait for the close. */
export const modes = ["hold", "debit"] as const;

/** One of them. */
export type Mode = (typeof modes)[number];

/** A market whose merchants take 10 % off. */
export const openP = (payment: Mode = "hold", wish: MarketWish = {}): Promise<Market> =>
  openMarket({ payment, campaigns: [TEN], ...wish });

/** Of a payment from the wallet. */
export const WALLET = { method: "WALLET" };

/** P's payment, once the app has paid. */
export const paidBy = (mode: Mode): Json =>
  mode === "hold" ? { ...WALLET, status: "HELD", held: 90 } : { ...WALLET, status: "CAPTURED", captured: 90 };

/** What is in c-1's wallet before anything is paid, and what is held of it. */
export const WHOLE = [50_000n, 0n];

/** All of P back: money and loyalty. */
export const BACK = { paid: 0, loyaltyReturned: 10, payment: { ...WALLET, status: "VOIDED" } };

/** P closed with 90, of which some was refunded. */
export const refundedOf = (refunded: number, loyaltyReturned: number, status = "PARTIALLY_REFUNDED"): Standing =>
  standing({
    status: "CLOSED",
    amount: 90,
    paid: 90,
    loyaltyReturned,
    payment: { ...WALLET, status, captured: 90, refunded },
  });

/** Expects what the till sees, what is in the wallet, and that everything is where it should be. */
export const expectEnd = async (
  market: Market,
  id: string,
  stands: Standing,
  wallet: readonly bigint[],
): Promise<void> => {
  expect(await standingOf(market, id)).toEqual(stands);
  expect(await market.wallet()).toEqual(wallet);
  await examineMarket(market);
};
