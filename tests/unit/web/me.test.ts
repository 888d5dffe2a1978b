import { describe, expect, it, test } from "vitest";
import type * as z from "zod";
import type { MeReply } from "#partner/sdk.wire";
import { amountLines, limitLines, type Me, personLines, quickAmountsOf } from "../../../web/sdk/me.ts";

/** What the API says is what the page reads: this stops to compile where they part. */
const read = (said: z.output<typeof MeReply>): Me => said;

const swiss: Me["configuration"] = {
  currency: "CHF",
  country: "CH",
  locale: "de-CH",
  theme: "white",
  quickAmounts: [20, 50.5, 1000],
  minAmount: 20,
  maxAmount: 5000,
  stepAmount: 0.5,
  limits: { transaction: 500, day: 1000, week: 2000, month: 5000.25, year: null },
};

const ann: Me = read({
  profile: {
    id: "usr_01J8ZK3V5Q8X4M2N7T6R9W0B1C",
    referenceId: "bank-user-1001",
    firstName: "Ann",
    lastName: "Meier",
    email: "ann.meier@example.com",
    phone: "+41790000001",
  },
  status: "active",
  configuration: { ...swiss, quickAmounts: [...swiss.quickAmounts], limits: { ...swiss.limits } },
});

/** The space that does not break, which stands between a currency and its amount. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll("’", "'");

describe("amounts", () => {
  it.each([
    ["CHF", "de-CH", ["CHF 20", "CHF 50.50", "CHF 1'000"]],
    ["EUR", "de-DE", ["20 €", "50,50 €", "1.000 €"]],
    ["EUR", "en-IE", ["€20", "€50.50", "€1,000"]],
    ["KWD", "en-KW", ["KWD 20", "KWD 50.500", "KWD 1,000"]],
  ])("in %s are written as one does in %s", (currency, locale, expected) => {
    expect(quickAmountsOf({ ...swiss, currency, locale }).map(plain)).toEqual(expected);
  });

  test("have a smallest, a largest and a step", () => {
    expect(amountLines(swiss).map(([name, value]) => [name, plain(value)])).toEqual([
      ["Smallest amount", "CHF 20"],
      ["Largest amount", "CHF 5'000"],
      ["In steps of", "CHF 0.50"],
    ]);
  });
});

test("limits are told in their order, and none is said to be none", () => {
  expect(limitLines(swiss).map(([name, value]) => [name, plain(value)])).toEqual([
    ["Per withdrawal", "CHF 500"],
    ["Per day", "CHF 1'000"],
    ["Per week", "CHF 2'000"],
    ["Per month", "CHF 5'000.25"],
    ["Per year", "No limit"],
  ]);
});

describe("a person", () => {
  const [name, email, phone, reference] = [
    ["Name", "Ann Meier"],
    ["Email", "ann.meier@example.com"],
    ["Phone", "+41790000001"],
    ["Reference", "bank-user-1001"],
  ];

  it("has no line of what is not known", () => {
    expect(personLines(ann)).toEqual([name, email, phone, reference]);
  });

  it.each([
    ["a middle name", { middleName: "B." }, [["Name", "Ann B. Meier"], email, phone, reference]],
    ["a birthday", { dateOfBirth: "1990-04-01" }, [name, email, phone, ["Date of birth", "01.04.1990"], reference]],
    [
      "an address in parts",
      {
        address: {
          country: "Switzerland",
          countryCode: "CH",
          line1: "Bahnhofstrasse",
          houseNumber: "1",
          zip: "8001",
          city: "Zürich",
        },
      },
      [name, email, phone, ["Address", "Bahnhofstrasse 1\n8001 Zürich\nSwitzerland"], reference],
    ],
    [
      "an address as it is written",
      { address: { country: "Switzerland", countryCode: "CH", formatted: "Bahnhofstrasse 1, 8001 Zürich" } },
      [name, email, phone, ["Address", "Bahnhofstrasse 1, 8001 Zürich"], reference],
    ],
  ])("has %s where it is known", (_, more, expected) => {
    expect(personLines({ ...ann, profile: { ...ann.profile, ...more } })).toEqual(expected);
  });

  it("without particulars is a reference", () => {
    expect(personLines({ ...ann, profile: { id: "usr_1", referenceId: "shop-1" } })).toEqual([["Reference", "shop-1"]]);
  });
});
