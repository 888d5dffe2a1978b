/** What an operator does with merchants that have tills (swip.md 8.2): makes a tenant one, looks at it, changes its token. */
import { type Currency, pointsOf } from "#kernel/currency";
import { Refused, refuse } from "#kernel/refusal";
import { registerUnbounded } from "#ledger/unbounded";
import type { Campaign, PointsRule } from "#loyalty/campaign";
import { checkTenant } from "#party/tenant";
import type { Ports } from "#ports";
import { addCampaign, findCampaigns } from "#pos/campaign.item";
import { merchantAccount, pendingAccount, pointsIssuer } from "#pos/customer.item";
import type { Merchant } from "#pos/merchant";
import {
  digestOfToken,
  dropPrevious,
  merchantOf,
  createMerchant as putMerchant,
  rotateToken,
} from "#pos/merchant.item";
import { type Place, placeOf, registerPlace } from "#pos/place.item";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { places, posMerchantKey } from "#store/keys/pos";
import { everyItem } from "#store/pages";
import { DESK } from "#store/table";
import { refOf } from "./pos.campaigns.ts";
import { type SettingsWish, type ShopWish, saidIn } from "./pos.change.ts";
import { settingsOf } from "./pos.settings.ts";
import { tellingOnFault } from "./rotation.ts";
import { onlyInSandbox } from "./sandboxOnly.ts";
import { listTenants, showTenant } from "./tenant.ts";

/** Digits that the ids of a merchant's orders begin with. */
const PREFIX_DIGITS = 8;

/** Of a merchant, and of the campaigns that it begins with. */
const FIRST_REVISION = 1n;

/** A merchant's token, told once. */
export interface ShopToken {
  readonly tenant: string;
  readonly token: string;
}

/** The sandbox's public values for a merchant: all of it in the commit that makes it one. */
export interface PublicShop {
  /** With which the ids of its orders begin: so that they are the same in every sandbox. */
  readonly prefix: string;
  readonly token: string;
  readonly points?: PointsRule;
  readonly campaigns: readonly Campaign[];
  readonly places: readonly Place[];
}

/** A merchant as it is shown: with what its campaigns give, its stores and its tills. */
export interface ShownShop {
  readonly merchant: Merchant;
  readonly campaigns: readonly Campaign[];
  readonly places: readonly Place[];
}

/** A merchant to create; what is not set is as swip.md 8.2 has it. Its token is random unless the sandbox gives a public one. */
export type CreateShop = ShopWish & SettingsWish & { readonly currency: Currency; readonly sandbox?: PublicShop };

const usual = { autoRegister: false, payment: "hold", captureDelaySeconds: 0 } satisfies Partial<Merchant>;

/** What the desk has of a merchant's: registered before anything is posted there. */
const registerAccounts = async (ports: Ports, tenant: string, currency: Currency): Promise<void> => {
  await registerUnbounded(ports, DESK, currency, [merchantAccount(tenant, currency), pendingAccount(tenant, currency)]);
  await registerUnbounded(ports, DESK, pointsOf(tenant), [pointsIssuer(tenant)]);
};

const freshPrefix = ({ ids }: Ports): string =>
  Buffer.from(ids.secret(), "base64url").toString("hex").slice(0, PREFIX_DIGITS);

/**
 * Makes a tenant a merchant with tills, whose name is its X-Merchant-ID. Refuses TENANT_UNKNOWN, TILL_MERCHANT_EXISTS;
 * SANDBOX_VALUE for public values anywhere but in the sandbox.
 */
export const createShop = async (ports: Ports, wish: CreateShop): Promise<ShopToken> => {
  if (wish.sandbox !== undefined) await onlyInSandbox(ports);
  const { tenant, actor, currency, sandbox } = wish;
  const { name } = await showTenant(ports, { tenant });
  const token = sandbox?.token ?? ports.ids.secret();
  const { pepper } = await ports.secrets();
  const current = digestOfToken(pepper, token);
  await registerAccounts(ports, tenant, currency);
  return decide(ports, [posMerchantKey(tenant)], ([found], atMs): Verdict<ShopToken> => {
    if (found !== undefined) return deny("TILL_MERCHANT_EXISTS");
    const campaigns = sandbox?.campaigns ?? [];
    const merchant: Merchant = {
      tenant,
      name,
      currency,
      prefix: sandbox?.prefix ?? freshPrefix(ports),
      ...usual,
      ...saidIn(wish),
      ...(sandbox?.points && { points: sandbox.points }),
      campaigns: campaigns.map((campaign) => refOf(campaign, FIRST_REVISION)),
      current,
      revision: FIRST_REVISION,
    };
    const detail = settingsOf(merchant);
    const event = { owner: tenant, atMs, type: "till-merchant.created", actor, subject: tenant, detail };
    return {
      say: { tenant, token },
      writes: [
        checkTenant(tenant),
        ...putMerchant(merchant, atMs),
        ...campaigns.map((campaign) => addCampaign(tenant, FIRST_REVISION, campaign)),
        ...(sandbox?.places ?? []).map((place) => registerPlace(tenant, place)),
        record({ id: ports.ids.uuid(), ...event }),
      ],
    };
  });
};

const readShop = async ({ store }: Pick<Ports, "store">, tenant: string): Promise<Merchant | undefined> => {
  const [found] = await store.read([posMerchantKey(tenant)]);
  return found && merchantOf(tenant, found);
};

/** A tenant's merchant; refuses TENANT_UNKNOWN, TILL_MERCHANT_UNKNOWN. */
export const knownShop = async (ports: Ports, tenant: string): Promise<Merchant> => {
  const merchant = await readShop(ports, tenant);
  if (merchant !== undefined) return merchant;
  await showTenant(ports, { tenant });
  throw new Refused(refuse("TILL_MERCHANT_UNKNOWN"));
};

const nameOf = ({ storeId, cashId = "" }: Place): string => `${storeId}\n${cashId}`;

const byName = (one: Place, other: Place): number => (nameOf(one) < nameOf(other) ? -1 : 1);

/** A merchant, its campaigns, stores and tills; refuses TENANT_UNKNOWN, TILL_MERCHANT_UNKNOWN. */
export const showShop = async (ports: Ports, { tenant }: Pick<ShopWish, "tenant">): Promise<ShownShop> => {
  const merchant = await knownShop(ports, tenant);
  const found: Place[] = [];
  for await (const item of everyItem(ports.store, { of: "table", in: places(tenant) })) found.push(placeOf(item));
  const campaigns = await findCampaigns(ports, tenant, merchant.campaigns);
  return { merchant, campaigns, places: found.toSorted(byName) };
};

/** Every merchant with tills, by its name. */
export const listShops = async (ports: Ports): Promise<readonly Merchant[]> => {
  const found: Merchant[] = [];
  for (const { id } of await listTenants(ports)) {
    const merchant = await readShop(ports, id);
    if (merchant !== undefined) found.push(merchant);
  }
  return found;
};

/**
 * Gives a merchant's tills a new token; the one before lives until the next rotation, or until it is retired. Refuses
 * TILL_MERCHANT_UNKNOWN; a fault tells the new one, which may be live.
 */
export const rotateShop = async (ports: Ports, { tenant, actor }: ShopWish): Promise<ShopToken> => {
  const token = ports.ids.secret();
  const { pepper } = await ports.secrets();
  const next = digestOfToken(pepper, token);
  const rotated = decide(ports, [posMerchantKey(tenant)], ([found], atMs): Verdict<ShopToken> => {
    if (found === undefined) return deny("TILL_MERCHANT_UNKNOWN");
    const event = { owner: tenant, atMs, type: "till-merchant.token-rotated", actor, subject: tenant, detail: {} };
    const writes = rotateToken(merchantOf(tenant, found), next, atMs);
    return { say: { tenant, token }, writes: [...writes, record({ id: ports.ids.uuid(), ...event })] };
  });
  return tellingOnFault(rotated, token);
};

/** Whether there was a token before the newest one, which is ended; refuses TILL_MERCHANT_UNKNOWN. */
export const retireShop = async (ports: Ports, { tenant, actor }: ShopWish) => ({
  tenant,
  changed: await decide(ports, [posMerchantKey(tenant)], ([found], atMs): Verdict<boolean> => {
    if (found === undefined) return deny("TILL_MERCHANT_UNKNOWN");
    const writes = dropPrevious(merchantOf(tenant, found));
    if (writes.length === 0) return say(false);
    const event = { owner: tenant, atMs, type: "till-merchant.token-retired", actor, subject: tenant, detail: {} };
    return { say: true, writes: [...writes, record({ id: ports.ids.uuid(), ...event })] };
  }),
});
