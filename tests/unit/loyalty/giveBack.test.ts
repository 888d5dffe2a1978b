/** What goes back when an order is undone, by example and for every run of refunds (swip.md 8.4, rows 4, 26 and 35). */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FixedLoyalty, givenBack, type Undone } from "#loyalty/giveBack";
import { reckon } from "#loyalty/reckon";
import { aBasket } from "./given.ts";
import { naiveGivenBack } from "./naive.ts";

const plain: FixedLoyalty = {
  payable: 9000n,
  discount: 1000n,
  withdrawPoints: 0n,
  pointsEarned: 0n,
  pointValueMinor: 0n,
};
const withPoints: FixedLoyalty = {
  payable: 7000n,
  discount: 1000n,
  withdrawPoints: 20n,
  pointsEarned: 3n,
  pointValueMinor: 100n,
};

describe("of an order that is undone", () => {
  const cases: readonly (readonly [string, FixedLoyalty, Undone, readonly [bigint, bigint, bigint, boolean]])[] = [
    ["closed whole, nothing", plain, { amount: 9000n, refunded: 0n }, [0n, 0n, 0n, false]],
    ["row 4: closed by half, half", plain, { amount: 4500n, refunded: 0n }, [0n, 500n, 0n, false]],
    ["row 26: refunded 30 of 90", plain, { amount: 9000n, refunded: 3000n }, [0n, 333n, 0n, false]],
    ["row 26: refunded 60 of 90", plain, { amount: 9000n, refunded: 6000n }, [0n, 667n, 0n, false]],
    ["row 26: refunded 90 of 90", plain, { amount: 9000n, refunded: 9000n }, [0n, 1000n, 0n, true]],
    ["closed by half, then that half refunded", plain, { amount: 4500n, refunded: 4500n }, [0n, 1000n, 0n, true]],
    ["all at once", plain, "all", [0n, 1000n, 0n, true]],
    ["closed with nothing", plain, { amount: 0n, refunded: 0n }, [0n, 1000n, 0n, true]],
    ["paid at the till with more, nothing", plain, { amount: 10_000n, refunded: 0n }, [0n, 0n, 0n, false]],
    [
      "paid at the till with more, then half of that",
      plain,
      { amount: 10_000n, refunded: 5000n },
      [0n, 500n, 0n, false],
    ],
    ["row 35: closed, points credited", withPoints, { amount: 7000n, refunded: 0n }, [0n, 0n, 3n, false]],
    ["row 35: refunded 35", withPoints, { amount: 7000n, refunded: 3500n }, [10n, 1500n, 1n, false]],
    ["row 35: refunded 35 again", withPoints, { amount: 7000n, refunded: 7000n }, [20n, 3000n, 0n, true]],
    ["with points, all at once", withPoints, "all", [20n, 3000n, 0n, true]],
  ];
  test.each(cases)("%s", (_, fixed, undone, [pointsReturned, loyaltyReturned, pointsCredited, isAll]) => {
    expect(givenBack(fixed, undone)).toEqual({ pointsReturned, loyaltyReturned, pointsCredited, isAll });
  });
});

/** An order whose loyalty was fixed, and its closing amount: at most what is payable, or what a till may have taken. */
const aClosed = fc
  .record({ basket: aBasket, part: fc.bigInt(0n, 1000n), more: fc.oneof(fc.constant(0n), fc.bigInt(1n, 500n)) })
  .map(({ basket, part, more }) => {
    const reckoned = reckon(basket);
    const fixed: FixedLoyalty = { ...reckoned, pointValueMinor: basket.points?.pointValueMinor ?? 0n };
    const loyalty = reckoned.discount + reckoned.pointsDiscount;
    return { fixed, loyalty, amount: (reckoned.payable * part) / 1000n + more };
  });

test("what goes back grows with every refund, up to all of the loyalty, and a naive reckoning comes to the same", () => {
  const parts = fc.array(fc.bigInt(1n, 400n), { maxLength: 8 });
  fc.assert(
    fc.property(aClosed, parts, ({ fixed, loyalty, amount }, refunds) => {
      let [refunded, before] = [0n, givenBack(fixed, { amount, refunded: 0n })];
      for (const part of [...refunds, 1000n]) {
        const left = amount - refunded;
        refunded += part === 1000n ? left : (left * part) / 1000n;
        const now = givenBack(fixed, { amount, refunded });
        expect(now).toEqual(naiveGivenBack(fixed, { amount, refunded }));
        expect(now.loyaltyReturned >= before.loyaltyReturned && now.loyaltyReturned <= loyalty).toBe(true);
        expect(now.pointsReturned >= before.pointsReturned && now.pointsCredited <= before.pointsCredited).toBe(true);
        expect(now.pointsCredited >= 0n).toBe(true);
        before = now;
      }
      const all = { pointsReturned: fixed.withdrawPoints, loyaltyReturned: loyalty, pointsCredited: 0n, isAll: true };
      expect([before, givenBack(fixed, "all"), naiveGivenBack(fixed, "all")]).toEqual([all, all, all]);
    }),
    { numRuns: 5000 },
  );
}, 60_000);
