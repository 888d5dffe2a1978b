/** Amounts and quantities as tills say them: read exactly, printed with the fewest digits (swip.md 1, 3). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Currency, currencyOf } from "#kernel/currency";
import { writeJson } from "#kernel/json";
import { majorNumber, minorIn, quantityNumber, readNumber, thousandthsOf } from "#pos/money";

const currency = (code: string): Currency => {
  const known = currencyOf(code);
  if (known === undefined) throw new Error(`${code} is no currency`);
  return known;
};

const read = (text: string, code: string): bigint | undefined => {
  const decimal = readNumber(text);
  return decimal && minorIn(currency(code), decimal);
};

test.each([
  ["49.5", "EUR", 4950n],
  ["50", "EUR", 5000n],
  ["50.0000000", "EUR", 5000n],
  ["0.005", "EUR", undefined],
  ["0.01", "EUR", 1n],
  ["0", "EUR", 0n],
  ["-1", "EUR", undefined],
  ["-0", "EUR", undefined],
  ["5e1", "EUR", undefined],
  ["10000000000", "EUR", 10n ** 12n],
  ["10000000000.01", "EUR", undefined],
  ["50.0", "JPY", 50n],
  ["50.5", "JPY", undefined],
  ["1000000000000", "JPY", 10n ** 12n],
  ["1.234", "KWD", 1234n],
  ["1.2345", "KWD", undefined],
  ["1.2345", "CLF", 12345n],
])("%s %s is %s in minor units", (text, code, minor) => {
  expect(read(text, code)).toBe(minor);
});

test.each([
  ["49.50…", 4950n],
  ["50.0…", 5000n],
  ["0.0…", 0n],
  ["-0.0…", undefined],
  ["-1.0…", undefined],
  ["0.0…1", undefined],
  ["0.0050…", undefined],
  ["5.0…e1", undefined],
  ["5.0e0…", undefined],
  ["50…", undefined],
  ["50….0…", undefined],
])("%s, with as many zeros as a body of 256 KiB has room for, is %s in minor units", (text, minor) => {
  expect(read(text.replaceAll("0…", "0".repeat(131_000)), "EUR")).toBe(minor);
});

test.each([
  [4950n, "EUR", "49.5"],
  [5000n, "EUR", "50"],
  [1n, "EUR", "0.01"],
  [0n, "EUR", "0"],
  [50n, "JPY", "50"],
  [1000n, "JPY", "1000"],
  [1230n, "KWD", "1.23"],
  [10n ** 12n, "EUR", "10000000000"],
])("%s minor units of %s are printed as %s", (minor, code, text) => {
  expect(writeJson(majorNumber(minor, currency(code)))).toBe(text);
});

test("what is printed reads as the same amount", () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
  fc.assert(
    fc.property(amounts, fc.constantFrom("JPY", "EUR", "KWD", "CLF"), (minor, code) => {
      expect(read(writeJson(majorNumber(minor, currency(code))), code)).toBe(minor);
    }),
  );
});

test.each([
  ["1", 1000n, "1"],
  ["0.001", 1n, "0.001"],
  ["1.5000", 1500n, "1.5"],
  ["999999.999", 999_999_999n, "999999.999"],
  ["1000000", undefined, undefined],
  ["0", undefined, undefined],
  ["0.0005", undefined, undefined],
  ["-1", undefined, undefined],
])("a quantity of %s is %s thousandths, and is printed as %s", (text, thousandths, printed) => {
  const decimal = readNumber(text);
  const read = decimal && thousandthsOf(decimal);
  expect([read, read && writeJson(quantityNumber(read))]).toEqual([thousandths, printed]);
});
