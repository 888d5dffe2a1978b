/** How an operator changes what a merchant has set (sbc.md 2); functions know it within 30 seconds. */
import type { Currency } from "#kernel/currency";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import type { Ports } from "#ports";
import type { Merchant } from "#sale/merchant";
import { changeMerchant as changeItem, merchantOf } from "#sale/merchant.item";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { merchantKey } from "#store/keys/sale";
import { differencesBetween } from "./differences.ts";
import { settingsOf } from "./merchant.settings.ts";

/** A tenant's merchant, and who acts. */
export interface MerchantWish {
  readonly tenant: string;
  readonly actor: string;
}

/** A merchant after a change; `changed` is false where it was so already and nothing was written. */
export interface ChangedMerchant {
  readonly merchant: Merchant;
  readonly nowMs: number;
  readonly changed: boolean;
}

/** What can be set of a merchant, in the units of an operator; what is undefined is not said. */
export interface SettingsWish {
  readonly tokenLife?: number | undefined;
  readonly sessionLife?: number | undefined;
  readonly outcomeWait?: number | undefined;
  readonly retentionDays?: number | undefined;
  readonly callbackTypes?: readonly string[] | undefined;
}

/** The settings that are said. */
export const saidIn = ({ tokenLife, sessionLife, outcomeWait, retentionDays, callbackTypes }: SettingsWish) => ({
  ...(callbackTypes !== undefined && { callbackTypes: [...new Set(callbackTypes)] }),
  ...(tokenLife !== undefined && { tokenLifeMs: tokenLife * MINUTE_MS }),
  ...(sessionLife !== undefined && { sessionLifeMs: sessionLife * MINUTE_MS }),
  ...(outcomeWait !== undefined && { outcomeWaitMs: outcomeWait * DAY_MS }),
  ...(retentionDays !== undefined && { retentionDays }),
});

/** Puts other settings in the place of a merchant's, audited as this type; refuses MERCHANT_UNKNOWN and what `change` throws. */
export const changeMerchant = (
  ports: Ports,
  { tenant, actor }: MerchantWish,
  type: string,
  change: (before: Merchant, nowMs: number) => Merchant,
): Promise<ChangedMerchant> =>
  decide(ports, [merchantKey(tenant)], ([found], atMs): Verdict<ChangedMerchant> => {
    if (found === undefined) return deny("MERCHANT_UNKNOWN");
    const before = merchantOf(tenant, found);
    const after = change(before, atMs);
    const detail = differencesBetween(settingsOf(before), settingsOf(after));
    if (Object.keys(detail).length === 0) return say({ merchant: before, nowMs: atMs, changed: false });
    const event = { owner: tenant, atMs, type, actor, subject: before.clientId, detail };
    return {
      say: { merchant: after, nowMs: atMs, changed: true },
      writes: [changeItem(before, after), record({ id: ports.ids.uuid(), ...event })],
    };
  });

/** Changes how long things last, and which callbacks count; refuses MERCHANT_UNKNOWN. */
export const setMerchant = (ports: Ports, wish: MerchantWish & SettingsWish): Promise<ChangedMerchant> =>
  changeMerchant(ports, wish, "merchant.changed", (before) => ({ ...before, ...saidIn(wish) }));

/** Sends sales in a currency to an endpoint of the gateway's; refuses MERCHANT_UNKNOWN. */
export const setEndpoint = (
  ports: Ports,
  { currency, endpointId, ...wish }: MerchantWish & { readonly currency: Currency; readonly endpointId: string },
): Promise<ChangedMerchant> =>
  changeMerchant(ports, wish, "merchant.endpoint-set", (before) => ({
    ...before,
    endpoints: { ...before.endpoints, [currency]: endpointId },
  }));

/** Accepts a currency no more; sales that have begun go on. Refuses MERCHANT_UNKNOWN. */
export const removeEndpoint = (
  ports: Ports,
  { currency, ...wish }: MerchantWish & { readonly currency: Currency },
): Promise<ChangedMerchant> =>
  changeMerchant(ports, wish, "merchant.endpoint-removed", (before) => ({
    ...before,
    endpoints: Object.fromEntries(Object.entries(before.endpoints).filter(([code]) => code !== currency)),
  }));

/** Says which networks the gateway calls from; none is any. Refuses MERCHANT_UNKNOWN. */
export const setSources = (
  ports: Ports,
  { networks, ...wish }: MerchantWish & { readonly networks: readonly string[] },
): Promise<ChangedMerchant> =>
  changeMerchant(ports, wish, "merchant.sources-set", (before) => ({
    ...before,
    gatewaySources: [...new Set(networks)],
  }));
