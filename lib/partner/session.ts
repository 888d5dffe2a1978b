/** The web SDK's session: a signed token of half an hour, which can be revoked (sonect.md 2.5). */
import { Refused, refuse } from "#kernel/refusal";
import { type Purpose, signToken, verifyToken } from "#kernel/token";
import { type Checkin, checkinOf, isCheckinId, SESSION_LIFE_SECONDS } from "#partner/checkin.item";
import type { Partner } from "#partner/partner";
import { findPartner } from "#partner/partner.item";
import type { User } from "#partner/user";
import { userOf } from "#partner/user.item";
import type { Ports } from "#ports";
import { checkinKey } from "#store/keys/partner";

/** What a token of ours says, before anybody has looked whether it still holds. */
export interface Token {
  readonly sid: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Who calls from the web SDK. */
export interface Session {
  readonly tenant: string;
  readonly partner: Partner;
  readonly user: User;
  readonly checkin: Checkin;
}

const purposeOf = (issuer: string): Purpose => ({
  issuer,
  audience: "tillgate-web-sdk",
  lifeSeconds: SESSION_LIFE_SECONDS,
});

/** Signs the token of a session that a check-in has begun. */
export const signSession = async (
  { secrets, origin }: Pick<Ports, "secrets" | "origin">,
  { id, partner, userId }: Checkin,
  tokenId: string,
  nowMs: number,
): Promise<string> => {
  const { sign } = await secrets();
  const claims = { sub: userId, pid: partner, sid: id, jti: tokenId };
  return signToken(sign, purposeOf(origin), claims, nowMs);
};

/** Reads a token; throws the refusal UNAUTHENTICATED for one that we have not signed for this, or whose time is over. */
export const tokenIn = async (ports: Ports, text: string | undefined): Promise<Token> => {
  const { sign } = await ports.secrets();
  const claims = text === undefined ? undefined : await verifyToken(sign, purposeOf(ports.origin), text, ports.clock());
  const { sid } = claims ?? {};
  if (claims === undefined || typeof sid !== "string" || !isCheckinId(sid))
    throw new Refused(refuse("UNAUTHENTICATED"));
  return { sid, claims };
};

/** The check-in that a token names, if the token is its very own and nobody has revoked it. */
const checkinOfToken = async ({ store }: Ports, { sid, claims }: Token): Promise<Checkin | undefined> => {
  const { jti, sub, pid } = claims;
  const [found] = await store.read([checkinKey(sid)]);
  const checkin = found && checkinOf(sid, found);
  const isOwn = checkin?.tokenId === jti && checkin?.userId === sub && checkin?.partner === pid;
  return isOwn && checkin?.revokedAtMs === undefined ? checkin : undefined;
};

/** The user of a check-in, unless it was signed out since. */
const userOfCheckin = async ({ store }: Ports, { tenant, userKey, begunAtMs }: Checkin): Promise<User | undefined> => {
  const [found] = await store.read([userKey]);
  const user = found && userOf(tenant, found);
  return user !== undefined && begunAtMs >= user.sessionsFromMs ? user : undefined;
};

/**
 * The session of a token; throws the refusal UNAUTHENTICATED for one that is not live, or whose user was signed out or
 * partner is suspended.
 */
export const sessionOf = async (ports: Ports, token: Token): Promise<Session> => {
  const checkin = await checkinOfToken(ports, token);
  const partner = checkin && (await findPartner(ports, checkin.tenant));
  const user = checkin && partner?.state === "active" ? await userOfCheckin(ports, checkin) : undefined;
  if (checkin === undefined || partner === undefined || user === undefined)
    throw new Refused(refuse("UNAUTHENTICATED"));
  return { tenant: checkin.tenant, partner, user, checkin };
};
