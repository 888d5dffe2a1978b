/** How an operator changes what a merchant with tills has set (swip.md 8.2); functions know it within 30 seconds. */
import type { PointsRule } from "#loyalty/campaign";
import type { Ports } from "#ports";
import type { Merchant, TillMode } from "#pos/merchant";
import { changeMerchant, merchantOf } from "#pos/merchant.item";
import { type Place, registerPlace } from "#pos/place.item";
import { present } from "#store/condition";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { posMerchantKey } from "#store/keys/pos";
import { check, type Write } from "#store/write";
import { differencesBetween } from "./differences.ts";
import { settingsOf } from "./pos.settings.ts";

/** A tenant that is a merchant with tills, and who acts. */
export interface ShopWish {
  readonly tenant: string;
  readonly actor: string;
}

/** What can be set of a merchant; what is undefined is not said. */
export interface SettingsWish {
  readonly payment?: Merchant["payment"] | undefined;
  readonly captureDelay?: number | undefined;
  readonly autoRegister?: boolean | undefined;
}

/** A merchant after a change; `changed` is false where it was so already and nothing was written. */
export interface ChangedShop {
  readonly merchant: Merchant;
  readonly changed: boolean;
}

/** A store or a till, after it was set. */
export interface SetPlace extends Place {
  readonly tenant: string;
}

/** The settings that are said. */
export const saidIn = ({ payment, captureDelay, autoRegister }: SettingsWish) => ({
  ...(payment !== undefined && { payment }),
  ...(captureDelay !== undefined && { captureDelaySeconds: captureDelay }),
  ...(autoRegister !== undefined && { autoRegister }),
});

/**
 * Puts other settings in the place of a merchant's, audited as this type, and what else belongs to that commit. Refuses
 * TILL_MERCHANT_UNKNOWN and what `change` throws.
 */
export const changeShop = (
  ports: Ports,
  { tenant, actor }: ShopWish,
  type: string,
  change: (before: Merchant, nowMs: number) => { readonly after: Merchant; readonly also?: readonly Write[] },
): Promise<ChangedShop> =>
  decide(ports, [posMerchantKey(tenant)], ([found], atMs): Verdict<ChangedShop> => {
    if (found === undefined) return deny("TILL_MERCHANT_UNKNOWN");
    const before = merchantOf(tenant, found);
    const { after, also = [] } = change(before, atMs);
    const detail = differencesBetween(settingsOf(before), settingsOf(after));
    if (Object.keys(detail).length === 0) return say({ merchant: before, changed: false });
    const event = { owner: tenant, atMs, type, actor, subject: tenant, detail };
    return {
      say: { merchant: after, changed: true },
      writes: [changeMerchant(before, after), ...also, record({ id: ports.ids.uuid(), ...event })],
    };
  });

/** Changes how payments wait for the close, and whether tills register themselves; refuses TILL_MERCHANT_UNKNOWN. */
export const setShop = (ports: Ports, wish: ShopWish & SettingsWish): Promise<ChangedShop> =>
  changeShop(ports, wish, "till-merchant.changed", (before) => ({ after: { ...before, ...saidIn(wish) } }));

/** Gives points to a merchant's customers from now on; orders that are bound keep what they have. Refuses TILL_MERCHANT_UNKNOWN. */
export const setPoints = (ports: Ports, { points, ...wish }: ShopWish & { readonly points: PointsRule }) =>
  changeShop(ports, wish, "till-merchant.points-set", (before) => ({ after: { ...before, points } }));

/** Gives no points any more; those that customers have stay. Refuses TILL_MERCHANT_UNKNOWN. */
export const removePoints = (ports: Ports, wish: ShopWish): Promise<ChangedShop> =>
  changeShop(ports, wish, "till-merchant.points-removed", ({ points: _, ...before }) => ({ after: before }));

/** Registers a store or a till, or gives one another mode; refuses TILL_MERCHANT_UNKNOWN. */
export const setPlace = (
  ports: Ports,
  wish: ShopWish & Place & { readonly mode?: TillMode | undefined },
): Promise<SetPlace> =>
  decide(ports, [], (_, atMs): Verdict<SetPlace> => {
    const { tenant, actor, storeId, cashId, mode } = wish;
    const place = { storeId, ...(cashId !== undefined && { cashId }), ...(mode !== undefined && { mode }) };
    const [type, subject] = cashId === undefined ? ["store.set", storeId] : ["till.set", `${storeId} ${cashId}`];
    const event = { owner: tenant, atMs, type, actor, subject, detail: { ...(mode !== undefined && { mode }) } };
    const isMerchant = check(posMerchantKey(tenant), [[present(), "TILL_MERCHANT_UNKNOWN"]]);
    return {
      say: { tenant, ...place },
      writes: [isMerchant, registerPlace(tenant, place), record({ id: ports.ids.uuid(), ...event })],
    };
  });
