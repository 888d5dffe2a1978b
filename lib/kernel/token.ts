/** Tokens that we sign ourselves: EdDSA JWTs (RFC 7519, 8037) for one purpose each, checked strictly. */
import { errors, importJWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { SECOND_MS } from "#kernel/time";

/** An Ed25519 key, as a JWK has it, and its name. */
export interface SignKey {
  readonly kid: string;
  /** The private key, base64url. */
  readonly d: string;
  /** The public key, base64url. */
  readonly x: string;
}

/** The first key signs; any of them verifies. */
export type SignRing = readonly [SignKey, ...SignKey[]];

/** What a token is for: nobody takes one for another's. */
export interface Purpose {
  readonly issuer: string;
  readonly audience: string;
  /** How many seconds a token of it lives at the most. */
  readonly lifeSeconds: number;
  /** Its tokens need not say `nbf`: then they hold from `iat` on. */
  readonly mayLackNotBefore?: true;
}

const ALGORITHM = "EdDSA";

/** How far ahead the clock of whoever signed may be. */
const NOT_BEFORE_LEEWAY_S = 5;

const jwkOf = ({ x }: SignKey) => ({ kty: "OKP", crv: "Ed25519", x });

/** Signs claims with the ring's first key; `iat` and `nbf` are now, `exp` is the purpose's life later. */
export const signToken = async (
  [first]: SignRing,
  { issuer, audience, lifeSeconds }: Purpose,
  claims: { readonly sub: string } & Readonly<Record<string, string>>,
  nowMs: number,
): Promise<string> => {
  const now = Math.floor(nowMs / SECOND_MS);
  const key = await importJWK({ ...jwkOf(first), d: first.d }, ALGORITHM);
  return new SignJWT({ ...claims, iss: issuer, aud: audience, iat: now, nbf: now, exp: now + lifeSeconds })
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT", kid: first.kid })
    .sign(key);
};

/** Whether a token has begun (of `iat` jose asks nothing), its end is still to come (jose's tolerance would be for both ends), and no farther from its beginning than it may be. */
const isLive = ({ iat = 0, exp = 0 }: JWTPayload, lifeSeconds: number, nowMs: number): boolean =>
  (iat - NOT_BEFORE_LEEWAY_S) * SECOND_MS <= nowMs && exp * SECOND_MS > nowMs && exp - iat <= lifeSeconds;

/** Whether each part is written in the one way that its bytes have: else one token could be sent in several spellings. */
const isCanonical = (token: string): boolean =>
  token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part);

/** The claims of a token that is ours, for this purpose and now; undefined for any other. */
export const verifyToken = async (
  ring: SignRing,
  { issuer, audience, lifeSeconds, mayLackNotBefore }: Purpose,
  token: string,
  nowMs: number,
): Promise<JWTPayload | undefined> => {
  if (!isCanonical(token)) return undefined;
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const known = ring.find((key) => key.kid === kid);
        if (known === undefined) throw new errors.JWKSNoMatchingKey();
        return importJWK(jwkOf(known), ALGORITHM);
      },
      {
        algorithms: [ALGORITHM],
        issuer,
        audience,
        typ: "JWT",
        requiredClaims: ["sub", "iat", "exp", ...(mayLackNotBefore ? [] : ["nbf"])],
        clockTolerance: NOT_BEFORE_LEEWAY_S,
        currentDate: new Date(nowMs),
      },
    );
    // jose takes an audience among others for the right one.
    return payload.aud === audience && isLive(payload, lifeSeconds, nowMs) ? payload : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};
