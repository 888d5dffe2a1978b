import { describe, expect, test } from "vitest";
import { type Budget, budgetLines, isMet, tableLines } from "../../bench/report.ts";

describe("a table", () => {
  test("puts texts to the left and numbers to the right, and leaves out what there is not", () => {
    const lines = tableLines({
      title: "Bundles",
      columns: [
        { name: "name", head: "" },
        { name: "kb", head: "kB", digits: 1 },
        { name: "ratio", head: "x usual", digits: 2 },
      ],
      rows: [
        { name: "ours", kb: 390.95, ratio: 0.1417 },
        { name: "usual", kb: 2759.6, ratio: undefined },
      ],
      notes: ["Measured here."],
    });
    expect(lines).toEqual([
      "Bundles",
      "              kB  x usual",
      "  ours     391.0     0.14",
      "  usual  2,759.6",
      "  Measured here.",
      "",
    ]);
  });
});

const budget: Budget = { what: "bundle", value: 400, is: "at most", limit: 400, unit: " kB" };

describe("a budget", () => {
  test.each([
    ["at its limit", budget, true],
    ["above what it may be at most", { ...budget, value: 400.1 }, false],
    ["below what it must be at least", { ...budget, is: "at least" as const, value: 399 }, false],
    ["above what it must be at least", { ...budget, is: "at least" as const, value: 401 }, true],
    ["that could not be measured", { ...budget, value: Number.NaN }, false],
  ])("%s", (_, asked, met) => {
    expect(isMet(asked)).toBe(met);
  });

  test("is told with its limit, and whether it was met", () => {
    expect(budgetLines([budget, { ...budget, value: 1234.567 }])).toEqual([
      "✓ bundle: 400 kB, at most 400 kB",
      "✗ bundle: 1,234.57 kB, at most 400 kB",
    ]);
  });
});
