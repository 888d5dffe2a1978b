/** sbc.md 4.2, 4: hundredths of a unit in minor units. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyOf } from "#kernel/currency";
import { MAX_MINOR } from "#kernel/money";
import { minorOfCentis } from "#sale/amount";

const currencyNamed = (code: string) => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Error(`${code} is no currency`);
  return currency;
};

describe("hundredths", () => {
  test.each([
    [1n, "EUR", 1n],
    [MAX_MINOR, "EUR", MAX_MINOR],
    [50_000n, "JPY", 500n],
    [50_050n, "JPY", undefined],
    [99n, "JPY", undefined],
    [100n, "JPY", 1n],
    [9_007_199_254_740_900n, "JPY", 90_071_992_547_409n],
    [1_050n, "KWD", 10_500n],
    [900_719_925_474_099n, "KWD", 9_007_199_254_740_990n],
    [900_719_925_474_100n, "KWD", undefined],
    [MAX_MINOR, "KWD", undefined],
    [1n, "CLF", 100n],
    [90_071_992_547_409n, "CLF", 9_007_199_254_740_900n],
    [90_071_992_547_410n, "CLF", undefined],
  ])("%s of %s are %s minor units", (centis, code, minor) => {
    expect(minorOfCentis(centis, currencyNamed(code))).toBe(minor);
  });

  test("are the same value in minor units, or none", () => {
    const property = fc.property(
      fc.bigInt(1n, MAX_MINOR),
      fc.constantFrom(["JPY", 1n, 100n], ["EUR", 1n, 1n], ["KWD", 10n, 1n], ["UYW", 100n, 1n]) as fc.Arbitrary<
        [string, bigint, bigint]
      >,
      (centis, [code, times, per]) => {
        const minor = minorOfCentis(centis, currencyNamed(code));
        const isWhole = centis % per === 0n && centis * times <= MAX_MINOR;
        expect(minor).toBe(isWhole ? (centis * times) / per : undefined);
      },
    );
    fc.assert(property);
  });
});
