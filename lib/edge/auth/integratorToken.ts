/** A bank's own system proves itself by its token, in `X-Auth-Token` or as a bearer (sonect.md 4). */
import { bearerIn } from "#edge/auth/bearer";
import type { Caller, Headers, Scheme } from "#edge/contract";
import { Refused, refuse } from "#kernel/refusal";
import { findTenantOfToken } from "#party/integrator";

/** The longest token that is looked at; ours have 43 characters. */
const LONGEST_TOKEN = 512;

/** The token of a request; two that differ are none. */
const tokenIn = (headers: Headers): string | undefined => {
  const own = headers["x-auth-token"]?.trim() || undefined;
  const bearer = bearerIn(headers, LONGEST_TOKEN);
  if (headers.authorization?.trim() && bearer === undefined) return undefined;
  if (own !== undefined && bearer !== undefined && own !== bearer) return undefined;
  return own ?? bearer;
};

/** The caller is the tenant that the token was made for. */
export const integratorToken: Scheme<Caller> = {
  name: "integratorToken",
  openapi: [
    { type: "apiKey", in: "header", name: "X-Auth-Token" },
    { type: "http", scheme: "bearer" },
  ],
  authenticate: async ({ headers }, ports) => {
    const token = tokenIn(headers);
    const tenant = token && token.length <= LONGEST_TOKEN ? await findTenantOfToken(ports, token) : undefined;
    if (tenant === undefined) throw new Refused(refuse("UNAUTHENTICATED"));
    return { tenant };
  },
};
