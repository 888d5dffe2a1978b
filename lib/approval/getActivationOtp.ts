/** approvals.md 2.1. */
import { CODE_DIGITS, macOfCode } from "#approval/code";
import { canGoOn, digestOfIdentity, type Identity, ISSUE_WINDOW_MS, isLocked, pausedUntilMs } from "#approval/identity";
import { identityOf, issueCode } from "#approval/identity.item";
import { findLimits } from "#approval/limits";
import type { IdentityName } from "#approval/wire";
import { SECOND_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { decide, deny, type Verdict } from "#store/decide";
import { identityKey } from "#store/keys/approval";

/** Issues the code by which a device of an identity is activated; the one before is void. The customer need not exist. */
export const getActivationOtp = async (named: IdentityName, ports: Ports): Promise<{ readonly otp: string }> => {
  const { pepper } = await ports.secrets();
  const { codesIssued, codeSeconds } = await findLimits(ports);
  const digest = digestOfIdentity(pepper, named);
  return decide(ports, [identityKey(digest)], ([found], nowMs): Verdict<{ readonly otp: string }> => {
    const identity = found && identityOf(digest, found);
    if (identity && isLocked(identity)) return deny("IDENTITY_LOCKED");
    const waitMs = identity ? closedUntilMs(identity, codesIssued) - nowMs : 0;
    if (waitMs > 0) return deny("RATE_LIMITED", { retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) });
    const otp = ports.ids.digits(CODE_DIGITS);
    const issued = { digest, named, codeId: ports.ids.uuid(), codeMac: macOfCode(pepper, { ...named, otp }) };
    const lifts = identity !== undefined && canGoOn(identity, nowMs);
    return { say: { otp }, writes: [issueCode(issued, identity, { nowMs, lifts, lifeMs: codeSeconds * SECOND_MS })] };
  });
};

/** Until when no code is issued: while the identity pauses, and once there were too many. */
const closedUntilMs = (identity: Identity, mostIssued: number): number => {
  const hadItsFill = identity.issueCount >= mostIssued;
  return Math.max(pausedUntilMs(identity) ?? 0, hadItsFill ? identity.issueStartAtMs + ISSUE_WINDOW_MS : 0);
};
