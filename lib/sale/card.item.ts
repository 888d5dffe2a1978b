/** Cards, as numbers of numbers: which of the gateway's an app's stands for. No card's own number ever comes here (sbc.md 4.3). */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { absent } from "#store/condition";
import { textIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { cardKey, mappingKey } from "#store/keys/sale";
import { put, type Write } from "#store/write";

/** A consumer's card. */
export interface Card {
  readonly clientCardId: string;
  readonly tenant: string;
  readonly consumerId: string;
  readonly serverCardId: string;
}

/** Where it is noted which card the gateway's number is of a consumer. */
export const mappingKeyOf = (
  tenant: string,
  pepper: Uint8Array,
  { consumerId, serverCardId }: Pick<Card, "consumerId" | "serverCardId">,
): Key => mappingKey(tenant, keyedDigest(pepper, "card mapping", lengthPrefixed([consumerId, serverCardId])));

/** Where an app's number of a card lies; one that cannot be ours lies nowhere, and is looked for all the same. */
export const cardKeyOf = (pepper: Uint8Array, clientCardId: string): Key =>
  cardKey(keyedDigest(pepper, "card", clientCardId));

/** A card out of its item. */
export const cardOf = (item: Item): Card => ({
  clientCardId: textIn(item, "clientCardId"),
  tenant: textIn(item, "tenant"),
  consumerId: textIn(item, "consumerId"),
  serverCardId: textIn(item, "serverCardId"),
});

/** The writes that note a card under both its numbers; one that is noted meanwhile is stale. */
export const noteCard = (card: Card, pepper: Uint8Array): readonly Write[] => {
  const item: Item = { ...card };
  return [
    put(mappingKeyOf(card.tenant, pepper, card), item, [[absent(), "stale"]]),
    put(cardKeyOf(pepper, card.clientCardId), item, [[absent(), "stale"]]),
  ];
};
