/** approvals.md 4.2, /transactions/respond. */
import { type Approval, decided, isDecidedSo, mayDecide, statusCodes } from "#approval/approval";
import { decideApproval, stopApproval } from "#approval/approval.item";
import type { DeviceCaller } from "#approval/caller";
import { type Challenge, challengeOf, noteFraud, reserveDecision } from "#approval/challenge.item";
import { bindingCodeOf } from "#approval/code";
import type { Device } from "#approval/device";
import { checkActive } from "#approval/device.item";
import type { Respond } from "#approval/device.wire";
import { type EventType, recordEvent } from "#approval/event";
import { type Evidence, proofOf, verifyDecision } from "#approval/evidence";
import { isToken } from "#approval/fields";
import { findLimits, type Limits } from "#approval/limits";
import { type Found, findingOf, lookAt } from "#approval/look";
import type { DecidedSo } from "#approval/reply";
import { approvalIdOf } from "#approval/token";
import { sameBytes } from "#kernel/crypto";
import { Refused, refuse } from "#kernel/refusal";
import { DAY_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { decideOn, deny, reserve, say, type Verdict } from "#store/decide";
import { amountIn } from "#store/field";
import { challengeKey } from "#store/keys/approval";
import type { Write } from "#store/write";

/** How long a device may still report as fraud what had been decided (approvals.md 4.2). */
const FRAUD_REPORTED_MS = DAY_MS;

/** Decides what was listed: a try is counted before anything is verified, and the first decision in time wins. */
export const respond = async (wish: Respond, ports: Ports, { device }: DeviceCaller): Promise<DecidedSo> => {
  if (!isToken(wish.token)) throw new Refused(refuse("APPROVAL_UNKNOWN"));
  const { pepper } = await ports.secrets();
  const limits = await findLimits(ports);
  const id = approvalIdOf(wish.token);
  const read = () => lookAt(ports, id, challengeKey(id, device.ownerKey));
  let tried: Promise<Tried> | undefined;
  return decideOn(ports, read, async (look, nowMs): Promise<Verdict<DecidedSo>> => {
    const finding = findingOf(ports, look, nowMs);
    const challenge = look.beside[0] && challengeOf(look.beside[0]);
    if (finding === undefined || challenge === undefined || !mayDecide(finding.approval, device))
      return deny("APPROVAL_UNKNOWN");
    const { approval, standing } = finding;
    const asked: Asked = { wish, device, approval, challenge, ports, limits };
    // What was tried once is not tried again because somebody else was quicker.
    if (tried === undefined) {
      if (standing.state !== "waiting") return judgeLate(asked, finding, nowMs);
      const why = whyMalformed(asked);
      if (why !== undefined) return deny("MALFORMED", { at: "fields", why });
      tried = tryOnce(asked, pepper);
    }
    const outcome = await tried;
    if (outcome.evidence !== undefined && standing.state !== "waiting") return judgeLate(asked, finding, nowMs);
    return outcome.evidence === undefined ? judgeBad(asked, finding, outcome) : accept(asked, outcome.evidence);
  });
};

interface Asked {
  readonly wish: Respond;
  readonly device: Device;
  readonly approval: Approval;
  readonly challenge: Challenge;
  readonly ports: Ports;
  readonly limits: Limits;
}

const verify = ({ approval, device, challenge, wish }: Asked): Evidence | undefined =>
  verifyDecision(approval, device, challenge.text, wish);

/** A binding code is for approving what asks for it, and for nothing else: what only the approval's row can tell. */
const whyMalformed = ({ approval: { isBound }, wish: { decision, bindingCode } }: Asked): string | undefined => {
  if (isBound && decision === "approve") return bindingCode === undefined ? "no binding code" : undefined;
  return bindingCode === undefined ? undefined : "a binding code that nothing asks for";
};

/** What came of a try: what proves the decision, or nothing; and which try of the device's it was, none where there was none left. */
interface Tried {
  readonly nth: bigint | undefined;
  readonly evidence?: Evidence;
}

/** Reserves a try (W5), and only then verifies. */
const tryOnce = async (asked: Asked, pepper: Uint8Array): Promise<Tried> => {
  const { approval, device, wish, limits } = asked;
  const reserved = await reserve(asked.ports, () =>
    reserveDecision(approval.id, device.ownerKey, limits.decisionTries),
  );
  if (!reserved.done) return { nth: undefined };
  const nth = amountIn(reserved.after, "tries");
  const evidence = verify(asked);
  const code = bindingCodeOf(pepper, approval.token);
  const isBound = wish.decision !== "approve" || !approval.isBound || sameBytes(code, wish.bindingCode ?? "");
  return evidence !== undefined && isBound ? { nth, evidence } : { nth };
};

const tell = (
  { ports, device, approval }: Asked,
  type: EventType,
  detail: Readonly<Record<string, string>>,
  nowMs: number,
) => recordEvent(ports, { type, actor: device.ownerKey, subject: approval.token, detail }, nowMs);

/** The first decision that is signed, in time (W6). */
const accept = (asked: Asked, evidence: Evidence): Verdict<DecidedSo> => {
  const { approval, device, ports, wish } = asked;
  // The try was a commit of its own: time has passed.
  const nowMs = ports.clock();
  return {
    say: { status: statusCodes[decided[wish.decision]], decidedAtMs: nowMs, serverTimeMs: nowMs },
    writes: [
      ...decideApproval(approval, evidence, nowMs),
      checkActive(device.ownerKey),
      tell(asked, "transaction.decided", proofOf(approval, asked.challenge.text, evidence), nowMs),
    ],
  };
};

/** A decision that is not the device's, or one too many: the fifth ends the approval. */
const judgeBad = (asked: Asked, { approval, standing, writes: ends }: Found, { nth }: Tried): Verdict<DecidedSo> => {
  const nowMs = asked.ports.clock();
  const isLast = nth === undefined || nth >= asked.limits.decisionTries;
  const stops = isLast && standing.state === "waiting";
  const stopped = stops
    ? [
        ...stopApproval(approval, "badDecisions", nowMs),
        tell(asked, "transaction.failed", { cause: "badDecisions" }, nowMs),
      ]
    : ends;
  const status = statusCodes[stops ? "failed" : standing.state];
  if (nth === undefined) return { say: refuse("APPROVAL_OVER", { status }), writes: stopped };
  const { decision } = asked.wish;
  return {
    say: refuse("DECISION_REFUSED"),
    writes: [...stopped, tell(asked, "transaction.refused", { decision }, nowMs)],
  };
};

/** What is said of an approval that has ended: a repeated decision is answered as the first was. */
const judgeLate = (asked: Asked, { approval, standing, writes }: Found, nowMs: number): Verdict<DecidedSo> => {
  const { wish, device } = asked;
  const status = statusCodes[standing.state];
  if (isDecidedSo(approval, device.ownerKey, wish.decision) && approval.endedAtMs !== undefined)
    return say({ status, decidedAtMs: approval.endedAtMs, serverTimeMs: nowMs });
  const code = standing.state === "expired" ? "APPROVAL_EXPIRED" : "APPROVAL_OVER";
  return { say: refuse(code, { status }), writes: [...writes, ...reportFraud(asked, nowMs)] };
};

/** A device that has signed that what was decided was fraud is heard, once. */
const reportFraud = (asked: Asked, nowMs: number): readonly Write[] => {
  const { wish, approval, challenge, device } = asked;
  const { decidedBy, endedAtMs = 0 } = approval;
  if (wish.decision !== "fraud" || decidedBy === undefined || nowMs >= endedAtMs + FRAUD_REPORTED_MS) return [];
  if (challenge.fraudAtMs !== undefined || verify(asked) === undefined) return [];
  return [noteFraud(approval.id, device.ownerKey, nowMs), tell(asked, "transaction.fraud", {}, nowMs)];
};
