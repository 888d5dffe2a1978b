/** A user in the table, and the claims on what is its alone. */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { type Known, type Person, sameEmail, type User, type UserType, userStatuses, userTypes } from "#partner/user";
import { absent, atMost, equals } from "#store/condition";
import { maybeTextIn, textIn, timeIn, wordIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { claimKey, userKey } from "#store/keys/partner";
import { erase, put, update, type Write } from "#store/write";

/** Where a user lies: by its type and the partner's reference. */
export const userKeyOf = (tenant: string, pepper: Uint8Array, type: UserType, reference: string): Key =>
  userKey(tenant, keyedDigest(pepper, "user", lengthPrefixed([type, reference])));

/** Something that one user alone can have. */
export type Claim =
  | { readonly of: keyof Known; readonly type: UserType; readonly value: string }
  | { readonly of: "bankUser"; readonly value: string };

/** Where a claim lies. */
export const claimKeyOf = (tenant: string, pepper: Uint8Array, claim: Claim): Key => {
  const type = claim.of === "bankUser" ? undefined : claim.type;
  const value = claim.of === "email" ? sameEmail(claim.value) : claim.value;
  return claimKey(tenant, keyedDigest(pepper, "claim", lengthPrefixed([claim.of, type, value])));
};

/** A user out of its item. */
export const userOf = (tenant: string, item: Item): User => {
  const person = maybeTextIn(item, "person");
  const name = maybeTextIn(item, "name");
  const vat = maybeTextIn(item, "vat");
  return {
    tenant,
    type: wordIn(item, "type", userTypes),
    id: textIn(item, "id"),
    reference: textIn(item, "reference"),
    status: wordIn(item, "status", userStatuses),
    ...(person !== undefined && { person: JSON.parse(person) as Person }),
    ...(name !== undefined && { name }),
    ...(vat !== undefined && { vat }),
    ...(typeof item.bankUserId === "bigint" && { bankUserId: item.bankUserId }),
    sessionsFromMs: timeIn(item, "sessionsFromMs"),
    createdAtMs: timeIn(item, "createdAtMs"),
  };
};

/** The digest of what a user was created with. */
export const contentIn = (item: Item): string | undefined => maybeTextIn(item, "content");

const customerKey = (tenant: string, pepper: Uint8Array, bankUserId: bigint): Key =>
  claimKeyOf(tenant, pepper, { of: "bankUser", value: String(bankUserId) });

const claimCustomer = (tenant: string, pepper: Uint8Array, user: Key, bankUserId: bigint): Write =>
  put(customerKey(tenant, pepper, bankUserId), { user: user.pk }, [[absent(), "LINK_CONFLICT"]]);

const taken = { email: "EMAIL_TAKEN", phone: "PHONE_TAKEN", vat: "VAT_TAKEN" } as const;

/**
 * The writes that create a user and claim what it is known by, and the bank's customer that it is linked to, if it is;
 * refuse EMAIL_TAKEN, PHONE_TAKEN, VAT_TAKEN, LINK_CONFLICT in this order. A reference that was used in between is stale.
 */
export const openUser = (user: User, pepper: Uint8Array, known: Known, content?: string): readonly Write[] => {
  const { tenant, type, id, reference, status, person, name, vat, bankUserId, sessionsFromMs, createdAtMs } = user;
  const key = userKeyOf(tenant, pepper, type, reference);
  const item: Item = {
    type,
    id,
    reference,
    status,
    ...(person !== undefined && { person: JSON.stringify(person) }),
    ...(name !== undefined && { name }),
    ...(vat !== undefined && { vat }),
    ...(bankUserId !== undefined && { bankUserId }),
    ...(content !== undefined && { content }),
    sessionsFromMs: BigInt(sessionsFromMs),
    createdAtMs: BigInt(createdAtMs),
  };
  const claims = (["email", "phone", "vat"] as const).flatMap((of): readonly Write[] => {
    const value = known[of];
    if (value === undefined) return [];
    return [put(claimKeyOf(tenant, pepper, { of, type, value }), { user: key.pk }, [[absent(), taken[of]]])];
  });
  const link = bankUserId === undefined ? [] : [claimCustomer(tenant, pepper, key, bankUserId)];
  return [put(key, item, [[absent(), "stale"]]), ...claims, ...link];
};

/** The writes that link a user to a bank's customer, one to one; refuse LINK_CONFLICT. */
export const linkUser = (user: User, pepper: Uint8Array, bankUserId: bigint): readonly Write[] => {
  const key = userKeyOf(user.tenant, pepper, user.type, user.reference);
  return [
    update(key, { set: { bankUserId } }, [[equals("bankUserId", user.bankUserId), "stale"]]),
    claimCustomer(user.tenant, pepper, key, bankUserId),
  ];
};

/** The writes that end a user's link to the bank's customer. */
export const unlinkUser = (user: User, pepper: Uint8Array, bankUserId: bigint): readonly Write[] => {
  const key = userKeyOf(user.tenant, pepper, user.type, user.reference);
  return [
    update(key, { remove: ["bankUserId"] }, [[equals("bankUserId", bankUserId), "stale"]]),
    erase(customerKey(user.tenant, pepper, bankUserId), [[equals("user", key.pk), "fault"]]),
  ];
};

/** The write that changes a user's status, or ends its sessions, if its status is as it was read. */
export const changeUser = (
  user: User,
  pepper: Uint8Array,
  change: Partial<Pick<User, "status" | "sessionsFromMs">>,
): Write => {
  const { status, sessionsFromMs } = change;
  const set: Item = {
    ...(status !== undefined && { status }),
    ...(sessionsFromMs !== undefined && { sessionsFromMs: BigInt(sessionsFromMs) }),
  };
  return update(userKeyOf(user.tenant, pepper, user.type, user.reference), { set }, [
    [equals("status", user.status), "stale"],
    // What has ended stays ended.
    ...(sessionsFromMs === undefined ? [] : [[atMost("sessionsFromMs", BigInt(sessionsFromMs)), "stale"] as const]),
  ]);
};
