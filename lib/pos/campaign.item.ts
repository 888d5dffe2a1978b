/** Campaigns in the table: each version is an item of its own that never changes, so that an order keeps it by its name (swip.md 8.2). */
import { digest } from "#kernel/crypto";
import { readPrinted, writeJson } from "#kernel/json";
import { Fault } from "#kernel/refusal";
import type { Campaign } from "#loyalty/campaign";
import type { Ports } from "#ports";
import type { CampaignRef } from "#pos/merchant";
import { absent } from "#store/condition";
import { textIn } from "#store/field";
import type { Item } from "#store/item";
import { campaignKey } from "#store/keys/pos";
import { put, type Write } from "#store/write";

type Stored = { readonly validFromMs: bigint; readonly validToMs: bigint };

/** A campaign out of its item. */
const campaignOf = (item: Item): Campaign => {
  const { validFromMs, validToMs, ...terms } = readPrinted<Omit<Campaign, keyof Stored> & Stored>(
    textIn(item, "terms"),
  );
  return { ...terms, validFromMs: Number(validFromMs), validToMs: Number(validToMs) } as Campaign;
};

/** The write that adds a version of a campaign; a taken revision is stale. The merchant's settings name it in the same commit. */
export const addCampaign = (tenant: string, revision: bigint, campaign: Campaign): Write =>
  put(campaignKey(tenant, digest(campaign.id), revision), { terms: writeJson(campaign) }, [[absent(), "stale"]]);

/** The campaigns of these names; remembered. */
export const findCampaigns = (
  { recall }: Pick<Ports, "recall">,
  tenant: string,
  refs: readonly Pick<CampaignRef, "id" | "revision">[],
): Promise<readonly Campaign[]> =>
  Promise.all(
    refs.map(async ({ id, revision }) => {
      const item = await recall(campaignKey(tenant, digest(id), revision));
      if (item === undefined) throw new Fault("a campaign that is named does not exist");
      return campaignOf(item);
    }),
  );
