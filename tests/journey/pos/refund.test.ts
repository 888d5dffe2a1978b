/** swip.md 10, rows 26-29: money and loyalty go back by refunds. */
import { describe, expect, test } from "vitest";
import { examineMarket } from "../../support/examination/pos.ts";
import type { Json, Market } from "../../support/market.ts";
import { bind, close, pay, said, standing, standingOf, succeeded, told } from "../../support/pos.ts";
import { modes, openP, refundedOf, WHOLE } from "./payment.ts";

/** The refunds that a till sees, newest first. */
const refundsOf = async ({ getOrder }: Market, id: string): Promise<readonly Json[]> =>
  succeeded(await getOrder(id)).refunds;

describe.each(modes)("a refund with %s", (mode) => {
  test("swip #26: in parts brings loyalty back in parts, until nothing is left", async () => {
    const market = await openP(mode);
    const id = await close(market);
    const steps = [
      [30, 3.33, "PARTIALLY_REFUNDED"],
      [60, 6.67, "PARTIALLY_REFUNDED"],
      [90, 10, "REFUNDED"],
    ] as const;
    for (const [refunded, loyaltyReturned, status] of steps) {
      succeeded(await market.refundOrder(id, { amount: 30 }));
      expect(await standingOf(market, id)).toEqual(refundedOf(refunded, loyaltyReturned, status));
      await examineMarket(market);
    }
    expect((await refundsOf(market, id)).map(({ loyaltyReturned }) => loyaltyReturned)).toEqual([3.33, 3.34, 3.33]);
    expect(said(await market.refundOrder(id, { amount: 1 }))).toBe("409 1015");
    expect(said(await market.refundOrder(id))).toBe("409 1015");
    expect(await market.wallet()).toEqual(WHOLE);
  });

  test("swip #27: of 10, twenty times at once, succeeds nine times", async () => {
    const market = await openP(mode);
    const id = await close(market);
    const refund = async (n: number): Promise<string> => {
      const answered = await market.refundOrder(id, { amount: 10, refundId: `R-${n}` });
      return told(answered).code === 1018 ? refund(n) : said(answered);
    };
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => refund(n)));
    const succeededOnes = answers.filter((answer) => answer === "200" || answer === "200 replayed");
    const exceeding = answers.filter((answer) => answer === "409 1015");
    expect([succeededOnes.length, exceeding.length]).toEqual([9, 11]);
    expect(await standingOf(market, id)).toEqual(refundedOf(90, 10, "REFUNDED"));
    expect(await market.wallet()).toEqual(WHOLE);
    await examineMarket(market);
  });
});

describe("a refund", () => {
  test("swip #28: may be one of 150, of which the newest 100 are listed", async () => {
    const market = await openP();
    const id = await close(market);
    for (let n = 1; n <= 150; n += 1) {
      succeeded(await market.refundOrder(id, { amount: 0.01, refundId: `R-${n}` }));
      market.world.clock.advance(1);
    }
    const { refunds, refundCount, ...order } = succeeded(await market.getOrder(id));
    expect([refundCount, order.payment.refunded]).toEqual([150, 1.5]);
    expect(refunds.map(({ refundId }: Json) => refundId)).toEqual(
      Array.from({ length: 100 }, (_, n) => `R-${150 - n}`),
    );
    expect(await market.wallet()).toEqual([41_150n, 0n]);
    await examineMarket(market);
  });

  test("swip #29: under a key that was used is a replay, with another amount it is refused", async () => {
    const market = await openP();
    const id = await close(market);
    const refund = { amount: 30, refundId: "R-1", reason: "cold" };
    const first = await market.refundOrder(id, refund);
    expect(told(first)).toEqual({
      status: "SUCCESS",
      description: "Refunded",
      refundId: "R-1",
      amount: 30,
      refunded: 30,
      remaining: 60,
    });
    const again = await market.refundOrder(id, refund);
    expect([said(again), again.body]).toEqual(["200 replayed", first.body]);
    for (const other of [{ ...refund, amount: 40 }, { ...refund, reason: "late" }, { refundId: "R-1" }])
      expect(said(await market.refundOrder(id, other))).toBe("409 1009");
    expect(await refundsOf(market, id)).toEqual([
      { refundId: "R-1", amount: 30, loyaltyReturned: 3.33, reason: "cold", createdAt: "2026-11-25T08:00:00.000Z" },
    ]);
    expect(await standingOf(market, id)).toEqual(refundedOf(30, 3.33));
  });

  test("swip #29: of the rest is a replay under its key, though nothing is left", async () => {
    const market = await openP();
    const id = await close(market);
    const first = await market.refundOrder(id, { refundId: "R-1" });
    expect(told(first)).toMatchObject({ amount: 90, refunded: 90, remaining: 0 });
    const again = await market.refundOrder(id, { refundId: "R-1" });
    expect([said(again), again.body]).toEqual(["200 replayed", first.body]);
  });

  test("without a key refunds again when it is repeated, under a key of ours", async () => {
    const market = await openP();
    const id = await close(market);
    const answers = [await market.refundOrder(id, { amount: 1 }), await market.refundOrder(id, { amount: 1 })];
    const keys = answers.map((answered) => succeeded(answered).refundId);
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(new Set(keys).size).toBe(2);
  });

  test("of what the till has taken moves no money here, but loyalty comes back", async () => {
    const market = await openP();
    const id = await bind(market);
    succeeded(await market.payAtTill(id, { method: "CASH" }));
    succeeded(await market.closeOrder(id, { amount: 90 }));
    succeeded(await market.refundOrder(id, { amount: 45 }));
    const payment = { status: "PARTIALLY_REFUNDED", method: "CASH", captured: 90, refunded: 45 };
    const stands = standing({ status: "CLOSED", amount: 90, paid: 90, loyaltyReturned: 5, payment });
    expect(await standingOf(market, id)).toEqual(stands);
    expect(await market.wallet()).toEqual(WHOLE);
    await examineMarket(market);
  });

  test("does not depend on what is on the merchant's account", async () => {
    const market = await openP();
    const id = await close(market);
    succeeded(await market.refundOrder(id, { amount: 90 }));
    const [books] = await market.books();
    expect(books?.sum).toBe(0n);
  });

  test.each<readonly [string, Json | string]>([
    ["of nothing", { amount: 0 }],
    ["of less than nothing", { amount: -1 }],
    ["of a text", { amount: "1" }],
    ["of a fraction of a cent", '{"amount":0.001}'],
    ["under an empty key", { amount: 1, refundId: "" }],
    ["under a key too long", { amount: 1, refundId: "R".repeat(65) }],
    ["for a reason too long", { amount: 1, reason: "r".repeat(257) }],
  ])("%s is invalid", async (_, body) => {
    const market = await openP();
    const id = await close(market);
    expect(said(await market.refundOrder(id, body))).toBe("400 1003");
    expect(await standingOf(market, id)).toEqual(refundedOf(0, 0, "CAPTURED"));
  });

  test("of what was closed with nothing is more than there is", async () => {
    const market = await openP();
    const id = await pay(market);
    succeeded(await market.closeOrder(id, { amount: 0 }));
    expect(said(await market.refundOrder(id, { amount: 1 }))).toBe("409 1015");
    expect(said(await market.refundOrder(id))).toBe("409 1015");
  });
});
