/** What a merchant gives its customers: campaigns, and points (swip.md 8.2). */

interface Terms {
  readonly id: string;
  /** Minor units that the order's total must reach. */
  readonly minTotal?: bigint | undefined;
  /** The products that it is for; absent: all lines. */
  readonly productIds?: readonly string[] | undefined;
  readonly validFromMs: number;
  /** The first instant at which it is over. */
  readonly validToMs: number;
  /** Whether it goes together with the other stackable ones; else it applies alone. */
  readonly stackable: boolean;
}

/** A campaign that gives back points: percent in hundredths, 0-10000. */
export type CashbackCampaign = Terms & { readonly kind: "CASHBACK"; readonly percentHundredths: bigint };

/** A campaign that lowers what is paid: percent in hundredths, 0-10000; minor units, > 0; every how many-th unit is free, 2-1000. */
export type DiscountCampaign = Terms &
  (
    | { readonly kind: "PERCENT"; readonly percentHundredths: bigint }
    | { readonly kind: "FIXED"; readonly minor: bigint }
    | { readonly kind: "NTH_FREE"; readonly nth: bigint }
  );

/** A campaign. */
export type Campaign = CashbackCampaign | DiscountCampaign;

/** A merchant's points: percent of what is paid, 0-10000 hundredths; share that points may pay, 0-10000 ten-thousandths; worth of one, >= 1. */
export interface PointsRule {
  readonly earnPercentHundredths: bigint;
  readonly redeemMaxShareTenThousandths: bigint;
  readonly pointValueMinor: bigint;
}

/** The campaigns, or what names them, that an order keeps when it is bound: those valid at that instant. */
export const campaignsAt = <C extends Pick<Campaign, "validFromMs" | "validToMs">>(
  campaigns: readonly C[],
  atMs: number,
): readonly C[] => campaigns.filter(({ validFromMs, validToMs }) => validFromMs <= atMs && atMs < validToMs);

/** Ways in which campaigns may apply: all stackable ones together, or one other alone; of equal ones the earlier is preferred. */
export const choicesOf = <C extends Campaign>(campaigns: readonly C[]): readonly (readonly C[])[] => {
  const byId = campaigns.toSorted((one, other) => Number(one.id > other.id) - Number(one.id < other.id));
  const alone = byId.filter(({ stackable }) => !stackable).map((campaign) => [campaign]);
  return [byId.filter(({ stackable }) => stackable), ...alone];
};
