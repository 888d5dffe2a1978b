/** A merchant with tills in the table, and the tokens of its tills (swip.md 1, 8.2). */
import { keyedDigest } from "#kernel/crypto";
import { readPrinted, writeJson } from "#kernel/json";
import type { PointsRule } from "#loyalty/campaign";
import type { Ports } from "#ports";
import { type CampaignRef, type Merchant, paymentModes } from "#pos/merchant";
import { absent, equals } from "#store/condition";
import { currencyIn, integerIn, maybeTextIn, textIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { credentialKey } from "#store/keys/party";
import { posMerchantKey, prefixKey } from "#store/keys/pos";
import { erase, put, update, type Write } from "#store/write";

type StoredRef = { readonly [Name in keyof CampaignRef]: Name extends "id" ? string : bigint };

const refsIn = (item: Item): readonly CampaignRef[] =>
  readPrinted<readonly StoredRef[]>(textIn(item, "campaigns")).map(({ id, revision, validFromMs, validToMs }) => ({
    id,
    revision,
    validFromMs: Number(validFromMs),
    validToMs: Number(validToMs),
  }));

/** A merchant out of its item. */
export const merchantOf = (tenant: string, item: Item): Merchant => {
  const points = maybeTextIn(item, "points");
  const previous = maybeTextIn(item, "previous");
  return {
    tenant,
    name: textIn(item, "name"),
    currency: currencyIn(item, "currency"),
    prefix: textIn(item, "prefix"),
    autoRegister: item.autoRegister === true,
    payment: wordIn(item, "payment", paymentModes),
    captureDelaySeconds: Number(integerIn(item, "captureDelaySeconds")),
    ...(points !== undefined && { points: readPrinted<PointsRule>(points) }),
    campaigns: refsIn(item),
    current: textIn(item, "current"),
    ...(previous !== undefined && { previous }),
    revision: integerIn(item, "revision"),
  };
};

const itemOf = ({ tenant: _, points, campaigns, captureDelaySeconds, ...merchant }: Merchant): Item => ({
  ...merchant,
  captureDelaySeconds: BigInt(captureDelaySeconds),
  campaigns: writeJson(campaigns),
  ...(points && { points: writeJson(points) }),
});

/** The digest under which a till's token is known. */
export const digestOfToken = (pepper: Uint8Array, token: string): string => keyedDigest(pepper, "till token", token);

const credential = (tenant: string, digest: string, atMs: number): Write =>
  put(credentialKey(digest), { tenant, createdAtMs: BigInt(atMs) }, [[absent(), "fault"]]);

/** The writes that make a tenant a merchant with tills; refuse TILL_MERCHANT_EXISTS. A taken prefix is stale: another is drawn. */
export const createMerchant = (merchant: Merchant, atMs: number): readonly Write[] => [
  put(posMerchantKey(merchant.tenant), itemOf(merchant), [[absent(), "TILL_MERCHANT_EXISTS"]]),
  put(prefixKey(merchant.prefix), { tenant: merchant.tenant }, [[absent(), "stale"]]),
  credential(merchant.tenant, merchant.current, atMs),
];

/** The write that puts other settings in their place, if they still are as they were read. */
export const changeMerchant = (before: Merchant, after: Merchant): Write => {
  const item = itemOf({ ...after, revision: before.revision + 1n });
  const gone = ["points", "previous"].filter((field) => item[field] === undefined);
  return update(posMerchantKey(before.tenant), { set: item, remove: gone }, [
    [equals("revision", before.revision), "stale"],
  ]);
};

/** The writes that give its tills a new token: the current one lives on as the previous, the previous one dies. */
export const rotateToken = (merchant: Merchant, digest: string, atMs: number): readonly Write[] => [
  changeMerchant(merchant, { ...merchant, current: digest, previous: merchant.current }),
  credential(merchant.tenant, digest, atMs),
  ...(merchant.previous === undefined ? [] : [erase(credentialKey(merchant.previous), [])]),
];

/** The writes that end a rotation, so that only the newest token lives on; none where no other does. */
export const dropPrevious = (merchant: Merchant): readonly Write[] => {
  const { previous, ...after } = merchant;
  return previous === undefined ? [] : [changeMerchant(merchant, after), erase(credentialKey(previous), [])];
};

/** The tenant whose tills' token this is, or undefined for a token that nobody has; remembered for some seconds. */
export const findTenantOfTill = async (
  ports: Pick<Ports, "recall" | "secrets">,
  token: string,
): Promise<string | undefined> => {
  const { pepper } = await ports.secrets();
  const item = await ports.recall(credentialKey(digestOfToken(pepper, token)));
  return item && textIn(item, "tenant");
};

/** A tenant's settings as a merchant with tills, or undefined; remembered for some seconds. */
export const findMerchant = async (
  { recall }: Pick<Ports, "recall">,
  tenant: string,
): Promise<Merchant | undefined> => {
  const item = await recall(posMerchantKey(tenant));
  return item && merchantOf(tenant, item);
};

/** The merchant whose orders' ids begin so, or undefined; remembered for some seconds. */
export const findMerchantOfPrefix = async (
  ports: Pick<Ports, "recall">,
  prefix: string,
): Promise<Merchant | undefined> => {
  const item = await ports.recall(prefixKey(prefix));
  return item && findMerchant(ports, textIn(item, "tenant"));
};
