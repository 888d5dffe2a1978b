/** An approval: what somebody is asked to confirm on a device, by whom, and how it stands at an instant (approvals.md 2.3, 5). Pure. */
import type { approvalMachine } from "#approval/approval.machine";

/** A state of an approval. */
export type ApprovalState = keyof (typeof approvalMachine)["states"];

/** The numbers by which the protocol knows the states (approvals.md 2.4). */
export const statusCodes = {
  rejected: 0,
  approved: 1,
  waiting: 2,
  failed: 3,
  expired: 4,
  fraud: 5,
  cancelled: 6,
} as const satisfies Record<ApprovalState, number>;

/** What a device may decide. */
export const decisions = ["approve", "reject", "fraud"] as const;

/** A decision of a device's. */
export type Decision = (typeof decisions)[number];

/** The state that a decision leads to. */
export const decided = { approve: "approved", reject: "rejected", fraud: "fraud" } as const satisfies Record<
  Decision,
  ApprovalState
>;

/** Why a device has decided against (approvals.md 4.2). */
export const reasons = ["UNKNOWN", "INCORRECT_DATA", "UNEXPECTED_OPERATION"] as const;

/** Why an approval has ended otherwise than by a decision. */
export const causes = ["asked", "superseded", "deviceRemoved", "expired", "badDecisions", "content"] as const;

/** Such a cause. */
export type Cause = (typeof causes)[number];

/** Whom an approval is for: one device, or whatever device of the identity. */
export interface Owner {
  /** The identity's digest. */
  readonly identity: string;
  /** The OwnerKey of the one device that may decide (type 1); absent where any of the identity's may (type 2). */
  readonly device?: string;
}

/** An approval. */
export interface Approval extends Owner {
  /** What the table and the log know it by: a digest of its token. */
  readonly id: string;
  readonly token: string;
  /** The API client, which is the channel, that has started it. */
  readonly client: string;
  readonly name: string;
  /** SHA-256 of the content, Base64. */
  readonly contentSha: string;
  readonly createdAtMs: number;
  /** From this instant it can no longer be decided. */
  readonly expiresAtMs: number;
  /** From this instant it can no longer be read. */
  readonly keptUntilMs: number;
  /** The generation of its client and owner that it belongs to: the next one cancels it. */
  readonly generation: bigint;
  /** How many devices the identity had had when it was started; later ones may not decide. */
  readonly devSeq: bigint;
  /** Whether approving takes a code that the initiator shows. */
  readonly isBound: boolean;
  readonly state: ApprovalState;
  readonly cause?: Cause;
  readonly decidedBy?: string;
  readonly endedAtMs?: number;
}

/** `TransactionType` as the protocol has it: 1 for one device, 2 for any of the identity's. */
export const typeOf = ({ device }: Owner): 1 | 2 => (device === undefined ? 2 : 1);

/** What has been found that ends an approval without its own row saying so. */
export interface Ends {
  /** When a later start of the same client and owner has cancelled it. */
  readonly supersededAtMs?: number | undefined;
  /** When the one device that may decide was removed. */
  readonly removedAtMs?: number | undefined;
}

/** How an approval stands. */
export interface Standing {
  readonly state: ApprovalState;
  readonly cause?: Cause;
  readonly endedAtMs?: number;
}

/** How an approval stands at an instant, whatever its row says (approvals.md 5, effective status). */
export const standingAt = (approval: Approval, { supersededAtMs, removedAtMs }: Ends, nowMs: number): Standing => {
  if (approval.state !== "waiting") return approval;
  const { expiresAtMs } = approval;
  const cancelledAtMs = Math.min(supersededAtMs ?? Number.POSITIVE_INFINITY, removedAtMs ?? Number.POSITIVE_INFINITY);
  if (cancelledAtMs < expiresAtMs) {
    const cause = cancelledAtMs === supersededAtMs ? "superseded" : "deviceRemoved";
    return { state: "cancelled", cause, endedAtMs: cancelledAtMs };
  }
  return nowMs >= expiresAtMs ? { state: "expired", cause: "expired", endedAtMs: expiresAtMs } : { state: "waiting" };
};

/** Whether an approval can still be read; the table forgets it some time later. */
export const isKept = ({ keptUntilMs }: Approval, nowMs: number): boolean => nowMs < keptUntilMs;

/** Whether a device may decide: the one that is named, or one of the identity's that was there before the start. */
export const mayDecide = (
  { device, identity, devSeq }: Owner & { readonly devSeq: bigint },
  by: { readonly ownerKey: string; readonly identity: string; readonly seq: bigint },
): boolean => (device === undefined ? identity === by.identity && by.seq <= devSeq : device === by.ownerKey);

/** Whether an approval has ended by this decision of this device. */
export const isDecidedSo = ({ decidedBy, state }: Approval, ownerKey: string, decision: Decision): boolean =>
  decidedBy === ownerKey && state === decided[decision];
