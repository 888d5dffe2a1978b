/** A new order: its id, what tells it from others of the same name, its first state (swip.md 3, 4). */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { writeJson } from "#kernel/json";
import { HOUR_MS, SECOND_MS } from "#kernel/time";
import type { Taken } from "#pos/intake";
import { MAX_CAPTURE_DELAY_SECONDS, type Merchant, type TillCaller } from "#pos/merchant";
import { type Content, noLoyalty, type Order } from "#pos/order";
import { ttlAfter } from "#store/table";

/** How long an order is open, by its till's mode (swip.md 4). */
export const LIFE_MS = { retail: 90 * SECOND_MS, restaurant: 10 * HOUR_MS } as const;

/**
 * The id of an order: a UUID of version 4 that follows from what the merchant calls it, under the pepper. So an order that is
 * sent again is found without a marker, nobody can guess one, and its first 8 digits tell an app's call whose it is.
 */
export const orderIdOf = (
  pepper: Uint8Array,
  { merchant, tenant, storeId }: TillCaller,
  merchantOrderId: string,
): string => {
  const secret = keyedDigest(pepper, "order id", lengthPrefixed([tenant, storeId, merchantOrderId]));
  const hex = Buffer.from(secret, "base64url").toString("hex");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(0), 16) % 4);
  const [second, third, fourth, last] = [hex.slice(1, 5), hex.slice(5, 8), hex.slice(8, 11), hex.slice(11, 23)];
  return `${merchant.prefix}-${second}-4${third}-${variant}${fourth}-${last}`;
};

/** How many of an order's digits are its merchant's. */
const PREFIX_LENGTH = 8;

/** The prefix of the merchant whose an order is. */
export const prefixOf = (id: string): string => id.slice(0, PREFIX_LENGTH);

/** A digest of what was sent, and of the till that sent it: an order that is sent again has the same (swip.md 4). */
export const digestOfSent = (pepper: Uint8Array, taken: Taken, { cashId }: TillCaller): string =>
  keyedDigest(pepper, "order sent", writeJson({ cashId, ...taken }));

/** What a new order is of. */
export const newContent = (
  { total: _, totalOriginal: __, lines, ...said }: Taken,
  { name }: Merchant,
  drawId: () => string,
): Content => ({ merchantName: name, ...said, lines: lines.map((line) => ({ ...line, id: line.id ?? drawId() })) });

/** A new order, open from now on. */
export const newOrder = (
  names: Pick<Order, "id" | "code" | "content" | "contentBytes">,
  { total, totalOriginal }: Taken,
  { tenant, storeId, cashId, mode, merchant }: TillCaller,
  { nowMs, retentionDays }: { readonly nowMs: number; readonly retentionDays: number },
): Order => {
  const expiresAtMs = nowMs + LIFE_MS[mode];
  return {
    ...names,
    tenant,
    storeId,
    cashId,
    mode,
    currency: merchant.currency,
    state: "OPEN",
    totalOriginal,
    total,
    payment: "NONE",
    held: 0n,
    captured: 0n,
    refunded: 0n,
    refundCount: 0n,
    loyalty: noLoyalty(total),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    expiresAtMs,
    keptUntil: ttlAfter(expiresAtMs + MAX_CAPTURE_DELAY_SECONDS * SECOND_MS, retentionDays),
    version: 1n,
  };
};
