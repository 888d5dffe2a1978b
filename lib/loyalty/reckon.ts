/** What an order's customer saves and earns, from what was copied to the order when it was bound (swip.md 8.3). */
import { type Campaign, type CashbackCampaign, choicesOf, type PointsRule } from "#loyalty/campaign";
import { type Counts, discounted, netOf, takeOff, WHOLE } from "#loyalty/discount";
import { type NetLine, type PricedLine, qualifies } from "#loyalty/line";
import { unitsBought } from "#loyalty/nthFree";
import { allocate, sumOf } from "#loyalty/share";

/** What is reckoned with: minor units; `lines` has an amount above 0, `total` is 1 or more; `points` absent: the merchant has none. */
export interface Basket {
  readonly lines: readonly PricedLine[];
  readonly total: bigint;
  /** Those that the order kept when it was bound. */
  readonly campaigns: readonly Campaign[];
  readonly counts: Counts;
  readonly points?: PointsRule | undefined;
  /** The points that the customer would like to pay with. */
  readonly withdrawPoints: bigint;
}

/** What comes of it, in minor units and points. */
export interface Reckoning {
  readonly discount: bigint;
  /** The points that are used: those wished for, at most `pointsMax`. */
  readonly withdrawPoints: bigint;
  readonly pointsDiscount: bigint;
  readonly pointsMax: bigint;
  /** The worth of the points that cashback campaigns give. */
  readonly cashback: bigint;
  /** Points due on close, those of the cashback included. */
  readonly pointsEarned: bigint;
  /** 1 or more. */
  readonly payable: bigint;
  /** For each line its share of `discount + pointsDiscount`. */
  readonly lineDiscounts: readonly bigint[];
  /** The units of this order that NTH_FREE campaigns count, by campaign, whether or not another one gave more. */
  readonly counted: Counts;
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);

const mostPoints = (net: bigint, points: PointsRule | undefined): bigint => {
  if (points === undefined) return 0n;
  const share = (net * points.redeemMaxShareTenThousandths) / WHOLE;
  return least(share, net - 1n) / points.pointValueMinor;
};

/** Percent in hundredths of minor units, in whole points. */
const pointsOf = (minor: bigint, percentHundredths: bigint, { pointValueMinor }: PointsRule): bigint =>
  (minor * percentHundredths) / (WHOLE * pointValueMinor);

const cashbackPoints = (
  lines: readonly NetLine[],
  campaigns: readonly CashbackCampaign[],
  points: PointsRule,
): bigint => {
  const given = (campaign: CashbackCampaign): bigint =>
    pointsOf(netOf(lines.filter(qualifies(campaign))), campaign.percentHundredths, points);
  return choicesOf(campaigns)
    .map((choice) => sumOf(choice.map(given)))
    .reduce((best, other) => (other > best ? other : best));
};

const countedUnits = (lines: readonly PricedLine[], campaigns: readonly Campaign[]): Counts =>
  new Map(
    campaigns
      .filter(({ kind }) => kind === "NTH_FREE")
      .map((campaign) => [campaign.id, unitsBought(lines.filter(qualifies(campaign)))] as const)
      .filter(([, units]) => units > 0n),
  );

/** Reckons what an order's customer saves and earns. The same basket gives the same reckoning. */
export const reckon = ({ lines, total, campaigns, counts, points, withdrawPoints }: Basket): Reckoning => {
  const running = campaigns.filter(({ minTotal = 0n }) => total >= minTotal);
  const cashbacks = running.filter((campaign) => campaign.kind === "CASHBACK");
  const discounts = running.filter((campaign) => campaign.kind !== "CASHBACK");
  const shares = allocate(
    total,
    lines.map(({ amount }) => amount),
  );
  const full = lines.map((line, nth) => ({ ...line, net: shares[nth] ?? 0n }));
  const lowered = discounted(full, discounts, counts);
  const pointsMax = mostPoints(netOf(lowered), points);
  const used = least(withdrawPoints, pointsMax);
  const pointsDiscount = used * (points?.pointValueMinor ?? 0n);
  const last = takeOff(
    lowered,
    pointsDiscount,
    lowered.map(({ net }) => net),
  );
  const payable = netOf(last);
  const extra = points === undefined ? 0n : cashbackPoints(last, cashbacks, points);
  return {
    discount: total - netOf(lowered),
    withdrawPoints: used,
    pointsDiscount,
    pointsMax,
    cashback: extra * (points?.pointValueMinor ?? 0n),
    pointsEarned: (points === undefined ? 0n : pointsOf(payable, points.earnPercentHundredths, points)) + extra,
    payable,
    lineDiscounts: full.map(({ net }, nth) => net - (last[nth]?.net ?? 0n)),
    counted: countedUnits(lines, running),
  };
};
