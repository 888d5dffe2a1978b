/** What an operator does with the users of a partner: persons, shops (`atm`) and their cashiers (`worker`). */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { Refused, refuse } from "#kernel/refusal";
import { createUser as createPerson } from "#partner/createUser";
import { checkPartner } from "#partner/partner.item";
import type { Created } from "#partner/reply.wire";
import type { Known, Person, User, UserType } from "#partner/user";
import { changeUser, contentIn, linkUser, openUser, unlinkUser, userKeyOf, userOf } from "#partner/user.item";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import type { Write } from "#store/write";
import { knownPartner } from "./partner.ts";

/** A user by the partner's own key of it, and who acts. */
export interface UserWish {
  readonly tenant: string;
  readonly reference: string;
  readonly actor: string;
}

/** The user as it is now; `changed` is false where it was so already and nothing was written. */
export interface ChangedUser {
  readonly user: User;
  readonly changed: boolean;
}

/** Personal data and the partner's keys stay out of the audit: there a user is its id. */
const eventOf = (
  ports: Ports,
  { tenant, actor }: Pick<UserWish, "tenant" | "actor">,
  { id, createdAtMs }: Pick<User, "id" | "createdAtMs">,
  type: string,
  detail: Readonly<Record<string, string>>,
  atMs = createdAtMs,
): Write => record({ id: ports.ids.uuid(), owner: tenant, atMs, type, actor, subject: id, detail });

/** A person to create. */
export interface CreateUser extends UserWish {
  readonly person: Person;
  readonly status?: User["status"];
  /** The bank's number of the same customer. */
  readonly userId?: bigint | undefined;
}

/**
 * Creates a person as the partner API does: the same content again is a replay. Refuses TENANT_UNKNOWN, PARTNER_UNKNOWN,
 * REFERENCE_TAKEN, EMAIL_TAKEN, PHONE_TAKEN, LINK_CONFLICT, and MALFORMED for somebody who is not born yet.
 */
export const createUser = async (ports: Ports, wish: CreateUser): Promise<Created> => {
  const { tenant, reference, actor, person, status = "active", userId } = wish;
  await knownPartner(ports, tenant);
  const linked = userId === undefined ? {} : { userId: String(userId) };
  const created = await createPerson(
    { reference, person },
    ports,
    { tenant },
    {
      status,
      ...(userId !== undefined && { bankUserId: userId }),
      also: (user) => [
        checkPartner(tenant),
        eventOf(ports, { tenant, actor }, user, "user.created", { type: user.type, status, ...linked }),
      ],
    },
  );
  if (!created.replayed) return created;
  // Status and customer are no part of what the protocol compares, but of what was asked here.
  const user = await showUser(ports, { tenant, reference, type: "user" });
  const isAsAsked = user.status === status && (userId === undefined || user.bankUserId === userId);
  if (!isAsAsked) throw new Refused(refuse("REFERENCE_TAKEN"));
  return created;
};

/** A shop or a cashier to create. */
export interface CreateParty extends UserWish {
  readonly type: Exclude<UserType, "user">;
  readonly name: string;
  readonly known: Pick<Known, "vat" | "phone">;
}

/**
 * Creates a shop or a cashier: the same content again is a replay. Refuses TENANT_UNKNOWN, PARTNER_UNKNOWN,
 * REFERENCE_TAKEN, PHONE_TAKEN, VAT_TAKEN.
 */
export const createParty = async (ports: Ports, wish: CreateParty): Promise<Created> => {
  const { tenant, reference, actor, type, name, known } = wish;
  await knownPartner(ports, tenant);
  const { pepper } = await ports.secrets();
  const content = keyedDigest(pepper, "user content", lengthPrefixed([name, known.vat, known.phone]));
  return decide(ports, [userKeyOf(tenant, pepper, type, reference)], ([earlier], nowMs): Verdict<Created> => {
    if (earlier !== undefined && contentIn(earlier) !== content) return deny("REFERENCE_TAKEN");
    if (earlier !== undefined) return say({ id: userOf(tenant, earlier).id, reference, replayed: true });
    const id = `usr_${ports.ids.ulid()}`;
    const times = { sessionsFromMs: 0, createdAtMs: nowMs };
    const user: User = {
      tenant,
      type,
      id,
      reference,
      status: "active",
      name,
      ...(known.vat !== undefined && { vat: known.vat }),
      ...times,
    };
    const event = eventOf(ports, { tenant, actor }, user, "user.created", { type });
    return {
      say: { id, reference, replayed: false },
      writes: [checkPartner(tenant), ...openUser(user, pepper, known, content), event],
    };
  });
};

/** A user that must be there; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN, USER_UNKNOWN. */
export const showUser = async (
  ports: Ports,
  { tenant, reference, type }: Pick<UserWish, "tenant" | "reference"> & { readonly type: UserType },
): Promise<User> => {
  const { pepper } = await ports.secrets();
  const [found] = await ports.store.read([userKeyOf(tenant, pepper, type, reference)]);
  if (found !== undefined) return userOf(tenant, found);
  await knownPartner(ports, tenant);
  throw new Refused(refuse("USER_UNKNOWN"));
};

interface Change {
  readonly after: User;
  /** Of the event: what was done, and what of it is no personal data. */
  readonly done: string;
  readonly detail?: Readonly<Record<string, string>>;
  readonly writes: readonly Write[];
}

const change = async (
  ports: Ports,
  { tenant, reference, actor }: UserWish,
  type: UserType,
  changeOf: (user: User, pepper: Uint8Array, nowMs: number) => Change | undefined,
): Promise<ChangedUser> => {
  await knownPartner(ports, tenant);
  const { pepper } = await ports.secrets();
  return decide(ports, [userKeyOf(tenant, pepper, type, reference)], ([found], nowMs): Verdict<ChangedUser> => {
    if (found === undefined) return deny("USER_UNKNOWN");
    const user = userOf(tenant, found);
    const made = changeOf(user, pepper, nowMs);
    if (made === undefined) return say({ user, changed: false });
    const event = eventOf(ports, { tenant, actor }, user, made.done, made.detail ?? {}, nowMs);
    return { say: { user: made.after, changed: true }, writes: [...made.writes, event] };
  });
};

/** Blocks a user, or lets it act again; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN, USER_UNKNOWN. */
export const setStatus = (
  ports: Ports,
  { type, status, ...wish }: UserWish & { readonly type: UserType; readonly status: User["status"] },
): Promise<ChangedUser> =>
  change(ports, wish, type, (user, pepper) =>
    user.status === status
      ? undefined
      : {
          after: { ...user, status },
          done: status === "blocked" ? "user.blocked" : "user.unblocked",
          writes: [changeUser(user, pepper, { status })],
        },
  );

/** Ends every session that a person has, and every code that waits, by the clock of this machine; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN, USER_UNKNOWN. */
export const signOut = (ports: Ports, wish: UserWish): Promise<ChangedUser> =>
  change(ports, wish, "user", (user, pepper, nowMs) => {
    // The sessions of this very millisecond end too; what has ended stays so, also by a clock that is behind.
    const sessionsFromMs = Math.max(user.sessionsFromMs, nowMs + 1);
    return {
      after: { ...user, sessionsFromMs },
      done: "user.signed-out",
      writes: [changeUser(user, pepper, { sessionsFromMs })],
    };
  });

/** Links a person to the bank's customer, one to one; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN, USER_UNKNOWN, LINK_CONFLICT. */
export const linkToCustomer = (
  ports: Ports,
  { userId, ...wish }: UserWish & { readonly userId: bigint },
): Promise<ChangedUser> =>
  change(ports, wish, "user", (user, pepper) => {
    if (user.bankUserId === userId) return undefined;
    if (user.bankUserId !== undefined) throw new Refused(refuse("LINK_CONFLICT"));
    return {
      after: { ...user, bankUserId: userId },
      done: "user.linked",
      detail: { userId: String(userId) },
      writes: linkUser(user, pepper, userId),
    };
  });

/** Ends a person's link to the bank's customer; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN, USER_UNKNOWN. */
export const unlinkFromCustomer = (ports: Ports, wish: UserWish): Promise<ChangedUser> =>
  change(ports, wish, "user", (user, pepper) => {
    const { bankUserId, ...after } = user;
    if (bankUserId === undefined) return undefined;
    return {
      after,
      done: "user.unlinked",
      detail: { userId: String(bankUserId) },
      writes: unlinkUser(user, pepper, bankUserId),
    };
  });
