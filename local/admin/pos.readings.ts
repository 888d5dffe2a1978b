/** How values of merchants with tills are read from the command line (swip.md 1, 8.2). */
import { majorOf } from "#kernel/money";
import { readInstant } from "#kernel/time";
import { mayNameCustomer } from "#pos/customer.item";
import { MAX_CAPTURE_DELAY_SECONDS } from "#pos/merchant";
import { MAX_MINOR } from "#pos/money";
import { MERCHANT_ID, PLACE_NAME } from "#pos/query.wire";
import { MAX_POINTS, mayNameOrder } from "#pos/wire";
import { DESK } from "#store/table";
import { listOf, wholeNumber } from "./readings.ts";
import type { Reading } from "./verb.ts";

/** Products that a campaign is for. */
const MOST_PRODUCTS = 500;

/** A merchant, as X-Merchant-ID has it: the tenant's name. */
export const merchantId: Reading<string> = {
  says: `1-32 letters, digits, _ or -, but not "${DESK}"`,
  read: (text) => (MERCHANT_ID.test(text) && text !== DESK ? text : undefined),
};

const printable: Reading<string> = {
  says: "1-64 printable characters, no blank at an end",
  read: (text) => (PLACE_NAME.test(text) ? text : undefined),
};

/** A store, as X-Store-ID has it. */
export const storeId = printable;

/** A till, as X-Cash-ID has it. */
export const cashId = printable;

/** A campaign's name. */
export const campaignId = printable;

/** A customer of the app, as tokens have it in `sub`. */
export const customerId: Reading<string> = {
  says: "1-64 letters, digits, _ or -",
  read: (text) => (mayNameCustomer(text) ? text : undefined),
};

/** Yes or no. */
export const yesNo: Reading<boolean> = {
  says: "yes or no",
  read: (text) => ({ yes: true, no: false })[text],
};

/** Seconds between a close and its capture. */
export const captureDelay = wholeNumber(0, MAX_CAPTURE_DELAY_SECONDS);

/** A decimal number in whole units of its last digit: `12.5` with two decimals is 1250. */
const scaled = (most: bigint, decimals: number, says: string): Reading<bigint> => ({
  says,
  read: (text) => {
    const decimal = majorOf(text);
    if (decimal === undefined || decimal.unscaled < 0n || decimal.scale > decimals) return undefined;
    const value = decimal.unscaled * 10n ** BigInt(decimals - decimal.scale);
    return value <= most * 10n ** BigInt(decimals) ? value : undefined;
  },
});

/** A percentage, in hundredths of a percent. */
export const percent = scaled(100n, 2, "a percentage from 0 to 100 with at most 2 decimals");

/** A share of a sum, in ten-thousandths. */
export const share = scaled(1n, 4, "a share from 0 to 1 with at most 4 decimals");

/** A whole number within bounds. */
const whole = (least: bigint, most: bigint): Reading<bigint> => ({
  says: `a whole number from ${least} to ${most}`,
  read: (text) => (/^\d{1,16}$/.test(text) && BigInt(text) >= least && BigInt(text) <= most ? BigInt(text) : undefined),
});

/** What a point is worth, in minor units: at most what an order can come to. */
export const pointValue = whole(1n, MAX_MINOR);

/** Points that are put on an account at once: at most what an order can redeem. */
export const points = whole(1n, MAX_POINTS);

/** Which unit of NTH_FREE is free. */
export const nth = whole(2n, 1000n);

const productId: Reading<string> = {
  says: "1-64 printable characters without comma",
  read: (text) => (/^[!-+\--~](?:[ -+\--~]{0,62}[!-+\--~])?$/.test(text) ? text : undefined),
};

/** Products that a campaign is for. */
export const productIds = listOf(productId, MOST_PRODUCTS, "coffee,tea");

/** An instant, in milliseconds. */
export const instant: Reading<number> = { says: "an instant such as 2026-11-25T08:00:00Z", read: readInstant };

/** The number of an order. */
export const orderId: Reading<string> = {
  says: "an order's id",
  read: (text) => (mayNameOrder(text) ? text : undefined),
};
