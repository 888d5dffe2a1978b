import { describe, expect, test } from "vitest";
import { median, percentile, ratioOf, spreadOf, takeTurns } from "../../bench/measure.ts";

describe("samples", () => {
  test.each([
    ["one", [3], 3],
    ["an odd number, in any order", [9, 1, 5], 5],
    ["an even number", [4, 1, 3, 2], 2.5],
  ])("have a middle: %s", (_, samples, middle) => {
    expect(median(samples)).toBe(middle);
  });

  test("have no middle where there are none", () => {
    expect(median([])).toBeNaN();
    expect(percentile([], 0.5)).toBeNaN();
  });

  test("lie below their percentile, the share that it names", () => {
    const samples = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect([0, 0.5, 0.99, 1].map((share) => percentile(samples, share))).toEqual([1, 51, 100, 100]);
  });

  test("are summed up by their ends and middle", () => {
    expect(spreadOf([5, 1, 9])).toEqual({ min: 1, median: 5, max: 9 });
  });

  test("are compared turn by turn: a slow minute of the machine changes no ratio", () => {
    expect(ratioOf([2, 20, 200], [1, 10, 100])).toBe(2);
  });
});

describe("turns", () => {
  test("are taken by all, forwards and then backwards", async () => {
    const order: string[] = [];
    const rival = (name: string) => async (turn: number) => {
      order.push(`${name}${turn}`);
      return turn;
    };
    expect(await takeTurns(3, { a: rival("a"), b: rival("b") })).toEqual({ a: [0, 1, 2], b: [0, 1, 2] });
    expect(order).toEqual(["a0", "b0", "b1", "a1", "a2", "b2"]);
  });
});
