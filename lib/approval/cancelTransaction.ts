/** approvals.md 2.4. */
import { statusCodes } from "#approval/approval";
import { stopApproval } from "#approval/approval.item";
import type { ChannelCaller } from "#approval/caller";
import { recordEvent } from "#approval/event";
import { isToken } from "#approval/fields";
import { findingOf, lookAt } from "#approval/look";
import type { Stands } from "#approval/reply";
import { approvalIdOf } from "#approval/token";
import type { NameToken } from "#approval/wire";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { decideOn, deny, type Verdict } from "#store/decide";

/** Cancels an approval that waits; one that is cancelled stays so, and any other end is told. */
export const cancelTransaction = async (
  { token }: NameToken,
  ports: Ports,
  { client }: ChannelCaller,
): Promise<Stands> => {
  if (!isToken(token)) throw new Refused(refuse("APPROVAL_UNKNOWN"));
  const read = () => lookAt(ports, approvalIdOf(token));
  return decideOn(ports, read, (look, nowMs): Verdict<Stands> => {
    const finding = findingOf(ports, look, nowMs);
    if (finding?.approval.client !== client) return deny("APPROVAL_UNKNOWN");
    const { approval, standing, writes } = finding;
    const cancelled = { status: statusCodes.cancelled };
    if (standing.state === "cancelled") return { say: cancelled, writes };
    if (standing.state !== "waiting")
      return { say: refuse("APPROVAL_OVER", { status: statusCodes[standing.state] }), writes };
    const event = { type: "transaction.cancelled", actor: client, subject: token, detail: { cause: "asked" } } as const;
    return {
      say: cancelled,
      writes: [...stopApproval(approval, "asked", nowMs), recordEvent(ports, event, nowMs)],
    };
  });
};
