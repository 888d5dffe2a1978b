/** The merchants of a market, and their tills (swip.md 1, 8.2). */
import type { Currency } from "#kernel/currency";

/** A merchant as its tills know it. */
export interface Vendor {
  readonly tenant: string;
  readonly merchantId: string;
  readonly name: string;
  readonly token: string;
}

/** A till, and whose it is. */
export interface Till {
  readonly of: Vendor;
  readonly storeId: string;
  readonly cashId: string;
  readonly mode: "retail" | "restaurant";
}

const vendor = (merchantId: string, name: string, nth: number): Vendor => ({
  tenant: merchantId,
  merchantId,
  name,
  token: `till-token-of-the-tests-${String(nth).padStart(24, "0")}`,
});

/** The merchant of most tests. */
export const A = vendor("SWTS", "Test", 1);

/** Another one. */
export const B = vendor("SWT2", "Test Two", 2);

/** A third one. */
export const C = vendor("SWT3", "Test Three", 3);

/** A's retail till, of most tests. */
export const TILL: Till = { of: A, storeId: "SwipTestStore", cashId: "1", mode: "retail" };

/** A's restaurant till. */
export const RESTAURANT: Till = { ...TILL, cashId: "2", mode: "restaurant" };

/** A's other retail till. */
export const SECOND_TILL: Till = { ...TILL, cashId: "3" };

/** B's retail till. */
export const B_TILL: Till = { of: B, storeId: "Two", cashId: "1", mode: "retail" };

/** C's restaurant till. */
export const C_TILL: Till = { of: C, storeId: "Three", cashId: "1", mode: "restaurant" };

/** Every till that is registered. */
export const TILLS: readonly Till[] = [TILL, RESTAURANT, SECOND_TILL, B_TILL, C_TILL];

/** A campaign in the words of swip.md 8.2. */
export interface CampaignWish {
  readonly id: string;
  readonly kind: "PERCENT" | "FIXED" | "NTH_FREE" | "CASHBACK";
  readonly value: string;
  readonly minTotal?: string;
  readonly productIds?: readonly string[];
  readonly validFromMs?: number;
  readonly validToMs?: number;
  readonly stackable?: boolean;
}

/** A campaign of all lines and times, unless more is said. */
export const campaign = (
  id: string,
  kind: CampaignWish["kind"],
  value: string,
  more: Partial<CampaignWish> = {},
): CampaignWish => ({ id, kind, value, ...more });

/** Ten per cent off all lines: the campaign of P. */
export const TEN = campaign("ten", "PERCENT", "10");

/** What a merchant has set. */
export interface VendorWish {
  readonly payment?: "hold" | "debit";
  readonly captureDelaySeconds?: number;
  readonly autoRegister?: boolean;
  readonly currency?: Currency;
  readonly points?: { readonly earnPercent: string; readonly redeemMaxShare: string; readonly pointValueMinor: number };
  readonly campaigns?: readonly CampaignWish[];
}
