/** A merchant's stores and tills: registered by an administrator, or by their first order (swip.md 1). */
import { lengthPrefixed } from "#kernel/canonical";
import { digest } from "#kernel/crypto";
import type { Ports } from "#ports";
import { type Till, type TillCaller, type TillMode, tillModes } from "#pos/merchant";
import { maybeTextIn, textIn, wordIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { placeKey } from "#store/keys/pos";
import { update, type Write } from "#store/write";

/** A store, or a till of it. */
export interface Place {
  readonly storeId: string;
  /** Absent: the store itself. */
  readonly cashId?: string;
  /** Absent: as its store's, which is retail where that says nothing either. */
  readonly mode?: TillMode;
}

/** A place out of its item. */
export const placeOf = (item: Item): Place => {
  const cashId = maybeTextIn(item, "cashId");
  return {
    storeId: textIn(item, "storeId"),
    ...(cashId !== undefined && { cashId }),
    ...(item.mode !== undefined && { mode: wordIn(item, "mode", tillModes) }),
  };
};

const keyOfPlace = (tenant: string, { storeId, cashId }: Pick<Place, "storeId" | "cashId">): Key =>
  cashId === undefined ? placeKey(tenant, digest(storeId)) : placeKey(tenant, digest(storeId), digest(cashId));

/** The write that registers a place, or gives one that is registered another mode; without one it keeps what it has. */
export const registerPlace = (tenant: string, place: Place): Write =>
  update(keyOfPlace(tenant, place), { set: { ...place }, orCreate: true });

/** What a till does not share with another: of its merchant, its store and its own name. */
export const digestOfTill = ({ tenant, storeId, cashId }: Till): string =>
  digest(lengthPrefixed([tenant, storeId, cashId]));

/** How a till works, and whether it and its store are registered; remembered for some seconds. */
export const findTill = async (
  { recall }: Pick<Ports, "recall">,
  { tenant, storeId, cashId }: Till,
): Promise<Pick<TillCaller, "mode" | "isKnown">> => {
  const [store, till] = await Promise.all([
    recall(keyOfPlace(tenant, { storeId })),
    recall(keyOfPlace(tenant, { storeId, cashId })),
  ]);
  const mode = (till && placeOf(till).mode) ?? (store && placeOf(store).mode) ?? "retail";
  return { mode, isKnown: { store: store !== undefined, till: till !== undefined } };
};

/** The writes that register what of a till is not yet. */
export const registerTill = ({ tenant, storeId, cashId, isKnown }: TillCaller): readonly Write[] => [
  ...(isKnown.store ? [] : [registerPlace(tenant, { storeId })]),
  ...(isKnown.till ? [] : [registerPlace(tenant, { storeId, cashId })]),
];
