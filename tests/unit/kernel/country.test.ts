import { describe, expect, test } from "vitest";
import { isCountry } from "#kernel/country";

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const pairs = letters.flatMap((first) => letters.map((second) => `${first}${second}`));

/** What Unicode names besides the countries of ISO 3166-1: what is reserved there, or its own. */
const beside = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split(" ");

describe("the countries", () => {
  test("are 249, as ISO 3166-1 has them", () => {
    expect(pairs.filter(isCountry)).toHaveLength(249);
  });

  test("are those that Unicode has names for, and no other", () => {
    const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    // A code that was withdrawn is another name of its successor.
    const named = pairs.filter(
      (code) => names.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code,
    );
    expect(pairs.filter(isCountry)).toEqual(named.filter((code) => !beside.includes(code)));
  });

  test.each(["", "c", "ch", "Ch", "CHE", "C H", "ＣＨ", "toString"])("are not %j", (code) => {
    expect(isCountry(code)).toBe(false);
  });
});
