/** What a till sends as an order: the sums and families of its lines, and everything that is wrong at once (swip.md 3). */
import { describe, expect, test } from "vitest";
import { type Currency, currencyOf } from "#kernel/currency";
import { readJson } from "#kernel/json";
import { Refused } from "#kernel/refusal";
import { takeOrder } from "#pos/intake";
import { CreateOrderRequest } from "#pos/wire";

const EUR = currencyOf("EUR") as Currency;

const line = { id: "a", name: "A", quantity: 1, price: 10, amount: 10 };
const sent = (changes: object = {}): string =>
  JSON.stringify({
    merchantOrderId: "1",
    merchantCashier: "Ann",
    saleDate: 0,
    total: 10,
    totalOriginal: 10,
    purchases: [line],
    ...changes,
  });
const take = (text: string) => takeOrder(CreateOrderRequest.parse(readJson(text)), EUR);

const wrongIn = (text: string): readonly string[] => {
  try {
    take(text);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const issues: readonly { readonly way: readonly string[] }[] = JSON.parse(String(error.refusal.facts.issues));
    return issues.map(({ way }) => way.join("."));
  }
};

test("an order is read in minor units and thousandths, and what was not sent stays absent", () => {
  expect(take(sent({ purchases: [{ ...line, unit: null, quantity: 2.5, price: 4 }] }))).toEqual({
    merchantOrderId: "1",
    merchantCashier: "Ann",
    saleDate: 0n,
    sessionCode: "",
    total: 1000n,
    totalOriginal: 1000n,
    lines: [{ id: "a", name: "A", unit: null, quantityThousandths: 2500n, price: 400n, amount: 1000n }],
  });
});

describe("sums", () => {
  test.each<readonly [string, object, readonly string[]]>([
    [
      "half a minor unit off",
      { purchases: [{ ...line, quantity: 0.333, price: 30.015, amount: 9.99 }] },
      ["purchases.0.price"],
    ],
    [
      "a third of a kilogram",
      { total: 3.33, totalOriginal: 3.33, purchases: [{ ...line, quantity: 0.333, amount: 3.33 }] },
      [],
    ],
    ["half a unit above", { purchases: [{ ...line, quantity: 0.5, price: 20.01, amount: 10 }] }, []],
    [
      "half a unit below",
      { total: 10.01, totalOriginal: 10.01, purchases: [{ ...line, quantity: 0.5, price: 20.01, amount: 10.01 }] },
      [],
    ],
    [
      "a unit off",
      { total: 10.01, totalOriginal: 10.01, purchases: [{ ...line, amount: 10.01 }] },
      ["purchases.0.amount"],
    ],
    ["a unit a line off in the total", { total: 10, totalOriginal: 10.01 }, []],
    ["two units off in the total", { totalOriginal: 10.02 }, ["totalOriginal"]],
    [
      "nothing to pay",
      { total: 0.01, totalOriginal: 0.01, purchases: [{ ...line, price: 0, amount: 0 }] },
      ["purchases"],
    ],
    ["a total of nothing", { total: 0 }, ["total"]],
    ["a total above the original", { total: 10.01 }, ["total"]],
  ])("%s", (_, changes, wrong) => {
    expect(wrongIn(sent(changes))).toEqual(wrong);
  });
});

describe("families", () => {
  const family = (...parents: readonly (string | null | undefined)[]) =>
    sent({
      total: 10 * parents.length,
      totalOriginal: 10 * parents.length,
      purchases: parents.map((parentId, n) => ({ ...line, id: `${n}`, ...(parentId !== undefined && { parentId }) })),
    });

  test.each<readonly [string, string, readonly string[]]>([
    ["a parent after its child", family("1", null), []],
    ["three generations", family(undefined, "0", "1"), []],
    ["a parent that is none", family("7"), ["purchases.0.parentId"]],
    ["its own parent", family("0"), ["purchases.0.parentId"]],
    ["a circle, and one who hangs on it", family("1", "0", "1"), ["purchases.0.parentId", "purchases.1.parentId"]],
    ["an id twice", sent({ total: 20, totalOriginal: 20, purchases: [line, line] }), ["purchases.1.id"]],
    [
      "lines without ids",
      sent({ total: 20, totalOriginal: 20, purchases: [1, 2].map(() => ({ ...line, id: undefined })) }),
      [],
    ],
  ])("%s", (_, text, wrong) => {
    expect(wrongIn(text)).toEqual(wrong);
  });
});

test("everything that is wrong is told at once", () => {
  expect(wrongIn(sent({ total: 0.001, purchases: [{ ...line, quantity: 0.0001, price: -1, parentId: "a" }] }))).toEqual(
    ["total", "purchases.0.quantity", "purchases.0.price", "purchases.0.parentId"],
  );
});
