/** An approval in the table, and the conditional writes that start and end it (approvals.md 6, W4, W6, W7, W8). */
import { type Approval, type ApprovalState, causes, type Ends, type Standing } from "#approval/approval";
import { approvalMachine } from "#approval/approval.machine";
import { checkUnremoved } from "#approval/device.item";
import type { Evidence, SignedDecision } from "#approval/evidence";
import { dropSlot } from "#approval/pending.item";
import { checkGeneration } from "#approval/scope.item";
import { canMove, type MoveOf } from "#kernel/machine";
import { Fault } from "#kernel/refusal";
import { secondsOf } from "#kernel/time";
import { above, absent, equals } from "#store/condition";
import { defined, integerIn, maybeTextIn, maybeTimeIn, textIn, timeIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { approvalContentKey, approvalKey } from "#store/keys/approval";
import { dueAt, dueFields } from "#store/table";
import { put, type Rule, update, type Write } from "#store/write";

const states = Object.keys(approvalMachine.states) as readonly ApprovalState[];

/** An approval out of its item. */
export const approvalOf = (id: string, item: Item): Approval => ({
  id,
  token: textIn(item, "token"),
  client: textIn(item, "client"),
  identity: textIn(item, "identity"),
  name: textIn(item, "name"),
  contentSha: textIn(item, "contentSha"),
  createdAtMs: timeIn(item, "createdAtMs"),
  expiresAtMs: timeIn(item, "expiresAtMs"),
  keptUntilMs: timeIn(item, "keptUntilMs"),
  generation: integerIn(item, "generation"),
  devSeq: integerIn(item, "devSeq"),
  isBound: item.isBound === true,
  state: wordIn(item, "state", states),
  ...defined({
    device: maybeTextIn(item, "device"),
    cause: item.cause === undefined ? undefined : wordIn(item, "cause", causes),
    decidedBy: maybeTextIn(item, "decidedBy"),
    endedAtMs: maybeTimeIn(item, "endedAtMs"),
  }),
});

/** The writes that start an approval: due at its deadline, and beside it what it is about. A taken token is stale: another is drawn. */
export const beginApproval = (approval: Approval, content: string): readonly Write[] => {
  const { id, cause: _, decidedBy: __, endedAtMs: ___, createdAtMs, expiresAtMs, keptUntilMs, ...fields } = approval;
  const key = approvalKey(id);
  const ttl = secondsOf(keptUntilMs);
  const item: Item = {
    ...fields,
    createdAtMs: BigInt(createdAtMs),
    expiresAtMs: BigInt(expiresAtMs),
    keptUntilMs: BigInt(keptUntilMs),
    ...dueAt(key, expiresAtMs),
    ttl,
  };
  return [put(key, item, [[absent(), "stale"]]), put(approvalContentKey(id), { content, ttl }, [[absent(), "stale"]])];
};

type Ending = Exclude<MoveOf<typeof approvalMachine>, "start">;

/** The writes that every end has: the approval moves if it still waits, is no longer due, and its slot is free. */
const end = (approval: Approval, move: Ending, set: Item, when: readonly Rule[]): readonly Write[] => {
  if (!canMove(approvalMachine, move, approval.state))
    throw new Fault(`no approval that is ${approval.state} can ${move}`);
  const { to } = approvalMachine.moves[move];
  return [
    update(approvalKey(approval.id), { set: { ...set, state: to }, remove: dueFields }, [
      [equals("state", "waiting"), "stale"],
      ...when,
    ]),
    dropSlot(approval),
  ];
};

const inTime = (nowMs: number): Rule => [above("expiresAtMs", BigInt(nowMs)), "stale"];

/** The writes by which a device decides, in time, unless a later start has cancelled (W6). */
export const decideApproval = (approval: Approval, evidence: Evidence, nowMs: number): readonly Write[] => {
  const { decision, ownerKey, framed, signature, keySha, reason } = evidence;
  const set: Item = {
    endedAtMs: BigInt(nowMs),
    decidedBy: ownerKey,
    frame: framed,
    signature,
    keySha,
    ...(reason !== undefined && { reason }),
  };
  return [...end(approval, decision, set, [inTime(nowMs)]), checkGeneration(approval, approval.generation)];
};

/** The writes that end an approval that waits, in time, unless a later start has cancelled: somebody has asked for it, or it cannot go on (W7). */
export const stopApproval = (
  approval: Approval,
  cause: "asked" | "badDecisions" | "content",
  nowMs: number,
): readonly Write[] => [
  ...end(approval, cause === "asked" ? "cancel" : "fail", { cause, endedAtMs: BigInt(nowMs) }, [inTime(nowMs)]),
  checkGeneration(approval, approval.generation),
];

const decisionFor = { approved: "approve", rejected: "reject", fraud: "fraud" } as const;

/** How an approval was decided, out of its item; undefined where no device has decided. */
export const storedDecisionIn = (item: Item): SignedDecision | undefined => {
  const state = wordIn(item, "state", states);
  if (state !== "approved" && state !== "rejected" && state !== "fraud") return undefined;
  return {
    decision: decisionFor[state],
    ownerKey: textIn(item, "decidedBy"),
    framed: textIn(item, "frame"),
    signature: textIn(item, "signature"),
    keySha: textIn(item, "keySha"),
    reason: maybeTextIn(item, "reason"),
  };
};

const moveFor = { superseded: "supersede", deviceRemoved: "orphan", expired: "expire" } as const;

/** The checks that nothing has cancelled an approval in time that the reading has not shown. */
const checkUncancelled = (approval: Approval, { supersededAtMs, removedAtMs }: Ends): readonly Write[] => [
  ...(supersededAtMs === undefined ? [checkGeneration(approval, approval.generation)] : []),
  ...(approval.device === undefined || removedAtMs !== undefined ? [] : [checkUnremoved(approval.device)]),
];

/**
 * The writes that store an end which has come without anybody's writing it down (W8). That a time is over says nothing of
 * whether it was cancelled before: what the reading has not shown must not have come since.
 */
export const storeEnd = (approval: Approval, { state, cause, endedAtMs }: Standing, seen: Ends): readonly Write[] => {
  const move = cause !== undefined && cause in moveFor ? moveFor[cause as keyof typeof moveFor] : undefined;
  if (move === undefined || cause === undefined || endedAtMs === undefined)
    throw new Fault(`an approval is not ${state} by itself`);
  const isLate = move === "expire";
  return [
    ...end(approval, move, { cause, endedAtMs: BigInt(endedAtMs) }, []),
    ...(isLate ? checkUncancelled(approval, seen) : []),
  ];
};
