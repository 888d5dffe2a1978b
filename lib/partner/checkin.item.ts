/** A check-in that we make: a one-time code for the web SDK, and the session that comes of it (sonect.md 2.5). */
import { keyedDigest } from "#kernel/crypto";
import { type SealRing, seal } from "#kernel/seal";
import { MINUTE_MS, SECOND_MS } from "#kernel/time";
import type { Local, Partner } from "#partner/partner";
import type { User } from "#partner/user";
import { above, absent, present } from "#store/condition";
import { maybeTextIn, textIn, timeIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { checkinKey, userKey } from "#store/keys/partner";
import { idOf, ttlAfter } from "#store/table";
import { put, update, type Write } from "#store/write";

/** How long a code may be exchanged (sonect.md 2.5). */
const CODE_LIFE_MS = 5 * MINUTE_MS;

/** How long a session lives, in seconds (sonect.md 2.5). */
export const SESSION_LIFE_SECONDS = 1_800;

/** Days that a check-in is kept after its session's end. */
const KEPT_DAYS = 1;

/** A check-in. */
export interface Checkin {
  readonly id: string;
  readonly tenant: string;
  /** The partner's clientId. */
  readonly partner: string;
  readonly userId: string;
  readonly userKey: Key;
  readonly begunAtMs: number;
  /** From this instant the code is good for nothing. */
  readonly expiresAtMs: number;
  /** The token's own id, once the code has been exchanged. */
  readonly tokenId?: string;
  readonly revokedAtMs?: number;
}

/** The id of a code's check-in: tells nothing of the code. */
export const checkinIdOf = (pepper: Uint8Array, code: string): string => keyedDigest(pepper, "check-in code", code);

/** Whether a text can be the id of a check-in. */
export const isCheckinId = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** Where the web SDK is opened: the code stands in the fragment, which no server and no log sees. */
export const urlOf = ({ webSdk }: Local, code: string): string => `${webSdk}/#c=${code}`;

/** A check-in to begin. */
export interface Beginning {
  readonly id: string;
  readonly partner: Partner;
  readonly user: User;
  readonly userKey: Key;
  /** Kept encrypted. */
  readonly data?: string | undefined;
  readonly nowMs: number;
}

/** When a code that is made now expires. */
export const codeExpiry = (nowMs: number): number => nowMs + CODE_LIFE_MS;

/** The write that begins a check-in. */
export const beginCheckin = (ring: SealRing, { id, partner, user, userKey: key, data, nowMs }: Beginning): Write => {
  const place = checkinKey(id);
  const item: Item = {
    tenant: partner.tenant,
    partner: partner.clientId,
    userId: user.id,
    user: idOf(key),
    begunAtMs: BigInt(nowMs),
    expiresAtMs: BigInt(codeExpiry(nowMs)),
    ...(data !== undefined && { data: seal(ring, { ...place, field: "data" }, data) }),
    ttl: ttlAfter(codeExpiry(nowMs), KEPT_DAYS),
  };
  return put(place, item, [[absent(), "stale"]]);
};

/** A check-in out of its item. */
export const checkinOf = (id: string, item: Item): Checkin => {
  const tenant = textIn(item, "tenant");
  const tokenId = maybeTextIn(item, "tokenId");
  return {
    id,
    tenant,
    partner: textIn(item, "partner"),
    userId: textIn(item, "userId"),
    userKey: userKey(tenant, textIn(item, "user")),
    begunAtMs: timeIn(item, "begunAtMs"),
    expiresAtMs: timeIn(item, "expiresAtMs"),
    ...(tokenId !== undefined && { tokenId }),
    ...(item.revokedAtMs !== undefined && { revokedAtMs: timeIn(item, "revokedAtMs") }),
  };
};

/** The write that ends a session before its time, or the one that its code would begin; refuses SESSION_UNKNOWN. */
export const revokeSession = ({ id }: Pick<Checkin, "id">, nowMs: number): Write =>
  update(checkinKey(id), { set: { revokedAtMs: BigInt(nowMs) } }, [
    [present(), "SESSION_UNKNOWN"],
    [absent("revokedAtMs"), "stale"],
  ]);

/** Whether its code can be exchanged. */
export const isOpen = ({ tokenId, revokedAtMs, expiresAtMs }: Checkin, nowMs: number): boolean =>
  tokenId === undefined && revokedAtMs === undefined && nowMs < expiresAtMs;

/** The write that exchanges a code for a session, once and in time; refuses CODE_INVALID. */
export const exchangeCode = ({ id }: Checkin, tokenId: string, nowMs: number): Write => {
  const ttl = ttlAfter(nowMs + SESSION_LIFE_SECONDS * SECOND_MS, KEPT_DAYS);
  return update(checkinKey(id), { set: { tokenId, ttl } }, [
    [absent("tokenId"), "CODE_INVALID"],
    [absent("revokedAtMs"), "CODE_INVALID"],
    [above("expiresAtMs", BigInt(nowMs)), "CODE_INVALID"],
  ]);
};
