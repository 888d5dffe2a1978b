/** The Device API's requests (approvals.md 4). Signatures and keys are looked at by whoever knows their format. */
import * as z from "zod";
import { decisions, reasons } from "#approval/approval";
import { CODE, CUSTOMER_ID, NONCE, OWNER_KEY, PUBLIC_KEY, SIGNATURE, TOKEN } from "#approval/example";
import { base64, customerId, isToken, plainText, userCode } from "#approval/fields";
import { isSignatureShape, readSpki, signatureFormats } from "#approval/signature";
import { example, optional } from "#kernel/fields";
import { integer } from "#kernel/json";

/** The longest body of a device's, in bytes (approvals.md 1). */
export const MAX_DEVICE_BYTES = 32_768;

/** The most that is listed at once (approvals.md 4.2). */
const MOST_LISTED = 20n;

const code = z.string().regex(/^[0-9]{6}$/);
const nonce = z.string().refine(isToken, "Base64 of 16 bytes");
const instantMs = integer(0n, 2n ** 53n - 1n).meta({ description: "Epoch milliseconds." });
const publicKey = z
  .string()
  .refine((text) => readSpki(text) !== undefined, "a P-256 key as DER SubjectPublicKeyInfo, Base64");

const push = {
  PushPlatform: optional(z.enum(["apns", "fcm"])),
  PushToken: optional(plainText(4096)),
};

/** Where a device is woken. */
export interface Push {
  readonly platform: "apns" | "fcm";
  readonly token: string;
}

type SaidPush = { readonly PushPlatform?: Push["platform"] | undefined; readonly PushToken?: string | undefined };

const pushOf = ({ PushPlatform: platform, PushToken: token }: SaidPush): Push | undefined =>
  platform === undefined || token === undefined ? undefined : { platform, token };

const isPushWhole = ({ PushPlatform, PushToken }: SaidPush): boolean =>
  (PushPlatform === undefined) === (PushToken === undefined);

const bothOrNeither = { error: "both or neither", path: ["PushToken"] };

const ActivationFields = z.object({
  CustomerId: customerId,
  UserCode: optional(userCode),
  Otp: code,
  PublicKey: publicKey,
  ApprovalPublicKey: optional(publicKey),
  SignatureFormat: z.enum(signatureFormats),
  DeviceName: plainText(),
  DeviceModel: optional(plainText()),
  Platform: z.enum(["ios", "android", "web"]),
  ...push,
  Timestamp: instantMs,
  Nonce: nonce,
  Proof: base64,
  ApprovalProof: optional(base64),
});

type Activating = z.output<typeof ActivationFields>;

/** Each proof has the form that signatures of this format have; a second key is another one, and comes with a proof. */
const areProofsWhole = (said: Activating): boolean => {
  const { ApprovalPublicKey: second, ApprovalProof: secondProof, SignatureFormat: format } = said;
  if ((second === undefined) !== (secondProof === undefined) || second === said.PublicKey) return false;
  return [said.Proof, ...(secondProof === undefined ? [] : [secondProof])].every((proof) =>
    isSignatureShape(format, Buffer.from(proof, "base64")),
  );
};

/** 4.1. */
export const ActivationRequest = ActivationFields.refine(areProofsWhole, { error: "proofs", path: ["Proof"] })
  .refine(isPushWhole, bothOrNeither)
  .meta(
    example({
      CustomerId: CUSTOMER_ID,
      Otp: CODE,
      PublicKey: PUBLIC_KEY,
      SignatureFormat: "p1363",
      DeviceName: "My phone",
      Platform: "ios",
      Timestamp: 1_767_311_990_000,
      Nonce: NONCE,
      Proof: SIGNATURE,
    }),
  )
  .transform((said) => ({
    customerId: said.CustomerId,
    userCode: said.UserCode,
    otp: said.Otp,
    publicKey: said.PublicKey,
    approvalKey: said.ApprovalPublicKey,
    format: said.SignatureFormat,
    name: said.DeviceName,
    model: said.DeviceModel,
    platform: said.Platform,
    push: pushOf(said),
    timestampMs: Number(said.Timestamp),
    nonce: said.Nonce,
    proof: said.Proof,
    approvalProof: said.ApprovalProof,
  }));

/** The headers by which a device signs its requests; they are judged before anything else is. */
export const SignedHeaders = z
  .object({
    headers: z.object({
      "pf-owner-key": z.string().meta({ examples: [OWNER_KEY] }),
      "pf-timestamp": z.string().meta({ description: "Epoch milliseconds, 13 digits.", examples: ["1767312001000"] }),
      "pf-nonce": z.string().meta({ description: "16 random bytes, Base64; used once.", examples: [NONCE] }),
    }),
  })
  .transform(() => ({}));

/** A request that says nothing. */
export const NothingRequest = z.object({}).meta(example({}));

/** 4.2, /push-token. */
export const PushTokenRequest = z
  .object(push)
  .refine(isPushWhole, bothOrNeither)
  .meta(example({ PushPlatform: "apns", PushToken: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" }))
  .transform((said) => ({ push: pushOf(said) }));

/** 4.2, /transactions/pending. */
export const PendingRequest = z
  .object({ MaxItems: optional(integer(1n, MOST_LISTED)) })
  .meta(example({ MaxItems: 20 }))
  .transform(({ MaxItems = MOST_LISTED }) => ({ most: Number(MaxItems) }));

/** 4.2, /transactions/respond. */
export const RespondRequest = z
  .object({
    TransactionToken: z.string(),
    Decision: z.enum(decisions),
    Signature: base64,
    BindingCode: optional(code).meta({ description: "What the initiator shows; to approve what asks for it." }),
    Reason: optional(z.enum(reasons)),
  })
  .refine(({ Decision, BindingCode }) => Decision === "approve" || BindingCode === undefined, {
    error: "only to approve",
    path: ["BindingCode"],
  })
  .refine(({ Decision, Reason }) => Decision !== "approve" || Reason === undefined, {
    error: "only against",
    path: ["Reason"],
  })
  .meta(example({ TransactionToken: TOKEN, Decision: "approve", Signature: SIGNATURE }))
  .transform((said) => ({
    token: said.TransactionToken,
    decision: said.Decision,
    signature: said.Signature,
    bindingCode: said.BindingCode,
    reason: said.Reason,
  }));

/** 4.1, read. */
export type Activate = z.output<typeof ActivationRequest>;
/** 4.2, /push-token, read. */
export type SetPush = z.output<typeof PushTokenRequest>;
/** 4.2, /transactions/pending, read. */
export type ListPending = z.output<typeof PendingRequest>;
/** 4.2, /transactions/respond, read. */
export type Respond = z.output<typeof RespondRequest>;
