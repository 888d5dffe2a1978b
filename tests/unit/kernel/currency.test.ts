import { describe, expect, test } from "vitest";
import { type Currency, currencyOf, exponentOf, isPoints, pointsOf, storedCurrencyOf } from "#kernel/currency";

/** Every code of three capital letters. */
const capitals = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const codes = capitals.flatMap((a) => capitals.flatMap((b) => capitals.map((c) => `${a}${b}${c}`)));

const exponentIn = (code: string): number | undefined => {
  const currency = currencyOf(code);
  return currency === undefined ? undefined : exponentOf(currency);
};

describe("currencies", () => {
  test.each([
    ["CHF", 2],
    ["EUR", 2],
    ["USD", 2],
    ["HUF", 2],
    ["ISK", 0],
    ["JPY", 0],
    ["KRW", 0],
    ["XOF", 0],
    ["BHD", 3],
    ["KWD", 3],
    ["TND", 3],
    ["CLF", 4],
    ["UYW", 4],
    ["XCG", 2],
    ["ZWG", 2],
  ])("%s has %i digits after the point", (code, exponent) => {
    expect(exponentIn(code)).toBe(exponent);
  });

  test("there are as many of each exponent as in list one without metals, funds and special codes", () => {
    const exponents = codes.map(exponentIn);
    expect([0, 1, 2, 3, 4].map((exponent) => exponents.filter((each) => each === exponent).length)).toEqual([
      16, 0, 132, 7, 2,
    ]);
  });

  test.each([
    ["metal", "XAU XAG XPT XPD"],
    ["special code", "XXX XTS XDR XSU XUA XBA"],
    ["fund", "BOV CHE CHW COU MXV USN UYI XAD"],
    ["withdrawn code", "ANG BGN CUC DEM HRK SLL ZWL"],
    ["unassigned code", "AAA EUX ZZZ"],
    ["other spelling", "eur Eur EURO EU EÜR 978 constructor __proto__"],
  ])("no %s is a currency", (_kind, listed) => {
    expect(
      ["", " EUR", "EUR ", "EUR\n", ...listed.split(" ")].filter((code) => currencyOf(code) !== undefined),
    ).toEqual([]);
  });

  test("a code that got past the reading has no exponent, and is not given one", () => {
    expect(() => exponentOf("XXX" as Currency)).toThrow("a currency that the table does not have");
  });
});

describe("a merchant's points", () => {
  test("are a currency of whole numbers that the ledger knows and no request can name", () => {
    const points = pointsOf("SWTS");
    expect([exponentOf(points), isPoints(points), storedCurrencyOf(points), currencyOf(points)]).toEqual([
      0,
      true,
      points,
      undefined,
    ]);
    expect(pointsOf("SWT2")).not.toBe(points);
  });

  test("are none of ISO 4217's", () => {
    expect(["EUR", "JPY"].map((code) => [storedCurrencyOf(code), isPoints(code as Currency)])).toEqual([
      ["EUR", false],
      ["JPY", false],
    ]);
    expect(storedCurrencyOf("ABC")).toBeUndefined();
  });
});
