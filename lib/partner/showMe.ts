/** sonect.md 2.5: the first call of the web SDK. */
import type { Me } from "#partner/sdk.wire";
import type { Session } from "#partner/session";
import type { Ports } from "#ports";

/** Tells whom a session is of, and how the partner is configured: all of which its token has found. */
export const showMe = async (_: unknown, _ports: Ports, { user, partner }: Session): Promise<Me> => ({
  user,
  configuration: partner.configuration,
});
