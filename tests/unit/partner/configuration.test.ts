/** A partner's configuration: what it may be, how it is kept, how it is told. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, currencyOf } from "#kernel/currency";
import { writeJson } from "#kernel/json";
import {
  type Configuration,
  faultIn,
  keepConfiguration,
  keptConfiguration,
  tellConfiguration,
} from "#partner/configuration";
import { ConfigurationReply } from "#partner/reply.wire";

const currencyNamed = (code: string): Currency => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Error(`${code} is no currency`);
  return currency;
};

const none = { transaction: null, day: null, week: null, month: null, year: null };
const usual: Configuration = {
  currency: currencyNamed("CHF"),
  country: "CH",
  locale: "de-CH",
  theme: "white",
  quickAmounts: [2_000n, 5_000n],
  minAmount: 2_000n,
  maxAmount: 50_000n,
  stepAmount: 1_000n,
  limits: { ...none, day: 100_050n },
};

describe("a configuration", () => {
  test.each<readonly [string, Partial<Configuration>, RegExp | undefined]>([
    ["as usual", {}, undefined],
    ["one quick amount", { quickAmounts: [2_000n] }, undefined],
    [
      "six quick amounts, up to the largest",
      { quickAmounts: [20n, 30n, 40n, 50n, 60n, 500n].map((n) => n * 100n) },
      undefined,
    ],
    ["one amount alone", { maxAmount: 2_000n, quickAmounts: [2_000n] }, undefined],
    ["no quick amount", { quickAmounts: [] }, /1-6 quick amounts/],
    ["seven", { quickAmounts: [20n, 30n, 40n, 50n, 60n, 70n, 80n].map((n) => n * 100n) }, /1-6 quick amounts/],
    ["one twice", { quickAmounts: [2_000n, 2_000n] }, /ascend/],
    ["falling ones", { quickAmounts: [5_000n, 2_000n] }, /ascend/],
    ["one below the smallest", { quickAmounts: [1_000n] }, /ascend/],
    ["one above the largest", { quickAmounts: [51_000n] }, /ascend/],
    ["one between two steps", { quickAmounts: [2_500n] }, /ascend/],
    ["nothing as the smallest", { minAmount: 0n, quickAmounts: [1_000n] }, /above zero/],
    ["a largest below the smallest", { maxAmount: 1_999n }, /above zero/],
    ["no step", { stepAmount: 0n }, /above zero/],
    ["a step back", { stepAmount: -1_000n }, /above zero/],
    ["a limit of nothing", { limits: { ...none, week: 0n } }, /limit/],
    ["no country", { country: "XX" }, /country/],
    ["a country in small letters", { country: "ch" }, /country/],
    ["a language with an underscore", { locale: "de_CH" }, /language/],
    ["no language", { locale: "" }, /language/],
    ["a language with its script", { locale: "zh-Hant-HK" }, undefined],
  ])("with %s", (_, change, fault) => {
    const found = faultIn({ ...usual, ...change });
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });

  const amount = fc.bigInt({ min: 1n, max: 2n ** 53n - 1n });
  const limit = fc.option(amount);
  const any: fc.Arbitrary<Configuration> = fc.record({
    currency: fc.constantFrom("CHF", "JPY", "KWD").map(currencyNamed),
    country: fc.constantFrom("CH", "JP"),
    locale: fc.constant("de-CH"),
    theme: fc.constantFrom("white", "dark"),
    quickAmounts: fc.array(amount, { minLength: 1, maxLength: 6 }),
    minAmount: amount,
    maxAmount: amount,
    stepAmount: amount,
    limits: fc.record({ transaction: limit, day: limit, week: limit, month: limit, year: limit }),
  });

  test("is kept whole", () => {
    fc.assert(
      fc.property(any, (configuration) => {
        expect(keptConfiguration(keepConfiguration(configuration))).toEqual(configuration);
      }),
    );
  });

  test.each([
    ["CHF", "20", "1000.5"],
    ["JPY", "2000", "100050"],
    ["KWD", "2", "100.05"],
  ])("in %s is told in major units, exactly and in P1's order", (code, min, day) => {
    const told = writeJson(tellConfiguration({ ...usual, currency: currencyNamed(code) }));
    expect(told).toMatch(
      new RegExp(
        `^\\{"currency":"${code}","country":"CH","locale":"de-CH","theme":"white","quickAmounts":\\[${min},[\\d.]+\\],"minAmount":${min},"maxAmount":[\\d.]+,"stepAmount":[\\d.]+,"limits":\\{"transaction":null,"day":${day},"week":null,"month":null,"year":null\\}\\}$`,
      ),
    );
  });

  test("is told as its schema describes it, without a float's faults", () => {
    fc.assert(
      fc.property(any, (configuration) => {
        const text = writeJson(tellConfiguration(configuration));
        expect(text).not.toMatch(/e[+-]?\d/i);
        expect(ConfigurationReply.safeParse(JSON.parse(text)).error).toBeUndefined();
      }),
    );
  });
});
