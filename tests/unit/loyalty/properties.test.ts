/** What holds of every order (swip.md 10), and that a naive reckoning agrees. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Basket, reckon } from "#loyalty/reckon";
import { allocate, sumOf } from "#loyalty/share";
import { aBasket } from "./given.ts";
import { naiveReckon } from "./naive.ts";

const MANY = { numRuns: 10_000 };

/** A busy machine takes its time. */
const PATIENCE_MS = 120_000;

const grossOf = ({ lines, total }: Basket): readonly bigint[] =>
  allocate(
    total,
    lines.map(({ amount }) => amount),
  );

test(
  "a naive reckoning comes to the same",
  () => {
    fc.assert(
      fc.property(aBasket, (basket) => {
        expect(reckon(basket)).toEqual(naiveReckon(basket));
      }),
      MANY,
    );
  },
  PATIENCE_MS,
);

test(
  "loyalty is 0 to all but one minor unit of the total, and the rest is payable",
  () => {
    fc.assert(
      fc.property(aBasket, (basket) => {
        const { discount, pointsDiscount, payable } = reckon(basket);
        expect([discount >= 0n, pointsDiscount >= 0n, payable >= 1n]).toEqual([true, true, true]);
        expect(payable + discount + pointsDiscount).toBe(basket.total);
      }),
      MANY,
    );
  },
  PATIENCE_MS,
);

test(
  "the lines' discounts are the loyalty, and no line is below nothing",
  () => {
    fc.assert(
      fc.property(aBasket, (basket) => {
        const { discount, pointsDiscount, lineDiscounts } = reckon(basket);
        expect(sumOf(lineDiscounts)).toBe(discount + pointsDiscount);
        const gross = grossOf(basket);
        expect(lineDiscounts.filter((each, nth) => each < 0n || each > (gross[nth] ?? 0n))).toEqual([]);
      }),
      MANY,
    );
  },
  PATIENCE_MS,
);

test(
  "the same order gives the same, in whatever order its campaigns are told",
  () => {
    fc.assert(
      fc.property(aBasket, (basket) => {
        expect(reckon({ ...basket, campaigns: basket.campaigns.toReversed() })).toEqual(reckon(basket));
      }),
      MANY,
    );
  },
  PATIENCE_MS,
);

test(
  "points that are used are those wished for, within their bound, and none without a merchant's rule",
  () => {
    fc.assert(
      fc.property(aBasket, (basket) => {
        const { withdrawPoints, pointsMax, pointsDiscount, pointsEarned, cashback } = reckon(basket);
        expect(withdrawPoints).toBe(basket.withdrawPoints < pointsMax ? basket.withdrawPoints : pointsMax);
        const worth = basket.points?.pointValueMinor ?? 0n;
        expect(pointsDiscount).toBe(withdrawPoints * worth);
        if (basket.points === undefined) expect([pointsMax, pointsEarned, cashback]).toEqual([0n, 0n, 0n]);
        else expect([cashback % worth, pointsEarned >= cashback / worth]).toEqual([0n, true]);
      }),
      MANY,
    );
  },
  PATIENCE_MS,
);

test(
  "another stackable campaign that cannot qualify changes nothing",
  () => {
    fc.assert(
      fc.property(aBasket, (basket) => {
        const never = { validFromMs: 0, validToMs: 1, stackable: true, id: "never" };
        const more = [
          { ...never, id: "never-1", kind: "PERCENT" as const, percentHundredths: 10_000n, productIds: ["unknown"] },
          { ...never, id: "never-2", kind: "FIXED" as const, minor: 5n, minTotal: basket.total + 1n },
          { ...never, id: "never-3", kind: "NTH_FREE" as const, nth: 2n, productIds: [] },
          {
            ...never,
            id: "never-4",
            kind: "CASHBACK" as const,
            percentHundredths: 10_000n,
            minTotal: basket.total + 1n,
          },
        ];
        expect(reckon({ ...basket, campaigns: [...more, ...basket.campaigns] })).toEqual(reckon(basket));
      }),
      { numRuns: 3000 },
    );
  },
  PATIENCE_MS,
);
