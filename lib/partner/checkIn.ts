/** sonect.md 2.5. */
import { isoInstant } from "#kernel/time";
import { beginCheckin, checkinIdOf, codeExpiry, urlOf } from "#partner/checkin.item";
import type { Local, PartnerCaller, Upstream } from "#partner/partner";
import type { CheckedIn } from "#partner/reply.wire";
import { askUpstream } from "#partner/upstream";
import type { User } from "#partner/user";
import { linkUser, userKeyOf, userOf } from "#partner/user.item";
import type { CheckIn } from "#partner/wire";
import type { Ports } from "#ports";
import { decide, deny, type Verdict } from "#store/decide";
import type { Write } from "#store/write";

/** Checks a user in: a URL that the partner opens for it, made here or by SONECT's own system. */
export const checkIn = (wish: CheckIn, ports: Ports, caller: PartnerCaller): Promise<CheckedIn> => {
  const { checkin } = caller.partner;
  return checkin.mode === "local" ? checkInHere(wish, ports, caller, checkin) : passOn(wish, ports, caller, checkin);
};

const checkInHere = async (
  { reference, data }: CheckIn,
  ports: Ports,
  { tenant, partner }: PartnerCaller,
  mode: Local,
): Promise<CheckedIn> => {
  const { pepper, seal } = await ports.secrets();
  const key = userKeyOf(tenant, pepper, "user", reference);
  return decide(ports, [key], ([found], nowMs): Verdict<CheckedIn> => {
    if (found === undefined) return deny("USER_UNKNOWN");
    const user = userOf(tenant, found);
    const link = linkOf(user, pepper, data?.bankUserId);
    if (link === undefined) return deny("LINK_CONFLICT");
    const code = ports.ids.secret();
    const id = checkinIdOf(pepper, code);
    return {
      say: { url: urlOf(mode, code), status: user.status, expiresAt: isoInstant(codeExpiry(nowMs)) },
      writes: [beginCheckin(seal, { id, partner, user, userKey: key, data: data?.kept, nowMs }), ...link],
    };
  });
};

/** What links a user as it is asked: nothing where it is linked so, undefined where it is linked otherwise. */
const linkOf = (user: User, pepper: Uint8Array, bankUserId: bigint | undefined): readonly Write[] | undefined => {
  if (bankUserId === undefined || user.bankUserId === bankUserId) return [];
  return user.bankUserId === undefined ? linkUser(user, pepper, bankUserId) : undefined;
};

/** SONECT is asked first: it may know users that we do not, and nobody is linked whom it refuses. */
const passOn = async (
  wish: CheckIn,
  ports: Ports,
  { tenant }: PartnerCaller,
  upstream: Upstream,
): Promise<CheckedIn> => {
  const url = await askUpstream(ports, tenant, upstream, wish);
  const { pepper } = await ports.secrets();
  return decide(ports, [userKeyOf(tenant, pepper, "user", wish.reference)], ([found]): Verdict<CheckedIn> => {
    const user = found && userOf(tenant, found);
    const link = user === undefined ? [] : linkOf(user, pepper, wish.data?.bankUserId);
    if (link === undefined) return deny("LINK_CONFLICT");
    return { say: { url, status: user?.status ?? "active", expiresAt: null }, writes: link };
  });
};
