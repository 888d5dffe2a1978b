/** The market of the simulations, twice: as it is opened, and as the model reckons with it. Money in minor units, two of ten's powers a unit. */
import type { Campaign, PointsRule } from "#loyalty/campaign";
import type { PricedLine } from "#loyalty/line";
import { type CampaignWish, RESTAURANT, TILL, type Till } from "../../support/market/vendor.ts";
import type { Json, MarketWish } from "../../support/market.ts";
import { P } from "../../support/pos.ts";

/** What c-1 has at first; c-2 has as much money, and no points. */
export const MONEY = 2_000n;
export const POINTS = 40n;

const wishes: readonly CampaignWish[] = [
  { id: "ten", kind: "PERCENT", value: "10" },
  { id: "fifth", kind: "NTH_FREE", value: "5", productIds: ["coffee"] },
  { id: "back", kind: "CASHBACK", value: "3.33" },
];

/** A market with every kind of loyalty. */
export const market: MarketWish = {
  campaigns: wishes,
  points: { earnPercent: "5", redeemMaxShare: "0.3", pointValueMinor: 10 },
  wallets: { "c-1": "20", "c-2": "20" },
  balance: POINTS,
};

const always = { validFromMs: 0, validToMs: Number.MAX_SAFE_INTEGER, stackable: true };

/** The same campaigns, as they are reckoned with. */
export const campaigns: readonly Campaign[] = [
  { ...always, id: "ten", kind: "PERCENT", percentHundredths: 1_000n },
  { ...always, id: "fifth", kind: "NTH_FREE", nth: 5n, productIds: ["coffee"] },
  { ...always, id: "back", kind: "CASHBACK", percentHundredths: 333n },
];

/** The same points. */
export const points: PointsRule = {
  earnPercentHundredths: 500n,
  redeemMaxShareTenThousandths: 3_000n,
  pointValueMinor: 10n,
};

/** A line that can be cut. */
export interface ModelLine extends PricedLine {
  readonly id: string;
}

/** What an order may be: its lines, and its total after the merchant's discount. */
export interface Content {
  readonly lines: readonly ModelLine[];
  readonly total: bigint;
}

const lineOf = (id: string, price: bigint, units: bigint, productId: string): ModelLine => ({
  id,
  price,
  quantityThousandths: units * 1_000n,
  amount: price * units,
  productId,
});

/** Orders that are made: of a meal and two coffees, of three coffees with a discount, and of little. */
export const contents: readonly Content[] = [
  { lines: [lineOf("l-1", 600n, 1n, "meal"), lineOf("l-2", 199n, 2n, "coffee")], total: 998n },
  { lines: [lineOf("l-1", 333n, 3n, "coffee")], total: 950n },
  { lines: [lineOf("l-1", 1n, 2n, "sweet")], total: 2n },
];

/** Tills of one store: one active order, or many. */
export const tills: readonly Till[] = [TILL, RESTAURANT];

/** Minor units as JSON numbers in major ones. */
export const major = (minor: bigint): number => Number(minor) / 100;

/** What a till sends. */
export const bodyOf = (merchantOrderId: string, { lines, total }: Content): Json => ({
  ...P,
  merchantOrderId,
  total: major(total),
  totalOriginal: major(lines.reduce((sum, { amount }) => sum + amount, 0n)),
  purchases: lines.map(({ id, price, amount, quantityThousandths, productId }) => ({
    id,
    productId,
    name: id,
    quantity: Number(quantityThousandths) / 1_000,
    price: major(price),
    amount: major(amount),
  })),
});
