/** A merchant in the table. */
import { type Place, type SealRing, seal, unseal } from "#kernel/seal";
import type { Ports } from "#ports";
import type { ControlKey, Merchant } from "#sale/merchant";
import { absent, equals } from "#store/condition";
import { integerIn, textIn } from "#store/field";
import type { Item } from "#store/item";
import { merchantKey } from "#store/keys/sale";
import { put, update, type Write } from "#store/write";

/** Where the text of a control key lies. */
export const placeOfKey = (tenant: string, keyId: string): Place => ({ ...merchantKey(tenant), field: `key:${keyId}` });

/** The text of a control key. */
export const openKey = (ring: SealRing, tenant: string, { id, sealed }: ControlKey): string =>
  unseal(ring, placeOfKey(tenant, id), sealed);

/** A key that nothing is signed with. */
const NO_KEY = "00000000000000000000000000000000";

/** The work of opening a key where there is none, so that an unknown sale is as much of it as a known one (sbc.md 4.3). */
export const openNoKey = (ring: SealRing): string => {
  seal(ring, placeOfKey("nobody", "none"), NO_KEY);
  return NO_KEY;
};

type Settings = Omit<Merchant, "tenant" | "clientId" | "revision">;

/** A merchant out of its item. */
export const merchantOf = (tenant: string, item: Item): Merchant => ({
  tenant,
  clientId: textIn(item, "clientId"),
  ...(JSON.parse(textIn(item, "settings")) as Settings),
  revision: integerIn(item, "revision"),
});

const itemOf = ({ clientId, revision, tenant: _, ...settings }: Merchant): Item => ({
  clientId,
  settings: JSON.stringify(settings),
  revision,
});

/** The write that makes a tenant a merchant; refuses MERCHANT_EXISTS. */
export const createMerchant = (merchant: Merchant): Write =>
  put(merchantKey(merchant.tenant), itemOf(merchant), [[absent(), "MERCHANT_EXISTS"]]);

/** The write that puts other settings in their place, if they still are as they were read. */
export const changeMerchant = (before: Merchant, after: Merchant): Write =>
  update(merchantKey(before.tenant), { set: itemOf({ ...after, revision: before.revision + 1n }) }, [
    [equals("revision", before.revision), "stale"],
  ]);

/** A tenant's settings as a merchant, or undefined; remembered for some seconds. */
export const findMerchant = async (
  { recall }: Pick<Ports, "recall">,
  tenant: string,
): Promise<Merchant | undefined> => {
  const item = await recall(merchantKey(tenant));
  return item && merchantOf(tenant, item);
};
