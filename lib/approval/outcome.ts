/** How an approval stands, for whoever has started it (approvals.md 2.4). */
import type { ApprovalState } from "#approval/approval";
import { isToken } from "#approval/fields";
import { findingOf, lookAt } from "#approval/look";
import { approvalIdOf } from "#approval/token";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { decideOn, deny, type Verdict } from "#store/decide";

/** The state of a client's approval; an end that is found is stored before it is told. Throws the refusal APPROVAL_UNKNOWN, also for another client's. */
export const outcomeOf = async (ports: Ports, token: string, client: string): Promise<ApprovalState> => {
  if (!isToken(token)) throw new Refused(refuse("APPROVAL_UNKNOWN"));
  const read = () => lookAt(ports, approvalIdOf(token));
  return decideOn(ports, read, (look, nowMs): Verdict<ApprovalState> => {
    const finding = findingOf(ports, look, nowMs);
    if (finding?.approval.client !== client) return deny("APPROVAL_UNKNOWN");
    return { say: finding.standing.state, writes: finding.writes };
  });
};
