/** A merchant whose tills take orders (swip.md 8.2). A tenant is one at the most, and its id is the merchant's. */
import type { Currency } from "#kernel/currency";
import type { PointsRule } from "#loyalty/campaign";

/** How an app's payment waits for the close: held in the wallet, or taken out of it at once. */
export const paymentModes = ["hold", "debit"] as const;

/** How a till works: one active order at a time, or many at once that live longer. */
export const tillModes = ["retail", "restaurant"] as const;

/** A till's mode. */
export type TillMode = (typeof tillModes)[number];

/** A version of a campaign, and when it is valid. */
export interface CampaignRef {
  readonly id: string;
  /** Its text is an item of its own, which never changes: another text is another revision. */
  readonly revision: bigint;
  readonly validFromMs: number;
  readonly validToMs: number;
}

/** Most campaigns of a merchant (swip.md 8.2). */
export const MAX_CAMPAIGNS = 50;

/** A merchant's settings. */
export interface Merchant {
  /** Its id too: 1-32 of A-Z, a-z, 0-9, _ and -. */
  readonly tenant: string;
  readonly name: string;
  /** Fixed once there are orders. */
  readonly currency: Currency;
  /** Begins the ids of its orders: 8 hexadecimal digits, its own. */
  readonly prefix: string;
  /** Whether its stores and tills become known by their first order. */
  readonly autoRegister: boolean;
  readonly payment: (typeof paymentModes)[number];
  /** 0-604,800; of held payments only. */
  readonly captureDelaySeconds: number;
  readonly points?: PointsRule;
  readonly campaigns: readonly CampaignRef[];
  /** The digests of its tills' live tokens. */
  readonly current: string;
  /** The one before, which lives until the next rotation. */
  readonly previous?: string;
  /** Counts its changes. */
  readonly revision: bigint;
}

/** The longest delay between a close and its capture, in seconds (swip.md 8.2): a week. */
export const MAX_CAPTURE_DELAY_SECONDS = 604_800;

/** A till as its headers name it. */
export interface Till {
  readonly tenant: string;
  readonly storeId: string;
  readonly cashId: string;
}

/** Who calls from a till. */
export interface TillCaller extends Till {
  readonly merchant: Merchant;
  readonly mode: TillMode;
  /** Whether the store, and the till, are registered. */
  readonly isKnown: { readonly store: boolean; readonly till: boolean };
}

/** Who calls from an app. */
export interface AppCaller {
  readonly customer: string;
}
