/** What must hold of card sales at any time, whatever was asked, raced, repeated or cut off. */
import { expect } from "vitest";
import { cardKeyOf, cardOf, mappingKeyOf } from "#sale/card.item";
import { saleOf } from "#sale/sale.item";
import { sessionOf } from "#sale/session.item";
import { keyIn } from "#store/item";
import { idOf } from "#store/table";
import type { Checkout } from "./checkout.ts";
import { PEPPER } from "./ports.ts";
import { itemsOf } from "./sale.ts";

/**
 * A session is one sale's, and a sale was checked exactly when it has one; a card is known under both its numbers, and a sale
 * tells the app's number of the card that it was paid with; what has ended has been told so by the one callback that ended it.
 */
export const takeReckoning = (checkout: Checkout): void => {
  const items = itemsOf(checkout, "sale");
  const sales = items.filter(({ sk }) => sk === "sale").map((item) => saleOf(idOf(keyIn(item)), item));
  const sessions = itemsOf(checkout, "saleSession").map((item) => sessionOf(item).invoiceId);
  const checked = sales.filter(({ checkedAtMs }) => checkedAtMs !== undefined);
  expect(checked.map(({ invoiceId }) => invoiceId).toSorted()).toEqual(sessions.toSorted());
  expect(checked.filter(({ fingerprint }) => fingerprint === undefined)).toEqual([]);
  expect(sales.filter(({ state, checkedAtMs }) => state === "initiated" && checkedAtMs !== undefined)).toEqual([]);
  const pks = (kind: "saleMapping" | "saleCard") => itemsOf(checkout, kind).map(({ pk }) => pk);
  const cards = itemsOf(checkout, "saleMapping").map(cardOf);
  expect(cards.map((card) => mappingKeyOf(card.tenant, PEPPER, card).pk)).toEqual(pks("saleMapping"));
  expect(cards.map(({ clientCardId }) => cardKeyOf(PEPPER, clientCardId).pk).toSorted()).toEqual(
    pks("saleCard").toSorted(),
  );
  const paid = sales.filter(({ serverCardId }) => serverCardId !== undefined);
  const told = paid.filter(({ tenant, consumerId, serverCardId, clientCardId }) =>
    cards.some(
      (card) =>
        card.tenant === tenant &&
        card.consumerId === consumerId &&
        card.serverCardId === serverCardId &&
        card.clientCardId === clientCardId,
    ),
  );
  expect(told).toEqual(paid);
  const endings = items.filter(({ sk }) => sk !== "sale").map((item) => idOf(keyIn(item)));
  const ended = sales.filter(({ finalAtMs }) => finalAtMs !== undefined);
  expect(ended.map(({ invoiceId }) => invoiceId).toSorted()).toEqual(endings.toSorted());
  expect(ended.filter(({ state }) => !["approved", "declined", "failed"].includes(state))).toEqual([]);
};
