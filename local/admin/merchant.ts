/** What an operator does with merchants of card sales (sbc.md 2): makes a tenant one, looks at it, changes its secret. */
import { Refused, refuse } from "#kernel/refusal";
import { seal } from "#kernel/seal";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { createClient, digestOfSecret } from "#party/client";
import { checkTenant } from "#party/tenant";
import type { Ports } from "#ports";
import type { Merchant } from "#sale/merchant";
import { merchantOf, placeOfKey, createMerchant as putMerchant } from "#sale/merchant.item";
import { decide, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { merchantKey } from "#store/keys/sale";
import { type ClientWish, liveSecretsOf, retireSecret, rotateSecret } from "./client.ts";
import { type MerchantWish, type SettingsWish, saidIn } from "./merchant.change.ts";
import { settingsOf } from "./merchant.settings.ts";
import { tellingOnFault } from "./rotation.ts";
import { onlyInSandbox } from "./sandboxOnly.ts";
import { listTenants, showTenant } from "./tenant.ts";

/** What a merchant has unless told (sbc.md 2). */
const usual = {
  callbackTypes: ["sale"],
  tokenLifeMs: 30 * MINUTE_MS,
  sessionLifeMs: 15 * MINUTE_MS,
  outcomeWaitMs: 15 * DAY_MS,
  retentionDays: 90,
} satisfies Partial<Merchant>;

/** A merchant's client, told once. */
export interface MerchantCredentials {
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The sandbox's public values for a merchant. */
export interface PublicMerchant {
  readonly clientId: string;
  readonly clientSecret: string;
  /** By currency. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly controlKey: { readonly id: string; readonly text: string };
}

/** A merchant as it is shown; `nowMs` is when it was looked at. */
export interface ShownMerchant {
  readonly merchant: Merchant;
  readonly nowMs: number;
  /** 1 or 2. */
  readonly liveSecrets: number;
}

/** A merchant to create; what is not set is as usual. Its client is random unless the sandbox gives a public one. */
export type CreateMerchant = MerchantWish & SettingsWish & { readonly sandbox?: PublicMerchant };

/**
 * Makes a tenant a merchant. Refuses TENANT_UNKNOWN, MERCHANT_EXISTS, CLIENT_EXISTS; SANDBOX_VALUE for public values
 * anywhere but in the sandbox.
 */
export const createMerchant = async (ports: Ports, wish: CreateMerchant): Promise<MerchantCredentials> => {
  if (wish.sandbox !== undefined) await onlyInSandbox(ports);
  const { tenant, actor, sandbox } = wish;
  const { pepper, seal: ring } = await ports.secrets();
  const { clientId, clientSecret } = sandbox ?? { clientId: ports.ids.uuid(), clientSecret: ports.ids.secret() };
  const current = digestOfSecret(pepper, "sale", clientId, clientSecret);
  const key = sandbox?.controlKey;
  const sealed = key && seal(ring, placeOfKey(tenant, key.id), key.text);
  return decide(ports, [], (_, atMs): Verdict<MerchantCredentials> => {
    const merchant: Merchant = {
      tenant,
      clientId,
      endpoints: sandbox?.endpoints ?? {},
      keys: key && sealed !== undefined ? [{ id: key.id, sealed, activeFromMs: atMs }] : [],
      gatewaySources: [],
      ...usual,
      ...saidIn(wish),
      revision: 1n,
    };
    const client = createClient({ protocol: "sale", id: clientId, tenant, current }, atMs);
    const detail = settingsOf(merchant);
    const event = { owner: tenant, atMs, type: "merchant.created", actor, subject: clientId, detail };
    return {
      say: { tenant, clientId, clientSecret },
      writes: [checkTenant(tenant), putMerchant(merchant), client, record({ id: ports.ids.uuid(), ...event })],
    };
  });
};

const readMerchant = async ({ store }: Pick<Ports, "store">, tenant: string): Promise<Merchant | undefined> => {
  const [found] = await store.read([merchantKey(tenant)]);
  return found && merchantOf(tenant, found);
};

/** A tenant's merchant; refuses TENANT_UNKNOWN, MERCHANT_UNKNOWN. */
const readKnownMerchant = async (ports: Ports, tenant: string): Promise<Merchant> => {
  const merchant = await readMerchant(ports, tenant);
  if (merchant !== undefined) return merchant;
  await showTenant(ports, { tenant });
  throw new Refused(refuse("MERCHANT_UNKNOWN"));
};

/** A merchant and how many secrets of it live; refuses TENANT_UNKNOWN, MERCHANT_UNKNOWN. */
export const showMerchant = async (ports: Ports, { tenant }: Pick<MerchantWish, "tenant">): Promise<ShownMerchant> => {
  const merchant = await readKnownMerchant(ports, tenant);
  const liveSecrets = await liveSecretsOf(ports, { protocol: "sale", id: merchant.clientId });
  return { merchant, nowMs: ports.clock(), liveSecrets };
};

/** Every merchant, by its tenant's name. */
export const listMerchants = async (ports: Ports): Promise<readonly Merchant[]> => {
  const found: Merchant[] = [];
  for (const { id } of await listTenants(ports)) {
    const merchant = await readMerchant(ports, id);
    if (merchant !== undefined) found.push(merchant);
  }
  return found;
};

const clientFor = async (ports: Ports, wish: MerchantWish): Promise<ClientWish> => {
  const { clientId: id } = await readKnownMerchant(ports, wish.tenant);
  return { ...wish, protocol: "sale", id, noun: "merchant" };
};

/**
 * Gives a merchant's client a new secret; the one before lives until the next rotation, or until it is retired. Refuses
 * TENANT_UNKNOWN, MERCHANT_UNKNOWN; a fault tells the new one, which may be live.
 */
export const rotateMerchant = async (ports: Ports, wish: MerchantWish): Promise<MerchantCredentials> => {
  const clientSecret = ports.ids.secret();
  const client = await clientFor(ports, wish);
  await tellingOnFault(rotateSecret(ports, client, clientSecret), clientSecret);
  return { tenant: wish.tenant, clientId: client.id, clientSecret };
};

/** Whether there was a secret before the newest one, which is ended; refuses TENANT_UNKNOWN, MERCHANT_UNKNOWN. */
export const retireMerchant = async (ports: Ports, wish: MerchantWish) => {
  const client = await clientFor(ports, wish);
  return { tenant: wish.tenant, clientId: client.id, changed: await retireSecret(ports, client) };
};
