/** What an operator does with identities of approvals (approvals.md 2.1, 7). */
import { CHANNELS_OWNER } from "#approval/channel";
import { digestOfIdentity, type Identity, isLocked, type Named, pausedUntilMs } from "#approval/identity";
import { identityOf, unlockIdentity as unlock } from "#approval/identity.item";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { identityKey } from "#store/keys/approval";

/** Whether activation codes can be issued and tried: pausing ends by itself, locking does not. */
export type Guard = "open" | "paused" | "locked";

/** An identity as it is shown. */
export interface ShownIdentity {
  readonly identity: Identity;
  readonly guard: Guard;
  /** When a pause is over. */
  readonly pausedUntilMs?: number;
  readonly nowMs: number;
}

/** An identity after it was unlocked; `changed` is false where it had nothing to be forgiven. */
export interface UnlockedIdentity {
  readonly identity: Identity;
  readonly changed: boolean;
}

const guardOf = (identity: Identity, nowMs: number): Pick<ShownIdentity, "guard" | "pausedUntilMs"> => {
  const untilMs = pausedUntilMs(identity);
  if (isLocked(identity)) return { guard: "locked" };
  return untilMs !== undefined && nowMs < untilMs ? { guard: "paused", pausedUntilMs: untilMs } : { guard: "open" };
};

const digestFor = async ({ secrets }: Pick<Ports, "secrets">, named: Named): Promise<string> =>
  digestOfIdentity((await secrets()).pepper, named);

/** An identity that a code was issued for; refuses IDENTITY_UNKNOWN. */
export const showIdentity = async (ports: Ports, named: Named): Promise<ShownIdentity> => {
  const digest = await digestFor(ports, named);
  const [found] = await ports.store.read([identityKey(digest)]);
  if (found === undefined) throw new Refused(refuse("IDENTITY_UNKNOWN"));
  const identity = identityOf(digest, found);
  const nowMs = ports.clock();
  return { identity, ...guardOf(identity, nowMs), nowMs };
};

/** Forgets an identity's failures, so that it is neither locked nor paused; refuses IDENTITY_UNKNOWN. In the audit it is its digest. */
export const unlockIdentity = async (
  ports: Ports,
  { actor, ...named }: Named & { readonly actor: string },
): Promise<UnlockedIdentity> => {
  const digest = await digestFor(ports, named);
  return decide(ports, [identityKey(digest)], ([found], atMs): Verdict<UnlockedIdentity> => {
    if (found === undefined) return deny("IDENTITY_UNKNOWN");
    const identity = identityOf(digest, found);
    if (identity.fails === 0n) return say({ identity, changed: false });
    const detail = { was: guardOf(identity, atMs).guard, failures: String(identity.fails) };
    const event = { owner: CHANNELS_OWNER, atMs, type: "identity.unlocked", actor, subject: digest, detail };
    return {
      say: { identity, changed: true },
      writes: [unlock(identity), record({ id: ports.ids.uuid(), ...event })],
    };
  });
};
