/** sonect.md 2.4. */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { malformed } from "#kernel/malformed";
import { utcDay } from "#kernel/time";
import type { PartnerCaller } from "#partner/partner";
import type { Created } from "#partner/reply.wire";
import { type Person, sameEmail, type User } from "#partner/user";
import { contentIn, openUser, userKeyOf, userOf } from "#partner/user.item";
import type { CreateUser } from "#partner/wire";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import type { Write } from "#store/write";

/** What an operator may say of a new user that a partner does not; `also` goes with the creating commit. */
export interface Beside extends Partial<Pick<User, "status" | "bankUserId">> {
  readonly also?: (user: User) => readonly Write[];
}

/** Creates a user, whose reference, e-mail address and phone number are claimed in the same commit. */
export const createUser = async (
  { reference, person }: CreateUser,
  ports: Ports,
  { tenant }: Pick<PartnerCaller, "tenant">,
  { status = "active", bankUserId, also = () => [] }: Beside = {},
): Promise<Created> => {
  refuseUnborn(person, ports.clock());
  const { pepper } = await ports.secrets();
  const content = contentOf(pepper, person);
  return decide(ports, [userKeyOf(tenant, pepper, "user", reference)], ([earlier], nowMs): Verdict<Created> => {
    if (earlier !== undefined && contentIn(earlier) !== content) return deny("REFERENCE_TAKEN");
    if (earlier !== undefined) return say({ id: userOf(tenant, earlier).id, reference, replayed: true });
    const user = {
      tenant,
      type: "user",
      id: `usr_${ports.ids.ulid()}`,
      reference,
      status,
      person,
      ...(bankUserId !== undefined && { bankUserId }),
      sessionsFromMs: 0,
      createdAtMs: nowMs,
    } as const;
    const writes = [...openUser(user, pepper, person, content), ...also(user)];
    return { say: { id: user.id, reference, replayed: false }, writes };
  });
};

/** Only the clock tells whether a day is past; that it was not is a fault of the body's. */
const refuseUnborn = ({ dateOfBirth }: Person, nowMs: number): void => {
  if (dateOfBirth !== undefined && dateOfBirth >= utcDay(nowMs)) throw malformed("fields", "schema: dateOfBirth");
};

/** A digest of what is said of a person, normalised: an e-mail address in another case is the same. */
const contentOf = (pepper: Uint8Array, person: Person): string => {
  const { firstName, lastName, middleName, email, phone, dateOfBirth, address } = person;
  const lines = address && [
    address.country,
    address.countryCode,
    address.line1,
    address.line2,
    address.houseNumber,
    address.zip,
    address.city,
    address.formatted,
  ];
  const home = lines && lengthPrefixed(lines);
  const parts = [firstName, lastName, middleName, sameEmail(email), phone, dateOfBirth, home];
  return keyedDigest(pepper, "user content", lengthPrefixed(parts));
};
