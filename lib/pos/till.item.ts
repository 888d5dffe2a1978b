/** What a retail till is busy with: one order at a time (swip.md 4). An overdue one keeps nobody waiting. */
import { readPrinted, writeJson } from "#kernel/json";
import type { Till } from "#pos/merchant";
import type { Order } from "#pos/order";
import { digestOfTill } from "#pos/place.item";
import type { Aside } from "#pos/points";
import { absent, equals } from "#store/condition";
import { integerIn, maybeTextIn, textIn, timeIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { tillKey } from "#store/keys/pos";
import { ttlAfter } from "#store/table";
import { erase, put, type Rule, update, type Write } from "#store/write";

/** Days that it is kept after the order's expiry. */
const KEPT_DAYS = 1;

/** A till's active order, and all that it takes to replace it. */
export interface Active {
  readonly order: string;
  readonly expiresAtMs: number;
  readonly keptUntil: bigint;
  readonly isPaid: boolean;
  /** What it has set aside for its customer, where loyalty is fixed. */
  readonly aside?: Aside;
}

/** Where a till's active order is noted. */
export const keyOfTill = (till: Till): Key => tillKey(till.tenant, digestOfTill(till));

/** What is noted, out of its item, if it is not over. */
export const activeIn = (item: Item | undefined, nowMs: number): Active | undefined => {
  if (item === undefined || timeIn(item, "expiresAtMs") <= nowMs) return undefined;
  const aside = maybeTextIn(item, "aside");
  return {
    order: textIn(item, "order"),
    expiresAtMs: timeIn(item, "expiresAtMs"),
    keptUntil: integerIn(item, "keptUntil"),
    isPaid: item.isPaid === true,
    ...(aside !== undefined && { aside: readPrinted<Aside>(aside) }),
  };
};

/** The writes that make an order its till's active one, if the till is as it was read; none where a till has many. */
export const occupyTill = (order: Order, read: Item | undefined): readonly Write[] => {
  if (order.mode !== "retail") return [];
  const item: Item = {
    order: order.id,
    expiresAtMs: BigInt(order.expiresAtMs),
    keptUntil: order.keptUntil,
    isPaid: false,
    ttl: ttlAfter(order.expiresAtMs, KEPT_DAYS),
  };
  const asRead: readonly Rule[] =
    read === undefined
      ? [[absent(), "stale"]]
      : [
          [equals("order", read.order), "stale"],
          [equals("isPaid", read.isPaid), "stale"],
          [equals("aside", read.aside), "stale"],
        ];
  return [put(keyOfTill(order), item, asRead)];
};

/** Another order is there only where its till's clock was ahead: then this one's time is over. */
const isActive = ({ id }: Order): Rule => [equals("order", id), "ORDER_NOT_OPEN"];

/** The writes that note what an order's payment, or the choice of a method, means for its till. */
export const noteOnTill = (
  order: Order,
  note: { readonly isPaid: true } | { readonly aside: Aside },
): readonly Write[] =>
  order.mode !== "retail"
    ? []
    : [
        update(keyOfTill(order), { set: "aside" in note ? { aside: writeJson(note.aside) } : { ...note } }, [
          isActive(order),
        ]),
      ];

/** The writes that free the till of an order that ends. */
export const freeTill = (order: Order): readonly Write[] =>
  order.mode === "retail" ? [erase(keyOfTill(order), [isActive(order)])] : [];
