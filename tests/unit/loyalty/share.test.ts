import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, halfEven, sumOf } from "#loyalty/share";
import { fraction, nearest } from "./fraction.ts";
import { naiveAlloc } from "./naive.ts";

describe("halves go to the even neighbour", () => {
  test.each([
    [0n, 10n, 0n],
    [25n, 10n, 2n],
    [35n, 10n, 4n],
    [24n, 10n, 2n],
    [26n, 10n, 3n],
    [5n, 10n, 0n],
    [15n, 10n, 2n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [10n ** 30n + 1n, 2n, 5n * 10n ** 29n],
  ])("%s / %s is %s", (numerator, denominator, expected) => {
    expect(halfEven(numerator, denominator)).toBe(expected);
  });

  test("as fractions do", () => {
    const anyFraction = fc.tuple(fc.bigInt(0n, 10n ** 15n), fc.oneof(fc.bigInt(1n, 20n), fc.bigInt(1n, 10n ** 7n)));
    fc.assert(
      fc.property(anyFraction, ([numerator, denominator]) => {
        expect(halfEven(numerator, denominator)).toBe(nearest(fraction(numerator, denominator)));
      }),
      { numRuns: 5000 },
    );
  }, 60_000);
});

describe("what is shared out", () => {
  test.each([
    ["three equal ones: the first gets the odd unit", 1000n, [1n, 1n, 1n], [334n, 333n, 333n]],
    ["two odd units: to the first two", 1001n, [7n, 7n, 7n], [334n, 334n, 333n]],
    ["the largest remainder wins, wherever it is", 10n, [3n, 3n, 8n], [2n, 2n, 6n]],
    ["no weight, no share", 7n, [0n, 2n, 0n], [0n, 7n, 0n]],
    ["nothing to share", 0n, [5n, 5n], [0n, 0n]],
    ["nobody to share with", 0n, [0n, 0n], [0n, 0n]],
    ["all that there is", 16n, [3n, 13n], [3n, 13n]],
  ])("%s", (_, amount, weights, shares) => {
    expect(allocate(amount, weights)).toEqual(shares);
  });

  test("is all there is, by turns of one, and nobody gets more than the next whole above the fair share", () => {
    const weight = fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, 10n ** 12n));
    const weights = fc.array(weight, { minLength: 1, maxLength: 9 }).filter((some) => sumOf(some) > 0n);
    fc.assert(
      fc.property(fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 10n ** 12n)), weights, (amount, some) => {
        const shares = allocate(amount, some);
        expect(sumOf(shares)).toBe(amount);
        for (const [nth, share] of shares.entries()) {
          const fair = amount * (some[nth] ?? 0n);
          expect(share === fair / sumOf(some) || (share - 1n) * sumOf(some) < fair).toBe(true);
        }
        expect(shares).toEqual(
          naiveAlloc(
            amount,
            some.map((each) => fraction(each)),
          ),
        );
      }),
      { numRuns: 5000 },
    );
  }, 60_000);
});
