/** The proof that a device has decided: made of its verified signature only, so that nothing else can decide (approvals.md 4.2, 8). */
import { type Approval, type Decision, typeOf } from "#approval/approval";
import type { Device } from "#approval/device";
import { decisionFrame, isSignedBy, sha256 } from "#approval/signature";

declare const verified: unique symbol;

/** What a device has decided, and what it has signed. */
export interface SignedDecision {
  readonly decision: Decision;
  readonly ownerKey: string;
  /** The bytes that were signed, Base64; as are the signature, and the SHA-256 of the key that has signed. */
  readonly framed: string;
  readonly signature: string;
  readonly keySha: string;
  readonly reason?: string | undefined;
}

/** The same whose signature was verified just now. Only `verifyDecision` makes it, and nothing else decides. */
export type Evidence = SignedDecision & { readonly [verified]: true };

/** What a device says that it has decided. */
export interface Claim {
  readonly decision: Decision;
  /** Base64. */
  readonly signature: string;
  readonly bindingCode?: string | undefined;
  readonly reason?: string | undefined;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** The evidence, if the device's key for this decision has signed what was stored, not what was sent; else undefined. */
export const verifyDecision = (
  approval: Approval,
  { ownerKey, approvalKey, publicKey, format }: Device,
  challenge: string,
  { decision, signature, bindingCode, reason }: Claim,
): Evidence | undefined => {
  const { token, name, contentSha, expiresAtMs } = approval;
  const type = typeOf(approval);
  const said = { ownerKey, token, type, name, contentSha, expiresAtMs, challenge, decision, bindingCode };
  const framed = decisionFrame(said);
  const key = decision === "approve" ? (approvalKey ?? publicKey) : publicKey;
  if (!isSignedBy(key, format, framed, Buffer.from(signature, "base64"))) return undefined;
  const keySha = base64(sha256(Buffer.from(key, "base64")));
  return { decision, ownerKey, framed: base64(framed), signature, keySha, reason } as Evidence;
};

/** What the signature is verified by when the approval itself is long gone; its name is the channel's own, and the binding code follows from the token. */
export const proofOf = (
  approval: Approval,
  challenge: string,
  { decision, reason, signature, keySha }: SignedDecision,
): Readonly<Record<string, string>> => ({
  decision,
  ...(reason !== undefined && { reason }),
  transactionType: String(typeOf(approval)),
  contentSha: approval.contentSha,
  expiresAtMs: String(approval.expiresAtMs),
  challenge,
  isBound: String(approval.isBound),
  signature,
  keySha,
});
