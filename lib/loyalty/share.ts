/** Rounding and sharing out in exact integers (swip.md 8.3). */

/** The whole number nearest to a fraction, of two that are as near the even one; neither part negative, the lower not 0. */
export const halfEven = (numerator: bigint, denominator: bigint): bigint => {
  const floor = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const isUp = twice > denominator || (twice === denominator && floor % 2n === 1n);
  return isUp ? floor + 1n : floor;
};

/** The sum of amounts. */
export const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/**
 * Shares an amount out by weights: what is left when each share is floored goes to the largest remainders, of equal ones to
 * the earlier. Nothing is negative; without any weight there are no shares.
 */
export const allocate = (amount: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const whole = sumOf(weights);
  if (whole === 0n) return weights;
  const floors = weights.map((weight) => (amount * weight) / whole);
  const left = Number(amount - sumOf(floors));
  if (left === 0) return floors;
  const remainders = weights.map((weight, nth) => ({ nth, remainder: (amount * weight) % whole }));
  // A sort leaves equal ones in their order: the earlier line comes first.
  remainders.sort((one, other) => Number(other.remainder > one.remainder) - Number(other.remainder < one.remainder));
  const lucky = new Set(remainders.slice(0, left).map(({ nth }) => nth));
  return floors.map((share, nth) => (lucky.has(nth) ? share + 1n : share));
};
