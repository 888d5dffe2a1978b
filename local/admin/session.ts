/** How an operator ends a session of the web SDK before its time (sonect.md 2.5). */
import { checkinOf, revokeSession as revoke } from "#partner/checkin.item";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { checkinKey } from "#store/keys/partner";

/** A session that is over; `changed` is false where it was already. */
export interface RevokedSession {
  readonly tenant: string;
  readonly session: string;
  readonly changed: boolean;
}

/** Ends a session, or the one that a check-in's code would begin; refuses SESSION_UNKNOWN. */
export const revokeSession = (
  ports: Ports,
  { session, actor }: { readonly session: string; readonly actor: string },
): Promise<RevokedSession> =>
  decide(ports, [checkinKey(session)], ([found], atMs): Verdict<RevokedSession> => {
    if (found === undefined) return deny("SESSION_UNKNOWN");
    const { tenant, userId, revokedAtMs } = checkinOf(session, found);
    if (revokedAtMs !== undefined) return say({ tenant, session, changed: false });
    const event = { owner: tenant, atMs, type: "session.revoked", actor, subject: userId, detail: { session } };
    return {
      say: { tenant, session, changed: true },
      writes: [revoke({ id: session }, atMs), record({ id: ports.ids.uuid(), ...event })],
    };
  });
