/** Session codes, what a QR code says: whose they are, and which order they lead to (swip.md 4). */
import { keyedDigest } from "#kernel/crypto";
import { DAY_MS } from "#kernel/time";
import type { Order } from "#pos/order";
import { digestOfTill } from "#pos/place.item";
import { absent, equals } from "#store/condition";
import { textIn, timeIn } from "#store/field";
import type { Item } from "#store/item";
import { codeKey, codeOrderKey } from "#store/keys/pos";
import { ttlAfter } from "#store/table";
import { erase, put, type Rule, update, type Write } from "#store/write";

/** How long a code stays its till's without being used (swip.md 4). */
const OWNED_DAYS = 30;

/** Days that an item is kept beyond what it is for. */
const SPARE_DAYS = 1;

/** Bytes of a code that is made here (swip.md 4). */
const CODE_BYTES = 16;

/** The digest under which a code is known. */
export const digestOfCode = (pepper: Uint8Array, code: string): string => keyedDigest(pepper, "session code", code);

/** The text of a new code: an address of the API's host, and 16 bytes of a secret. */
export const makeCode = (origin: string, secret: string): string => {
  const bytes = Buffer.from(secret, "base64url").subarray(0, CODE_BYTES);
  return `https://${new URL(origin).host}/?qr=${bytes.toString("base64url")}`;
};

/** Whose a code is, and its newest order there. */
export interface CodeOwner {
  /** The digest of the till. */
  readonly till: string;
  readonly order: string;
}

/** An owner out of its item. */
export const codeOwnerOf = (item: Item): CodeOwner => ({ till: textIn(item, "till"), order: textIn(item, "order") });

/** Why the code is the order's till's: nobody's yet, its own, or another's that has not used it; undefined where it is another's. */
const claimOf = (read: Item | undefined, till: string, nowMs: number): Rule | undefined => {
  if (read === undefined) return [absent(), "stale"];
  if (read.till === till) return [equals("till", till), "stale"];
  const isUnused = nowMs >= timeIn(read, "usedAtMs") + OWNED_DAYS * DAY_MS;
  return isUnused ? [equals("usedAtMs", read.usedAtMs), "stale"] : undefined;
};

/** The writes that lead a code to a new order, if its till owns the code or now comes to; a restaurant's till lists it under the code in any case. */
export const leadCode = (order: Order, read: Item | undefined): readonly Write[] => {
  const till = digestOfTill(order);
  const claim = claimOf(read, till, order.createdAtMs);
  const set: Item = {
    till,
    order: order.id,
    usedAtMs: BigInt(order.createdAtMs),
    ttl: ttlAfter(order.createdAtMs, OWNED_DAYS + SPARE_DAYS),
  };
  const lead = claim
    ? [read === undefined ? put(codeKey(order.code), set, [claim]) : update(codeKey(order.code), { set }, [claim])]
    : [];
  if (order.mode === "retail") return lead;
  const listed = codeOrderKey(order.code, till, order.createdAtMs, order.id);
  return [...lead, put(listed, { ttl: ttlAfter(order.expiresAtMs, SPARE_DAYS) }, [[absent(), "stale"]])];
};

/** The writes that take an order that ends off its code. */
export const leaveCode = (order: Order): readonly Write[] =>
  order.mode === "retail"
    ? []
    : [erase(codeOrderKey(order.code, digestOfTill(order), order.createdAtMs, order.id), [])];
