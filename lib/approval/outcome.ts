/** How an approval stands, for whoever has started it (approvals.md 2.4). */
import type { ApprovalState } from "#approval/approval";
import { isToken } from "#approval/fields";
import { type Found, findingOf, lookAt } from "#approval/look";
import { approvalIdOf } from "#approval/token";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { decideOn, deny, type Verdict } from "#store/decide";

/** Lets a judge decide on a client's own approval as it stands. Throws the refusal APPROVAL_UNKNOWN, also for another client's. */
export const decideOnOwn = async <Said>(
  ports: Ports,
  token: string,
  client: string,
  judge: (finding: Found, nowMs: number) => Verdict<Said>,
): Promise<Said> => {
  if (!isToken(token)) throw new Refused(refuse("APPROVAL_UNKNOWN"));
  const read = () => lookAt(ports, approvalIdOf(token));
  return decideOn(ports, read, (look, nowMs): Verdict<Said> => {
    const finding = findingOf(ports, look, nowMs);
    return finding?.approval.client === client ? judge(finding, nowMs) : deny("APPROVAL_UNKNOWN");
  });
};

/** The state of a client's approval; an end that is found is stored before it is told. Throws the refusal APPROVAL_UNKNOWN, also for another client's. */
export const outcomeOf = (ports: Ports, token: string, client: string): Promise<ApprovalState> =>
  decideOnOwn(ports, token, client, ({ standing, writes }) => ({ say: standing.state, writes }));
