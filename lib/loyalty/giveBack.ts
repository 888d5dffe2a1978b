/** What of an order's loyalty has gone back to customer and merchant, as totals so far: each step books the change (swip.md 8.4). */
import { halfEven } from "#loyalty/share";

/** What was reckoned when the order's loyalty was fixed; minor units and points, `payable` 1 or more. */
export interface FixedLoyalty {
  readonly payable: bigint;
  readonly discount: bigint;
  readonly withdrawPoints: bigint;
  readonly pointsEarned: bigint;
  /** The worth of a point; 0 where the merchant has none. */
  readonly pointValueMinor: bigint;
}

/** How far an order that was closed has been undone: its amount and what of it was refunded, in minor units; or all of it was voided, cancelled or expired. */
export type Undone = { readonly amount: bigint; readonly refunded: bigint } | "all";

/** Totals since loyalty was fixed. */
export interface GivenBack {
  /** Of the points used, those that are the customer's again. */
  readonly pointsReturned: bigint;
  /** Their worth and the part of the discount that no longer counts, in minor units. */
  readonly loyaltyReturned: bigint;
  /** Of the points earned, those that the customer keeps. */
  readonly pointsCredited: bigint;
  /** Whether all is given back, the counts of NTH_FREE too. */
  readonly isAll: boolean;
}

/** What has been given back of an order that was closed, voided, cancelled or has expired. Grows with what is undone. */
export const givenBack = (
  { payable, discount, withdrawPoints, pointsEarned, pointValueMinor }: FixedLoyalty,
  undone: Undone,
): GivenBack => {
  const { amount, refunded } = undone === "all" ? { amount: 0n, refunded: 0n } : undone;
  // More than `payable` is paid where a till took the price without the loyalty.
  const base = payable > amount ? payable : amount;
  const back = base - amount + refunded;
  const partOf = (whole: bigint): bigint => halfEven(whole * back, base);
  const pointsReturned = partOf(withdrawPoints);
  return {
    pointsReturned,
    loyaltyReturned: pointsReturned * pointValueMinor + partOf(discount),
    pointsCredited: pointsEarned - partOf(pointsEarned),
    isAll: back === base,
  };
};
