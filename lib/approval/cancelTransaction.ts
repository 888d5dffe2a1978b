/** approvals.md 2.4. */
import { statusCodes } from "#approval/approval";
import { stopApproval } from "#approval/approval.item";
import type { ChannelCaller } from "#approval/caller";
import { recordEvent } from "#approval/event";
import { decideOnOwn } from "#approval/outcome";
import type { Stands } from "#approval/reply";
import type { NameToken } from "#approval/wire";
import { refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import type { Verdict } from "#store/decide";

/** Cancels an approval that waits; one that is cancelled stays so, and any other end is told. */
export const cancelTransaction = ({ token }: NameToken, ports: Ports, { client }: ChannelCaller): Promise<Stands> =>
  decideOnOwn(ports, token, client, ({ approval, standing, writes }, nowMs): Verdict<Stands> => {
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
