import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_MINOR, majorOf, majorText, minor, minorOf } from "#kernel/money";

const exponents = fc.integer({ min: 0, max: 4 });

describe("money", () => {
  test("the largest amount is 2^53-1 minor units", () => {
    expect(MAX_MINOR).toBe(BigInt(Number.MAX_SAFE_INTEGER));
  });

  test.each([
    ["50", 2, 5000n],
    ["50.00", 2, 5000n],
    ["50.5", 2, 5050n],
    ["0.29", 2, 29n],
    ["0", 2, 0n],
    ["-0.05", 2, -5n],
    ["500", 0, 500n],
    ["10.500", 3, 10_500n],
    ["0.0001", 4, 1n],
    ["90071992547409.91", 2, MAX_MINOR],
    ["90071992547409.92", 2, MAX_MINOR + 1n],
    ["50.000", 2, undefined],
    ["50.001", 2, undefined],
    ["500.0", 0, undefined],
  ])("%s with exponent %i is %s minor units", (text, exponent, expected) => {
    const decimal = majorOf(text);
    expect(decimal && minorOf(decimal, exponent)).toBe(expected);
  });

  test.each([
    [100_000n, 2, "1000.00"],
    [-5n, 2, "-0.05"],
    [5n, 2, "0.05"],
    [0n, 2, "0.00"],
    [0n, 0, "0"],
    [100_000n, 0, "100000"],
    [-7n, 0, "-7"],
    [1_000_000n, 3, "1000.000"],
    [1n, 4, "0.0001"],
    [-123_456n, 4, "-12.3456"],
  ])("%s minor units with exponent %i print as %s", (amount, exponent, text) => {
    expect(majorText(amount, exponent)).toBe(text);
  });

  test.each([
    "",
    " 1",
    "1 ",
    "1\n",
    "+1",
    ".5",
    "5.",
    "-",
    "--1",
    "007",
    "1e3",
    "1,5",
    "1'000",
    "0x10",
    "1_0",
    "NaN",
    "Infinity",
    "-0",
    "-0.00",
    "１",
    "9".repeat(41),
  ])("%j is no amount", (text) => {
    expect(majorOf(text)).toBeUndefined();
  });

  test("every amount survives being printed and read again", () => {
    fc.assert(
      fc.property(fc.bigInt(-MAX_MINOR, MAX_MINOR), exponents, (amount, exponent) => {
        const decimal = majorOf(majorText(amount, exponent));
        expect(decimal && minorOf(decimal, exponent)).toBe(minor(amount));
      }),
    );
  });

  test("every text with all its digits survives being read and printed again", () => {
    const parts = fc.tuple(fc.boolean(), fc.bigInt(1n, MAX_MINOR), exponents);
    fc.assert(
      fc.property(parts, ([isNegative, unscaled, scale]) => {
        const digits = `${unscaled}`.padStart(scale + 1, "0");
        const point = digits.length - scale;
        const text = `${isNegative ? "-" : ""}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ""}`;
        expect(majorOf(text)).toEqual({ unscaled: isNegative ? -unscaled : unscaled, scale });
        expect(majorText(isNegative ? -unscaled : unscaled, scale)).toBe(text);
      }),
    );
  });
});
