/** Lines that are cut out of an order (swip.md 7). */
import { describe, expect, test } from "vitest";
import { cutLines, misfitsIn } from "#pos/cutting";
import type { Line } from "#pos/order";

const line = (id: string, price: bigint, quantityThousandths = 1000n, parentId?: string | null): Line => ({
  id,
  name: id,
  price,
  quantityThousandths,
  amount: (price * quantityThousandths) / 1000n,
  ...(parentId !== undefined && { parentId }),
});

const P = [line("l-1", 6000n), line("l-2", 2000n, 2000n)];
const hundred = { totalOriginal: 10_000n, total: 10_000n };

describe("what is left", () => {
  test("of a line that is cut in part, and its sums", () => {
    expect(cutLines(hundred, P, [{ id: "l-2", quantityThousandths: 1000n }])).toEqual({
      lines: [line("l-1", 6000n), line("l-2", 2000n)],
      totalOriginal: 8000n,
      total: 8000n,
    });
  });

  test("without a line that is cut whole, said or not", () => {
    const left = { lines: [line("l-2", 2000n, 2000n)], totalOriginal: 4000n, total: 4000n };
    expect(cutLines(hundred, P, [{ id: "l-1" }])).toEqual(left);
    expect(cutLines(hundred, P, [{ id: "l-1", quantityThousandths: 1000n }])).toEqual(left);
  });

  test("keeps the ratio of the totals, to the nearer minor unit and of two to the even one", () => {
    const [one, other] = [line("a", 3n), line("b", 5n)];
    const totalOf = (total: bigint) => cutLines({ totalOriginal: 8n, total }, [one, other], [{ id: "b" }])?.total;
    // 3 * 4 / 8 is 1.5, 3 * 5 / 8 is 1.875, 3 * 3 / 8 is 1.125.
    expect([4n, 5n, 3n].map(totalOf)).toEqual([2n, 2n, 1n]);
  });

  test("a part's amount is its price times the rest, of two as near the even one", () => {
    const weighed = { ...line("w", 5n, 3000n), amount: 15n };
    const amountOf = (quantityThousandths: bigint) =>
      cutLines({ totalOriginal: 15n, total: 15n }, [weighed], [{ id: "w", quantityThousandths }])?.lines[0]?.amount;
    // 5 * 2.5 is 12.5, 5 * 1.5 is 7.5.
    expect([500n, 1500n].map(amountOf)).toEqual([12n, 8n]);
  });

  test("children go with the parent, and theirs, but not with a part of it", () => {
    const family = [line("top", 100n, 2000n), line("child", 10n, 1000n, "top"), line("grand", 1n, 1000n, "child")];
    const more = [...family, line("other", 50n, 1000n, null)];
    const totals = { totalOriginal: 261n, total: 261n };
    expect(cutLines(totals, more, [{ id: "top" }])?.lines.map(({ id }) => id)).toEqual(["other"]);
    expect(cutLines(totals, more, [{ id: "child" }])?.lines.map(({ id }) => id)).toEqual(["top", "other"]);
    const partly = cutLines(totals, more, [{ id: "top", quantityThousandths: 1000n }]);
    expect(partly?.lines.map(({ id }) => id)).toEqual(["top", "child", "grand", "other"]);
  });

  test("is nothing where there is no line, or nothing to pay", () => {
    expect(cutLines(hundred, P, [{ id: "l-1" }, { id: "l-2" }])).toBeUndefined();
    const free = [line("free", 0n), line("dear", 100n)];
    expect(cutLines({ totalOriginal: 100n, total: 100n }, free, [{ id: "dear" }])).toBeUndefined();
    expect(
      cutLines({ totalOriginal: 1000n, total: 1n }, [line("a", 400n), line("b", 600n)], [{ id: "b" }]),
    ).toBeUndefined();
  });
});

test("what does not fit is told", () => {
  expect(
    misfitsIn(P, [{ id: "l-1" }, { id: "l-3" }, { id: "l-2", quantityThousandths: 2001n }]).map(({ way }) => way),
  ).toEqual([
    ["purchases", "1", "id"],
    ["purchases", "2", "quantity"],
  ]);
});
