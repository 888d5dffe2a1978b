/** A phone's calls, signed and ready to be sent by whoever sends them (approvals.md 3, 4). */
import { randomBytes } from "node:crypto";
import type { Activated, Decision, Phone } from "./phone.ts";
import { activateFrame, decisionFrame, requestFrame, signWith } from "./signature.ts";
import type { Call, Listed } from "./wire.ts";

/** Something that was signed: what for, and the bytes. */
export interface Framed {
  readonly purpose: string;
  readonly bytes: Uint8Array;
}

/** A request as it has to be sent, byte for byte. */
export interface Signed {
  /** `POST /path`. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly framed: readonly Framed[];
}

/** How many bytes a nonce has. */
const NONCE_BYTES = 16;

const pathOf = (call: Call): string => `/device/v1/${call}`;

const drawNonce = (): string => randomBytes(NONCE_BYTES).toString("base64");

/** An activation with the code that the bank has handed out; `nowMs` by the desk's clock. */
export const signActivation = (phone: Phone, otp: string, nowMs: number): Signed => {
  const { customerId, userCode, name, model, platform, format, key, approvalKey } = phone;
  const said = { customerId, userCode, otp, key, approvalKey, timestamp: nowMs, nonce: drawNonce() };
  const bytes = activateFrame(said);
  const body = {
    CustomerId: customerId,
    UserCode: userCode,
    Otp: otp,
    PublicKey: key.spki.toString("base64"),
    ApprovalPublicKey: approvalKey?.spki.toString("base64"),
    SignatureFormat: format,
    DeviceName: name,
    DeviceModel: model,
    Platform: platform,
    Timestamp: nowMs,
    Nonce: said.nonce,
    Proof: signWith(key, format, bytes),
    ApprovalProof: approvalKey && signWith(approvalKey, format, bytes),
  };
  const framed = [{ purpose: "activate", bytes }];
  return { route: `POST ${pathOf("activations")}`, headers: {}, body: JSON.stringify(body), framed };
};

/** Any other call; `nowMs` by the desk's clock. */
export const signRequest = (
  { ownerKey, key, format }: Activated,
  call: Exclude<Call, "activations">,
  said: object,
  nowMs: number,
): Signed => {
  const asked = { path: pathOf(call), ownerKey, timestamp: nowMs, nonce: drawNonce(), body: JSON.stringify(said) };
  const bytes = requestFrame(asked);
  return {
    route: `POST ${asked.path}`,
    headers: {
      "PF-Owner-Key": ownerKey,
      "PF-Timestamp": String(nowMs),
      "PF-Nonce": asked.nonce,
      "PF-Signature": signWith(key, format, bytes),
    },
    body: asked.body,
    framed: [{ purpose: "request", bytes }],
  };
};

/** What goes with a decision. */
export interface Aside {
  /** The code that the initiator shows, for an approval that needs it. */
  readonly bindingCode?: string | undefined;
  /** Why it is rejected or reported. */
  readonly reason?: string | undefined;
}

/** A decision on what was listed: an approval is signed by the approval key where there is one, all else by the device's. */
export const signDecision = (
  phone: Activated,
  listed: Listed,
  decision: Decision,
  { bindingCode, reason }: Aside,
  nowMs: number,
): Signed => {
  const bytes = decisionFrame(phone.ownerKey, listed, decision, bindingCode);
  const key = decision === "approve" ? (phone.approvalKey ?? phone.key) : phone.key;
  const said = {
    TransactionToken: listed.TransactionToken,
    Decision: decision,
    Signature: signWith(key, phone.format, bytes),
    BindingCode: bindingCode,
    Reason: reason,
  };
  const signed = signRequest(phone, "transactions/respond", said, nowMs);
  return { ...signed, framed: [{ purpose: "decision", bytes }, ...signed.framed] };
};
