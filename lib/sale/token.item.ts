/** An app's access token (sbc.md 4.1): the table knows a keyed digest of it. */
import { keyedDigest } from "#kernel/crypto";
import { above, absent } from "#store/condition";
import { maybeTextIn, textIn, timeIn } from "#store/field";
import type { Item } from "#store/item";
import { accessTokenKey } from "#store/keys/sale";
import { ttlAfter } from "#store/table";
import { put, update, type Write } from "#store/write";

/** Days that a token is kept after its expiry. */
const KEPT_DAYS = 1;

/** What an access token is good for. */
export interface AccessToken {
  readonly digest: string;
  readonly tenant: string;
  readonly consumerId: string;
  readonly email?: string;
  /** The device that it is bound to: given with it, or that of the first sale. */
  readonly serialNumber?: string;
  readonly expiresAtMs: number;
}

/** The digest under which a token is known. */
export const digestOfToken = (pepper: Uint8Array, token: string): string => keyedDigest(pepper, "access token", token);

/** A token out of its item. */
export const tokenOf = (digest: string, item: Item): AccessToken => {
  const email = maybeTextIn(item, "email");
  const serialNumber = maybeTextIn(item, "serialNumber");
  return {
    digest,
    tenant: textIn(item, "tenant"),
    consumerId: textIn(item, "consumerId"),
    ...(email !== undefined && { email }),
    ...(serialNumber !== undefined && { serialNumber }),
    expiresAtMs: timeIn(item, "expiresAtMs"),
  };
};

/** The write that makes a token. */
export const putToken = ({ digest, expiresAtMs, ...fields }: AccessToken): Write =>
  put(accessTokenKey(digest), { ...fields, expiresAtMs: BigInt(expiresAtMs), ttl: ttlAfter(expiresAtMs, KEPT_DAYS) }, [
    [absent(), "fault"],
  ]);

/** The write that binds a token to the device of its first sale, while it lives; none where it is bound, since that never changes. */
export const bindToken = (
  { digest, serialNumber: bound }: AccessToken,
  serialNumber: string,
  nowMs: number,
): readonly Write[] =>
  bound !== undefined
    ? []
    : [
        update(accessTokenKey(digest), { set: { serialNumber } }, [
          [absent("serialNumber"), "stale"],
          [above("expiresAtMs", BigInt(nowMs)), "stale"],
        ]),
      ];
