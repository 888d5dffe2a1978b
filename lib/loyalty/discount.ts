/** What discount campaigns take off an order's lines (swip.md 8.3, steps 3 and 4). */
import { choicesOf, type DiscountCampaign } from "#loyalty/campaign";
import { type NetLine, qualifies } from "#loyalty/line";
import { freeWorth } from "#loyalty/nthFree";
import { allocate, halfEven, sumOf } from "#loyalty/share";

/** Units of NTH_FREE campaigns that a customer has bought so far, by campaign; absent: none. */
export type Counts = ReadonlyMap<string, bigint>;

/** Hundredths of a percent in a whole, and ten-thousandths. */
export const WHOLE = 10_000n;

/** Kinds in the order in which they apply. */
const kinds: readonly DiscountCampaign["kind"][] = ["NTH_FREE", "PERCENT", "FIXED"];

/** What is still to pay, in minor units. */
export const netOf = (lines: readonly NetLine[]): bigint => sumOf(lines.map(({ net }) => net));

/** The lines less a sum, shared out by weights. */
export const takeOff = (lines: readonly NetLine[], sum: bigint, weights: readonly bigint[]): readonly NetLine[] => {
  const shares = allocate(sum, weights);
  return lines.map((line, nth) => ({ ...line, net: line.net - (shares[nth] ?? 0n) }));
};

const worthOf = (campaign: DiscountCampaign, lines: readonly NetLine[], counts: Counts) => {
  if (campaign.kind === "NTH_FREE") return freeWorth(lines, campaign.nth, counts.get(campaign.id) ?? 0n);
  const [base, weights] = [netOf(lines), lines.map(({ net }) => net)];
  if (campaign.kind === "PERCENT") return { worth: halfEven(base * campaign.percentHundredths, WHOLE), weights };
  return { worth: campaign.minor < base ? campaign.minor : base, weights };
};

const apply = (lines: readonly NetLine[], campaign: DiscountCampaign, counts: Counts): readonly NetLine[] => {
  const isFor = qualifies(campaign);
  const { worth, weights } = worthOf(campaign, lines.filter(isFor), counts);
  // One unit stays to be paid: an amount of 0 would cancel (swip.md 8.3, step 7).
  const most = netOf(lines) - 1n;
  let nth = 0;
  const ofAll = lines.map((line) => (isFor(line) ? (weights[nth++] ?? 0n) : 0n));
  return takeOff(lines, worth < most ? worth : most, ofAll);
};

/** The lines after the campaigns that give most. Their `net` sums to 1 minor unit or more, before and after. */
export const discounted = (
  lines: readonly NetLine[],
  campaigns: readonly DiscountCampaign[],
  counts: Counts,
): readonly NetLine[] =>
  choicesOf(campaigns)
    .map((choice) =>
      kinds
        .flatMap((kind) => choice.filter((campaign) => campaign.kind === kind))
        .reduce((left, campaign) => apply(left, campaign, counts), lines),
    )
    .reduce((best, other) => (netOf(other) < netOf(best) ? other : best));
