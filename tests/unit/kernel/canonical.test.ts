import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lengthPrefixed, plainDecimal } from "#kernel/canonical";
import { readDecimal } from "#kernel/json";

describe("length-prefixed parts", () => {
  test.each([
    [[], ""],
    [[""], "0:"],
    [[undefined], "-"],
    [["ab", "c"], "2:ab1:c"],
    [["a", "bc"], "1:a2:bc"],
    [["-", undefined, "2:x"], "1:--3:2:x"],
    [["😀"], "2:😀"],
  ])("%j are %j", (parts, text) => {
    expect(lengthPrefixed(parts)).toBe(text);
  });

  /** Texts full of what the encoding itself is made of, so that equal encodings of unlike lists would be found. */
  const parts = fc.array(
    fc.option(fc.string({ unit: fc.constantFrom("-", ":", "0", "1", "2", "a") }), { nil: undefined }),
  );

  const partsOf = (text: string): (string | undefined)[] => {
    const found: (string | undefined)[] = [];
    for (let at = 0; at < text.length; ) {
      const colon = text.indexOf(":", at);
      const end = text[at] === "-" ? at + 1 : colon + 1 + Number(text.slice(at, colon));
      found.push(text[at] === "-" ? undefined : text.slice(colon + 1, end));
      at = end;
    }
    return found;
  };

  test("can be taken apart again, so no two lists share a text", () => {
    fc.assert(
      fc.property(parts, (list) => {
        expect(partsOf(lengthPrefixed(list))).toEqual(list);
      }),
    );
  });

  test("differ between any two unlike lists", () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const areAlike = a.length === b.length && a.every((part, index) => part === b[index]);
        expect(lengthPrefixed(a) === lengthPrefixed(b)).toBe(areAlike);
      }),
    );
  });
});

describe("plain decimals", () => {
  test.each([
    ["50", "50"],
    ["50.00", "50"],
    ["50.50", "50.5"],
    ["0.29", "0.29"],
    ["0.00", "0"],
    ["-1.500", "-1.5"],
    ["100", "100"],
    [`1.${"0".repeat(39)}`, "1"],
    [`0.${"0".repeat(38)}1`, `0.${"0".repeat(38)}1`],
  ])("%s is %s", (text, plain) => {
    const decimal = readDecimal(text);
    expect(decimal && plainDecimal(decimal)).toBe(plain);
  });

  test("are the same however many zeros were written, and only for the same value", () => {
    const decimals = fc.tuple(fc.bigInt(-9999n, 9999n), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(decimals, decimals, ([a, scaleA, zeros], [b, scaleB]) => {
        const padded = { unscaled: a * 10n ** BigInt(zeros), scale: scaleA + zeros };
        expect(plainDecimal(padded)).toBe(plainDecimal({ unscaled: a, scale: scaleA }));
        const isSameValue = a * 10n ** BigInt(scaleB) === b * 10n ** BigInt(scaleA);
        expect(plainDecimal(padded) === plainDecimal({ unscaled: b, scale: scaleB })).toBe(isSameValue);
      }),
    );
  });
});
