/** sonect.md 2.5: the first call of the web SDK. */
import type { Me } from "#partner/sdk.wire";
import { sessionOf, type Token } from "#partner/session";
import type { Ports } from "#ports";

/** Tells whom a session is of, and how the partner is configured; refuses UNAUTHENTICATED where the session is over. */
export const showMe = async (_: unknown, ports: Ports, token: Token): Promise<Me> => {
  const { user, partner } = await sessionOf(ports, token);
  return { user, configuration: partner.configuration };
};
