/** Loyalty a second time, slowly, with fractions and unit by unit, as swip.md 8.3 and 8.4 read: what the real reckoning is compared with. */
import type { Campaign } from "#loyalty/campaign";
import type { FixedLoyalty, GivenBack } from "#loyalty/giveBack";
import type { PricedLine } from "#loyalty/line";
import type { Basket, Reckoning } from "#loyalty/reckon";
import { type Fraction, floorOf, fraction, isBelow, minus, nearest, plus, times } from "./fraction.ts";

const total = (numbers: readonly bigint[]): bigint => {
  let sum = 0n;
  for (const number of numbers) sum += number;
  return sum;
};

/** `alloc(D, w)`: one leftover unit after the other, each to the largest remainder that has had none. */
export const naiveAlloc = (d: bigint, weights: readonly Fraction[]): bigint[] => {
  const sum = weights.reduce(plus, fraction(0n));
  if (sum.top === 0n) return weights.map(() => 0n);
  const exact = weights.map((w) => times(times(fraction(d), w), fraction(sum.bottom, sum.top)));
  const shares = exact.map(floorOf);
  const rests = exact.map((share) => minus(share, fraction(floorOf(share))));
  for (let left = d - total(shares); left > 0n; left--) {
    let best = -1;
    for (const [i, rest] of rests.entries()) {
      const bestRest = best < 0 ? fraction(-1n) : (rests[best] ?? fraction(-1n));
      if (isBelow(bestRest, rest)) best = i;
    }
    shares[best] = (shares[best] ?? 0n) + 1n;
    rests[best] = fraction(-1n);
  }
  return shares;
};

const isFor = (campaign: Campaign, line: PricedLine): boolean => {
  if (campaign.productIds === undefined) return true;
  for (const productId of campaign.productIds) if (productId === line.productId) return true;
  return false;
};

const isWhole = (line: PricedLine): boolean => line.quantityThousandths % 1000n === 0n;

/** Every unit that an NTH_FREE campaign counts, by the number of its line, cheapest first. */
const unitsFor = (campaign: Campaign, lines: readonly PricedLine[]): readonly number[] => {
  const units: number[] = [];
  for (const [i, line] of lines.entries())
    if (isFor(campaign, line) && isWhole(line))
      for (let bought = 0n; bought < line.quantityThousandths / 1000n; bought++) units.push(i);
  const priceOf = (i: number) => lines[i]?.price ?? 0n;
  return units.sort((a, b) => (priceOf(a) === priceOf(b) ? a - b : priceOf(a) < priceOf(b) ? -1 : 1));
};

/** What each line gets from a campaign, before it is rounded and bounded. */
const wishes = (campaign: Campaign, net: readonly bigint[], basket: Basket): readonly Fraction[] => {
  const { lines } = basket;
  if (campaign.kind === "NTH_FREE") {
    const units = unitsFor(campaign, lines);
    const before = basket.counts.get(campaign.id) ?? 0n;
    const nths = units.filter((_, i) => (before + BigInt(i) + 1n) % campaign.nth === 0n).length;
    const gifts = units.slice(0, nths);
    return lines.map((line, i) => {
      const oneUnit = fraction((net[i] ?? 0n) * 1000n, line.quantityThousandths);
      return gifts.filter((gift) => gift === i).reduce((sum) => plus(sum, oneUnit), fraction(0n));
    });
  }
  return lines.map((line, i) => fraction(isFor(campaign, line) ? (net[i] ?? 0n) : 0n));
};

const applyOne = (campaign: Campaign, net: readonly bigint[], basket: Basket): readonly bigint[] => {
  const w = wishes(campaign, net, basket);
  const sum = w.reduce(plus, fraction(0n));
  let d = nearest(sum);
  if (campaign.kind === "PERCENT") d = nearest(times(sum, fraction(campaign.percentHundredths, 10_000n)));
  if (campaign.kind === "FIXED" && campaign.minor < d) d = campaign.minor;
  if (d > total(net) - 1n) d = total(net) - 1n;
  const shares = naiveAlloc(d, w);
  return net.map((each, i) => each - (shares[i] ?? 0n));
};

const applyAll = (campaigns: readonly Campaign[], net: readonly bigint[], basket: Basket): readonly bigint[] => {
  let left = net;
  for (const kind of ["NTH_FREE", "PERCENT", "FIXED"])
    for (const campaign of campaigns) if (campaign.kind === kind) left = applyOne(campaign, left, basket);
  return left;
};

/** Of all stackable together, then each other alone, the first that no other surpasses. */
const bestOf = <Outcome>(
  campaigns: readonly Campaign[],
  outcomeOf: (campaigns: readonly Campaign[]) => Outcome,
  worthOf: (outcome: Outcome) => bigint,
): Outcome => {
  let best = outcomeOf(campaigns.filter(({ stackable }) => stackable));
  for (const campaign of campaigns) {
    if (campaign.stackable) continue;
    const alone = outcomeOf([campaign]);
    if (worthOf(alone) > worthOf(best)) best = alone;
  }
  return best;
};

const cashbackPoints = (campaigns: readonly Campaign[], net: readonly bigint[], basket: Basket): bigint => {
  let points = 0n;
  for (const campaign of campaigns) {
    if (campaign.kind !== "CASHBACK" || basket.points === undefined) continue;
    const base = total(net.filter((_, i) => isFor(campaign, basket.lines[i] as PricedLine)));
    const worth = times(fraction(base), fraction(campaign.percentHundredths, 10_000n));
    points += floorOf(times(worth, fraction(1n, basket.points.pointValueMinor)));
  }
  return points;
};

/** `reckon`, naively. */
export const naiveReckon = (basket: Basket): Reckoning => {
  const running = [...basket.campaigns]
    .filter(({ minTotal }) => minTotal === undefined || minTotal <= basket.total)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const first = naiveAlloc(
    basket.total,
    basket.lines.map(({ amount }) => fraction(amount)),
  );
  const net = bestOf(
    running.filter(({ kind }) => kind !== "CASHBACK"),
    (campaigns) => applyAll(campaigns, first, basket),
    (left) => basket.total - total(left),
  );
  const discount = basket.total - total(net);
  const value = basket.points?.pointValueMinor ?? 1n;
  const share = fraction(basket.points?.redeemMaxShareTenThousandths ?? 0n, 10_000n);
  let most = times(fraction(basket.total - discount), share);
  if (isBelow(fraction(basket.total - discount - 1n), most)) most = fraction(basket.total - discount - 1n);
  const pointsMax = floorOf(times(most, fraction(1n, value)));
  const withdrawPoints = basket.withdrawPoints > pointsMax ? pointsMax : basket.withdrawPoints;
  const pointShares = naiveAlloc(
    withdrawPoints * value,
    net.map((each) => fraction(each)),
  );
  const last = net.map((each, i) => each - (pointShares[i] ?? 0n));
  const back = bestOf(
    running.filter(({ kind }) => kind === "CASHBACK"),
    (campaigns) => cashbackPoints(campaigns, last, basket),
    (points) => points,
  );
  const earnPercent = fraction(basket.points?.earnPercentHundredths ?? 0n, 10_000n);
  const earned = floorOf(times(times(fraction(total(last)), earnPercent), fraction(1n, value)));
  const counted = new Map<string, bigint>();
  for (const campaign of running) {
    const units = BigInt(campaign.kind === "NTH_FREE" ? unitsFor(campaign, basket.lines).length : 0);
    if (units > 0n) counted.set(campaign.id, units);
  }
  return {
    discount,
    withdrawPoints,
    pointsDiscount: withdrawPoints * value,
    pointsMax,
    cashback: back * value,
    pointsEarned: earned + back,
    payable: total(last),
    lineDiscounts: first.map((each, i) => each - (last[i] ?? 0n)),
    counted,
  };
};

/** `givenBack`, naively. */
export const naiveGivenBack = (
  { payable, discount, withdrawPoints, pointsEarned, pointValueMinor }: FixedLoyalty,
  undone: { readonly amount: bigint; readonly refunded: bigint } | "all",
): GivenBack => {
  const base = undone === "all" || payable > undone.amount ? payable : undone.amount;
  const r = undone === "all" ? base : base - undone.amount + undone.refunded;
  const share = fraction(r, base);
  const pointsReturned = nearest(times(fraction(withdrawPoints), share));
  return {
    pointsReturned,
    loyaltyReturned: pointsReturned * pointValueMinor + nearest(times(fraction(discount), share)),
    pointsCredited: pointsEarned - nearest(times(fraction(pointsEarned), share)),
    isAll: r === base,
  };
};
