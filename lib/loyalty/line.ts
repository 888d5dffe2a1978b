/** A line of an order, as campaigns see it, and what is still to pay for it. */
import type { Campaign } from "#loyalty/campaign";

/** What loyalty reads of a line; amount and price in minor units. */
export interface PricedLine {
  readonly amount: bigint;
  readonly price: bigint;
  readonly quantityThousandths: bigint;
  readonly productId?: string | null | undefined;
}

/** A line and its share of what is still to pay, in minor units. */
export interface NetLine extends PricedLine {
  readonly net: bigint;
}

/** For each line, whether a campaign is for it. */
export const qualifies = ({ productIds }: Campaign): ((line: PricedLine) => boolean) => {
  if (productIds === undefined) return () => true;
  const products = new Set(productIds);
  return ({ productId }) => typeof productId === "string" && products.has(productId);
};
