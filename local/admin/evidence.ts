/** Whether a stored decision proves itself: the device's key has signed a frame that says what the approval says (approvals.md 3, 8). */
import { type Approval, typeOf } from "#approval/approval";
import type { Device } from "#approval/device";
import type { SignedDecision } from "#approval/evidence";
import { frame, isSignedBy, sha256 } from "#approval/signature";

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

/** The fields of a frame, each with its length. */
const fieldsIn = (framed: Buffer): readonly Buffer[] => {
  const fields: Buffer[] = [];
  let at = 0;
  while (at + LENGTH_BYTES <= framed.length) {
    const end = at + LENGTH_BYTES + framed.readUInt32BE(at);
    fields.push(framed.subarray(at, end));
    at = end;
  }
  return fields;
};

const shaOf = (publicKey: string): string => Buffer.from(sha256(Buffer.from(publicKey, "base64"))).toString("base64");

const keyOf = ({ publicKey, approvalKey }: Device, keySha: string): Pick<Verified, "key" | "publicKey"> => {
  if (shaOf(publicKey) === keySha) return { key: "device key", publicKey };
  const isApproval = approvalKey !== undefined && shaOf(approvalKey) === keySha;
  return isApproval ? { key: "approval key", publicKey: approvalKey } : { key: undefined, publicKey: undefined };
};

/** The fields that the approval itself tells, in their order: all but the challenge, which comes before the decision. */
const toldBy = (approval: Approval, { ownerKey, decision }: SignedDecision): readonly [Uint8Array, Uint8Array] => [
  frame("decision", [
    ownerKey,
    approval.token,
    typeOf(approval),
    approval.name,
    Buffer.from(approval.contentSha, "base64"),
    approval.expiresAtMs,
  ]),
  frame("decision", [decision]),
];

/** How many fields stand before the challenge, and where the decision is. */
const BEFORE_CHALLENGE = 8;
const DECISION_AT = 9;
const DECISION_ALONE = 2;

const saysTheSame = (approval: Approval, stored: SignedDecision): boolean => {
  const fields = fieldsIn(Buffer.from(stored.framed, "base64"));
  const [before, decision] = toldBy(approval, stored);
  const decided = fieldsIn(Buffer.from(decision))[DECISION_ALONE];
  return (
    Buffer.concat(fields.slice(0, BEFORE_CHALLENGE)).equals(before) &&
    decided !== undefined &&
    (fields[DECISION_AT]?.equals(decided) ?? false)
  );
};

/** Verifies what was stored of a decision, by the keys of the device that is named. */
export const verifyStored = (approval: Approval, stored: SignedDecision, device: Device | undefined): Verified => {
  const found = device === undefined ? { key: undefined, publicKey: undefined } : keyOf(device, stored.keySha);
  const { framed, signature } = stored;
  const [bytes, signed] = [framed, signature].map((text) => Buffer.from(text, "base64"));
  const isSigned =
    device !== undefined &&
    found.publicKey !== undefined &&
    isSignedBy(found.publicKey, device.format, bytes ?? Buffer.alloc(0), signed ?? Buffer.alloc(0));
  const isRightKey = stored.decision !== "approve" || device?.approvalKey === undefined || found.key === "approval key";
  return {
    ...found,
    troubles: [
      ...(found.publicKey === undefined ? ["its key is none of the device's"] : []),
      ...(isRightKey ? [] : ["it is approved, but not by the approval key"]),
      ...(isSigned ? [] : ["its signature does not verify"]),
      ...(saysTheSame(approval, stored) ? [] : ["what was signed is not what the approval says"]),
    ],
  };
};
