/** Whether a stored decision proves itself: the device's key has signed a frame that says what the approval says (approvals.md 3, 8). */
import { type Approval, typeOf } from "#approval/approval";
import type { Device } from "#approval/device";
import type { SignedDecision } from "#approval/evidence";
import { decisionFrame, isSignedBy, sha256 } from "#approval/signature";

/** What was found. */
export interface Verified {
  /** Which of the device's keys has signed; undefined where none of them is the one that is named. */
  readonly key: "device key" | "approval key" | undefined;
  /** Base64 of its 91 bytes. */
  readonly publicKey: string | undefined;
  /** What does not hold; nothing where all is well. */
  readonly troubles: readonly string[];
}

const LENGTH_BYTES = 4;

/** Which field of a decision's frame is the challenge (approvals.md 3), the one that the approval itself does not tell. */
const CHALLENGE_AT = 8;

/** The challenge in a frame: whatever stands in its place, as all else is compared. */
const challengeIn = (framed: Buffer): string => {
  let at = 0;
  for (let field = 0; field < CHALLENGE_AT && at + LENGTH_BYTES <= framed.length; field++)
    at += LENGTH_BYTES + framed.readUInt32BE(at);
  if (at + LENGTH_BYTES > framed.length) return "";
  const start = at + LENGTH_BYTES;
  return framed.toString("utf8", start, start + framed.readUInt32BE(at));
};

const shaOf = (publicKey: string): string => Buffer.from(sha256(Buffer.from(publicKey, "base64"))).toString("base64");

const keyOf = ({ publicKey, approvalKey }: Device, keySha: string): Pick<Verified, "key" | "publicKey"> => {
  if (shaOf(publicKey) === keySha) return { key: "device key", publicKey };
  const isApproval = approvalKey !== undefined && shaOf(approvalKey) === keySha;
  return isApproval ? { key: "approval key", publicKey: approvalKey } : { key: undefined, publicKey: undefined };
};

/** Whether these bytes are what the device had to sign to decide so, byte for byte. */
const saysTheSame = (approval: Approval, { ownerKey, decision, framed }: SignedDecision, boundTo: string): boolean => {
  const bytes = Buffer.from(framed, "base64");
  const { token, name, contentSha, expiresAtMs, isBound } = approval;
  const bindingCode = isBound && decision === "approve" ? boundTo : undefined;
  const listed = { token, type: typeOf(approval), name, contentSha, expiresAtMs, challenge: challengeIn(bytes) };
  return bytes.equals(decisionFrame({ ownerKey, ...listed, decision, bindingCode }));
};

/** Verifies what was stored of a decision, by the keys of the device that is named; `boundTo` is the approval's binding code. */
export const verifyStored = (
  approval: Approval,
  stored: SignedDecision,
  device: Device | undefined,
  boundTo: string,
): Verified => {
  const found = device === undefined ? { key: undefined, publicKey: undefined } : keyOf(device, stored.keySha);
  const framed = Buffer.from(stored.framed, "base64");
  const signature = Buffer.from(stored.signature, "base64");
  const isSigned =
    device !== undefined &&
    found.publicKey !== undefined &&
    isSignedBy(found.publicKey, device.format, framed, signature);
  const isRightKey = stored.decision !== "approve" || device?.approvalKey === undefined || found.key === "approval key";
  return {
    ...found,
    troubles: [
      ...(found.publicKey === undefined ? ["its key is none of the device's"] : []),
      ...(isRightKey ? [] : ["it is approved, but not by the approval key"]),
      ...(isSigned ? [] : ["its signature does not verify"]),
      ...(saysTheSame(approval, stored, boundTo) ? [] : ["what was signed is not what the approval says"]),
    ],
  };
};
