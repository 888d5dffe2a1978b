/** What an order's customer saves and earns: lib/loyalty's reckoning, as an order keeps it (swip.md 8.3). */
import type { Campaign, PointsRule } from "#loyalty/campaign";
import { reckon } from "#loyalty/reckon";
import type { CampaignRef } from "#pos/merchant";
import type { ByCampaign, Line, Loyalty } from "#pos/order";

/** What loyalty is reckoned from, besides the order's lines. */
export interface Terms {
  readonly campaigns: readonly Campaign[];
  readonly refs: readonly Pick<CampaignRef, "id" | "revision">[];
  readonly points: PointsRule | undefined;
  readonly counts: ByCampaign;
}

/** The campaigns that count units, by id. */
export const countingIn = (campaigns: readonly Campaign[]): readonly string[] =>
  campaigns.filter(({ kind }) => kind === "NTH_FREE").map(({ id }) => id);

/** Whether a customer's counts are those that loyalty was reckoned with. */
export const isCountedFrom = ({ counts }: Loyalty, now: ByCampaign): boolean =>
  Object.entries(counts).every(([id, units]) => now[id] === units);

/** Reckons an order's loyalty with so many points, or fewer where so many may not be used. */
export const reckonLoyalty = (
  { lines, total }: { readonly lines: readonly Line[]; readonly total: bigint },
  { campaigns, refs, points, counts }: Terms,
  withdrawPoints: bigint,
): Loyalty => {
  const { lineDiscounts, counted, ...sums } = reckon({
    lines,
    total,
    campaigns,
    counts: new Map(Object.entries(counts)),
    points,
    withdrawPoints,
  });
  return {
    ...sums,
    lineDiscounts: lineDiscounts.some((discount) => discount > 0n) ? lineDiscounts : [],
    campaigns: refs.map(({ id, revision }) => ({ id, revision })),
    ...(points && { points }),
    counts,
    counted: Object.fromEntries(counted),
  };
};
