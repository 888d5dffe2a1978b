/**
 * A merchant's control keys (sbc.md 3): the gateway's secrets, by which both sides sign. The latest that is active signs new
 * sales; every sale goes on under the key that it was signed with, until that is retired.
 */
import { Refused, refuse } from "#kernel/refusal";
import { type SealRing, seal, sealerOf } from "#kernel/seal";
import { DAY_MS, isoInstant, MINUTE_MS } from "#kernel/time";
import type { Ports } from "#ports";
import type { ControlKey, Merchant } from "#sale/merchant";
import { changeMerchant as changeItem, merchantOf, openKey, placeOfKey } from "#sale/merchant.item";
import { decide, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { merchantKey } from "#store/keys/sale";
import { type ChangedMerchant, changeMerchant, type MerchantWish } from "./merchant.change.ts";
import { listMerchants } from "./merchant.ts";

/** Until every function knows a merchant's settings: they are remembered for half of it (lib/live.ts). */
const KNOWN_AFTER_MS = MINUTE_MS;

const malformed = (why: string): Refused => new Refused(refuse("MERCHANT_MALFORMED", { why }));

/** A key of a merchant, by its name. */
export interface KeyWish extends MerchantWish {
  readonly keyId: string;
}

/** A key that is no longer served, and that no sale which is still kept can have been signed with. */
const isForgotten = (
  { retireAtMs }: ControlKey,
  { sessionLifeMs, outcomeWaitMs, retentionDays }: Merchant,
  nowMs: number,
): boolean => retireAtMs !== undefined && retireAtMs + sessionLifeMs + outcomeWaitMs + retentionDays * DAY_MS <= nowMs;

/**
 * Adds a control key that signs from an instant on: a minute from now where none is told, so that every function knows it
 * before a sale is signed with it. Refuses MERCHANT_UNKNOWN, and MERCHANT_MALFORMED for an instant before that, and for a
 * name that is taken.
 */
export const addKey = async (
  ports: Ports,
  wish: KeyWish & { readonly controlKey: string; readonly activeFrom?: number | undefined },
): Promise<ChangedMerchant> => {
  const { tenant, keyId, controlKey, activeFrom } = wish;
  const { seal: ring } = await ports.secrets();
  const sealed = seal(ring, placeOfKey(tenant, keyId), controlKey);
  return changeMerchant(ports, wish, "merchant.key-added", (before, nowMs) => {
    const earliestMs = nowMs + KNOWN_AFTER_MS;
    if (activeFrom !== undefined && activeFrom < earliestMs)
      throw malformed(`No key can sign before ${isoInstant(earliestMs)}: every function has to know it by then`);
    if (before.keys.some(({ id }) => id === keyId)) throw malformed(`The merchant has a key ${keyId} already`);
    const kept = before.keys.filter((key) => !isForgotten(key, before, nowMs));
    return { ...before, keys: [...kept, { id: keyId, sealed, activeFromMs: activeFrom ?? earliestMs }] };
  });
};

/**
 * Ends the life of a control key, now or at an instant to come: whatever comes later for a sale that it has signed is refused.
 * Refuses MERCHANT_UNKNOWN, and MERCHANT_MALFORMED for a key that there is not, or an instant that is past.
 */
export const retireKey = (
  ports: Ports,
  { retireAt, ...wish }: KeyWish & { readonly retireAt?: number | undefined },
): Promise<ChangedMerchant> =>
  changeMerchant(ports, wish, "merchant.key-retired", (before, nowMs) => {
    const key = before.keys.find(({ id }) => id === wish.keyId);
    if (key === undefined) throw malformed(`The merchant has no key ${wish.keyId}`);
    if (retireAt !== undefined && retireAt < nowMs) throw malformed(`${isoInstant(retireAt)} is past`);
    const isOver = key.retireAtMs !== undefined && key.retireAtMs <= nowMs;
    const ended = isOver ? key : { ...key, retireAtMs: retireAt ?? nowMs };
    return { ...before, keys: before.keys.map((one) => (one === key ? ended : one)) };
  });

/** The merchant with every key sealed by the ring's first one; undefined where it was so already. */
const resealed = (ring: SealRing, merchant: Merchant): Merchant | undefined => {
  const { tenant, keys } = merchant;
  if (keys.every(({ sealed }) => sealerOf(sealed) === ring[0].id)) return undefined;
  const anew = (key: ControlKey): ControlKey => ({
    ...key,
    sealed: seal(ring, placeOfKey(tenant, key.id), openKey(ring, tenant, key)),
  });
  return { ...merchant, keys: keys.map(anew) };
};

/** Seals anew, by the first key of a ring, what merchants have sealed by another; resolves to how many it were. */
export const resealMerchants = async (ports: Ports, ring: SealRing, actor: string): Promise<number> => {
  let changed = 0;
  for (const { tenant, clientId: subject } of await listMerchants(ports)) {
    const isChanged = await decide(ports, [merchantKey(tenant)], ([found], atMs): Verdict<boolean> => {
      const before = found && merchantOf(tenant, found);
      const after = before && resealed(ring, before);
      if (before === undefined || after === undefined) return say(false);
      const event = { owner: tenant, atMs, type: "merchant.resealed", actor, subject, detail: {} };
      return { say: true, writes: [changeItem(before, after), record({ id: ports.ids.uuid(), ...event })] };
    });
    if (isChanged) changed += 1;
  }
  return changed;
};
