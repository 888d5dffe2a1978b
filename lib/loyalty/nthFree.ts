/** Every n-th unit free, the cheapest of an order first (swip.md 8.3, step 3). */
import type { NetLine, PricedLine } from "#loyalty/line";
import { halfEven, sumOf } from "#loyalty/share";

/** A quantity of 1, in thousandths. */
const UNIT = 1000n;

/** The units of a line; of one that is weighed none are counted. */
const unitsOf = ({ quantityThousandths }: PricedLine): bigint =>
  quantityThousandths % UNIT === 0n ? quantityThousandths / UNIT : 0n;

/** How many units these lines have. */
export const unitsBought = (lines: readonly PricedLine[]): bigint => sumOf(lines.map(unitsOf));

/** How many units of each line are free, when so many are. */
const freeUnits = (lines: readonly PricedLine[], free: bigint): readonly bigint[] => {
  const cheapestFirst = lines
    .map((line, nth) => ({ line, nth }))
    .sort((one, other) => Number(one.line.price > other.line.price) - Number(one.line.price < other.line.price));
  const taken = lines.map(() => 0n);
  let left = free;
  for (const { line, nth } of cheapestFirst) {
    const units = unitsOf(line);
    taken[nth] = units < left ? units : left;
    left -= taken[nth];
  }
  return taken;
};

/** What every `nth` unit is worth after `counted` earlier ones, in minor units, and the weights to share it out by. */
export const freeWorth = (
  lines: readonly NetLine[],
  nth: bigint,
  counted: bigint,
): { readonly worth: bigint; readonly weights: readonly bigint[] } => {
  const free = freeUnits(lines, (counted + unitsBought(lines)) / nth - counted / nth);
  const freeOf = (at: number): bigint => free[at] ?? 0n;
  // Only the last line that is reached is free in part: its quantity is the denominator of every share of a net.
  const partly = lines.find((line, at) => freeOf(at) > 0n && freeOf(at) < unitsOf(line));
  const denominator = partly === undefined ? 1n : unitsOf(partly);
  const weights = lines.map((line, at) =>
    line === partly ? line.net * freeOf(at) : freeOf(at) > 0n ? line.net * denominator : 0n,
  );
  return { worth: halfEven(sumOf(weights), denominator), weights };
};
