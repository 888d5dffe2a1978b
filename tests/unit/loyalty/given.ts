/** Random orders, campaigns and points: small sums where ties and bounds are met, and the largest that there may be. */
import * as fc from "fast-check";
import type { Campaign, PointsRule } from "#loyalty/campaign";
import type { PricedLine } from "#loyalty/line";
import type { Basket } from "#loyalty/reckon";
import { halfEven, sumOf } from "#loyalty/share";

/** The largest total, in minor units (swip.md 1). */
const MOST = 10n ** 12n;

const product = fc.constantFrom("tea", "cake", undefined, null);
const oneOfThree = fc.constantFrom("tea", "cake", "soap");

const quantity = fc.oneof(
  { weight: 3, arbitrary: fc.bigInt(1n, 12n).map((units) => units * 1000n) },
  { weight: 1, arbitrary: fc.bigInt(1n, 5000n) },
);

/** Lines whose amounts agree with price and quantity as nearly as they must. */
const aLine: fc.Arbitrary<PricedLine> = fc
  .record({
    price: fc.oneof(
      { weight: 4, arbitrary: fc.bigInt(0n, 12n) },
      { weight: 3, arbitrary: fc.bigInt(0n, 2000n) },
      { weight: 1, arbitrary: fc.bigInt(0n, MOST / 8000n) },
    ),
    quantityThousandths: quantity,
    productId: product,
  })
  .map((line) => ({ ...line, amount: halfEven(line.price * line.quantityThousandths, 1000n) }));

/** Round percents, where halves come up, and any. */
const percentHundredths = fc.oneof(fc.constantFrom(0n, 500n, 1000n, 5000n, 10_000n), fc.bigInt(0n, 10_000n));

const anOffer = fc.oneof(
  fc.record({ kind: fc.constantFrom("PERCENT" as const, "CASHBACK" as const), percentHundredths }),
  fc.record({
    kind: fc.constant("FIXED" as const),
    minor: fc.oneof(fc.bigInt(1n, 30n), fc.bigInt(1n, MOST)),
  }),
  fc.record({ kind: fc.constant("NTH_FREE" as const), nth: fc.oneof(fc.bigInt(2n, 4n), fc.bigInt(2n, 1000n)) }),
);

const terms = fc.record({
  id: fc.string({ unit: fc.constantFrom("a", "b", "Z", "0"), minLength: 1, maxLength: 3 }),
  minTotal: fc.option(fc.bigInt(1n, 200n), { nil: undefined, freq: 3 }),
  productIds: fc.option(fc.uniqueArray(oneOfThree, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  stackable: fc.boolean(),
});

/** Any campaign, valid for ever. */
const aCampaign: fc.Arbitrary<Campaign> = fc
  .tuple(terms, anOffer)
  .map(([term, offer]) => ({ ...term, ...offer, validFromMs: 0, validToMs: Number.MAX_SAFE_INTEGER }));

/** A merchant's points. */
const aPointsRule: fc.Arbitrary<PointsRule> = fc.record({
  earnPercentHundredths: percentHundredths,
  redeemMaxShareTenThousandths: percentHundredths,
  pointValueMinor: fc.oneof(fc.constantFrom(1n, 2n, 100n), fc.bigInt(1n, 1000n)),
});

/** Anything that may be reckoned: the merchant's own discount is in the total, and lines may disagree with it by a unit each. */
export const aBasket: fc.Arbitrary<Basket> = fc
  .record({
    lines: fc
      .array(aLine, { minLength: 1, maxLength: 6 })
      .filter((lines) => sumOf(lines.map(({ amount }) => amount)) > 0n),
    campaigns: fc.uniqueArray(aCampaign, { maxLength: 5, selector: ({ id }) => id }),
    points: fc.option(aPointsRule, { nil: undefined, freq: 4 }),
    withdrawPoints: fc.oneof(fc.constant(0n), fc.bigInt(0n, 50n), fc.bigInt(0n, 10n ** 9n)),
    earlier: fc.array(fc.bigInt(0n, 40n), { minLength: 5, maxLength: 5 }),
    part: fc.oneof({ weight: 2, arbitrary: fc.constant(1000n) }, { weight: 1, arbitrary: fc.bigInt(0n, 1000n) }),
    astray: fc.bigInt(-6n, 6n),
  })
  .map(({ earlier, part, astray, ...rest }) => {
    const sum = sumOf(rest.lines.map(({ amount }) => amount));
    const total = (sum * part) / 1000n + astray;
    const counts = new Map(rest.campaigns.map(({ id }, nth) => [id, earlier[nth] ?? 0n]));
    return { ...rest, counts, total: total < 1n ? 1n : total };
  });
