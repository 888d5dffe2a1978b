/** Fractions of whole numbers, never rounded: what the naive reckoning counts with. */

/** `top / bottom`, the lower part above 0. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** A whole number, or one divided by another. */
export const fraction = (top: bigint, bottom = 1n): Fraction => ({ top, bottom });

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, fraction(-b.top, b.bottom));
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom);
export const isBelow = (a: Fraction, b: Fraction): boolean => a.top * b.bottom < b.top * a.bottom;

/** The whole number at or below one that is not negative. */
export const floorOf = ({ top, bottom }: Fraction): bigint => top / bottom;

/** The nearest whole number; in the middle between two, the even one. */
export const nearest = (a: Fraction): bigint => {
  const below = floorOf(a);
  const rest = minus(a, fraction(below));
  const half = fraction(1n, 2n);
  if (isBelow(rest, half)) return below;
  if (isBelow(half, rest)) return below + 1n;
  return below % 2n === 0n ? below : below + 1n;
};
