/** How an operator sets a merchant's campaigns (swip.md 8.2). Orders that are bound keep those that they have. */

import type { Currency } from "#kernel/currency";
import { Refused, refuse } from "#kernel/refusal";
import type { Campaign } from "#loyalty/campaign";
import type { Ports } from "#ports";
import { addCampaign } from "#pos/campaign.item";
import { type CampaignRef, MAX_CAMPAIGNS, type Merchant } from "#pos/merchant";
import { minorIn } from "./amount.ts";
import { type ChangedShop, changeShop, type ShopWish } from "./pos.change.ts";
import { nth, percent } from "./pos.readings.ts";
import { readValue } from "./verb.ts";

/** The kinds of campaigns. */
export const campaignKinds = ["PERCENT", "FIXED", "NTH_FREE", "CASHBACK"] as const;

/** The end of a campaign that has none: the last instant that an order can bear (swip.md 3). */
const FOR_EVER_MS = 4_102_444_800_000;

/** A campaign as an operator says it; amounts in major units. */
export interface CampaignWish extends ShopWish {
  readonly id: string;
  readonly kind: (typeof campaignKinds)[number];
  /** A percentage, an amount, or which unit is free, as the kind has it. */
  readonly value: string;
  readonly minTotal?: string | undefined;
  readonly products?: readonly string[] | undefined;
  readonly validFrom?: number | undefined;
  readonly validTo?: number | undefined;
  readonly stackable?: boolean | undefined;
}

const malformed = (why: string): Refused => new Refused(refuse("TILL_MERCHANT_MALFORMED", { why }));

const giftIn = ({ kind, value }: CampaignWish, currency: Currency) => {
  switch (kind) {
    case "FIXED": {
      const minor = minorIn(currency, value);
      if (minor === 0n) throw malformed("A campaign takes off more than nothing");
      return { kind, minor } as const;
    }
    case "NTH_FREE":
      return { kind, nth: readValue("--value", nth, value) } as const;
    default:
      return { kind, percentHundredths: readValue("--value", percent, value) } as const;
  }
};

/** What an order keeps of a campaign's version. */
export const refOf = ({ id, validFromMs, validToMs }: Campaign, revision: bigint): CampaignRef => ({
  id,
  revision,
  validFromMs,
  validToMs,
});

const campaignIn = (wish: CampaignWish, { currency }: Merchant, nowMs: number): Campaign => {
  const {
    id,
    minTotal,
    products,
    validFrom: validFromMs = nowMs,
    validTo: validToMs = FOR_EVER_MS,
    stackable = true,
  } = wish;
  if (validToMs <= validFromMs) throw malformed("A campaign has to begin before it ends");
  return {
    id,
    ...giftIn(wish, currency),
    ...(minTotal !== undefined && { minTotal: minorIn(currency, minTotal) }),
    ...(products !== undefined && { productIds: products }),
    validFromMs,
    validToMs,
    stackable,
  };
};

const others = ({ campaigns }: Merchant, id: string) => campaigns.filter((campaign) => campaign.id !== id);

/**
 * Sets a campaign, or puts another version in its place. Refuses TILL_MERCHANT_UNKNOWN, AMOUNT_INVALID, and
 * TILL_MERCHANT_MALFORMED for one that never is, and for more than 50.
 */
export const setCampaign = (ports: Ports, wish: CampaignWish): Promise<ChangedShop> =>
  changeShop(ports, wish, "till-merchant.campaign-set", (before, nowMs) => {
    // No other version of it has this number: it grows with every change of the merchant.
    const revision = before.revision + 1n;
    const campaign = campaignIn(wish, before, nowMs);
    const campaigns = [...others(before, wish.id), refOf(campaign, revision)];
    if (campaigns.length > MAX_CAMPAIGNS) throw malformed(`A merchant has ${MAX_CAMPAIGNS} campaigns at the most`);
    return { after: { ...before, campaigns }, also: [addCampaign(before.tenant, revision, campaign)] };
  });

/** Ends a campaign for orders that are not yet bound; refuses TILL_MERCHANT_UNKNOWN, TILL_MERCHANT_MALFORMED for one that there is not. */
export const removeCampaign = (
  ports: Ports,
  { id, ...wish }: ShopWish & { readonly id: string },
): Promise<ChangedShop> =>
  changeShop(ports, wish, "till-merchant.campaign-removed", (before) => {
    const campaigns = others(before, id);
    if (campaigns.length === before.campaigns.length) throw malformed(`The merchant has no campaign ${id}`);
    return { after: { ...before, campaigns } };
  });
