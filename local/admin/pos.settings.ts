/** The settings of a merchant with tills as texts by name: for its operator, and for the audit. */

import { plainDecimal } from "#kernel/canonical";
import { type Currency, exponentOf } from "#kernel/currency";
import { isoInstant } from "#kernel/time";
import type { Campaign, PointsRule } from "#loyalty/campaign";
import type { CampaignRef, Merchant } from "#pos/merchant";
import { majorIn } from "./amount.ts";

/** How many decimals percentages and shares have at the most (swip.md 8.2). */
const PERCENT_DECIMALS = 2;
const SHARE_DECIMALS = 4;

/** Hundredths of a percent: `12.5 %`. */
const percentText = (hundredths: bigint): string =>
  `${plainDecimal({ unscaled: hundredths, scale: PERCENT_DECIMALS })} %`;

const kindText = (campaign: Campaign, currency: Currency): string => {
  if (campaign.kind === "FIXED") return `FIXED ${majorIn(currency, campaign.minor)} ${currency}`;
  if (campaign.kind === "NTH_FREE") return `NTH_FREE ${campaign.nth}`;
  return `${campaign.kind} ${percentText(campaign.percentHundredths)}`;
};

/** What a campaign gives, for what: `PERCENT 10 % on promo, from 20.00 EUR, alone`. */
export const giftText = (campaign: Campaign, currency: Currency): string =>
  [
    `${kindText(campaign, currency)}${campaign.productIds ? ` on ${campaign.productIds.join(" ")}` : ""}`,
    ...(campaign.minTotal === undefined ? [] : [`from ${majorIn(currency, campaign.minTotal)} ${currency}`]),
    ...(campaign.stackable ? [] : ["alone"]),
  ].join(", ");

/** What points are worth and earn. */
export const pointsText = (points: PointsRule | undefined, currency: Currency): string => {
  if (points === undefined) return "none";
  const share = plainDecimal({ unscaled: points.redeemMaxShareTenThousandths, scale: SHARE_DECIMALS });
  const worth = plainDecimal({ unscaled: points.pointValueMinor, scale: exponentOf(currency) });
  return `${percentText(points.earnPercentHundredths)} earned, up to ${share} redeemed, ${worth} ${currency} each`;
};

const refText = ({ id, revision, validFromMs, validToMs }: CampaignRef): string =>
  `${id} (${revision}) ${isoInstant(validFromMs)} to ${isoInstant(validToMs)}`;

/** Every setting, in the order in which they are shown. */
export const settingsOf = (merchant: Merchant): Readonly<Record<string, string>> => ({
  name: merchant.name,
  currency: merchant.currency,
  payment: merchant.payment,
  "capture delay": `${merchant.captureDelaySeconds} s`,
  "auto-register": merchant.autoRegister ? "yes" : "no",
  points: pointsText(merchant.points, merchant.currency),
  campaigns: merchant.campaigns.map(refText).join(", ") || "none",
});
