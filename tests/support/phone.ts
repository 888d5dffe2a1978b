/** A phone of the tests: keys of its own, and what it signs by approvals.md 3, written apart from the server's code and from the simulator's. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** How signatures are written. */
export type Format = "der" | "p1363";

/** A P-256 key pair; the public half as the protocol writes it. */
export interface PhoneKey {
  readonly privateKey: KeyObject;
  /** Base64 of its 91 bytes. */
  readonly spki: string;
}

/** A device with what it was activated as. */
export interface Phone {
  readonly ownerKey: string;
  readonly key: PhoneKey;
  /** The one behind a PIN, where there is one. */
  readonly approvalKey?: PhoneKey;
  readonly format: Format;
}

/** What a frame is made of; an absent field has no bytes. */
export type Field = string | Uint8Array | undefined;

/** Each field behind its length, as `frame(…)` of the specification. */
export const frame = (...fields: readonly Field[]): Buffer =>
  Buffer.concat(
    fields.flatMap((field = "") => {
      const bytes = Buffer.from(field);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

/** SHA-256, 32 bytes. */
export const sha256 = (content: string | Uint8Array): Buffer => createHash("sha256").update(content).digest();

const spkiOf = (publicKey: KeyObject): string => publicKey.export({ type: "spki", format: "der" }).toString("base64");

/** A new key of this curve. */
export const makeKey = (namedCurve = "prime256v1"): PhoneKey => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
  return { privateKey, spki: spkiOf(publicKey) };
};

/** The key of RFC 6979 A.2.5, by which the specification's vectors are signed. */
export const VECTOR_KEY: PhoneKey = (() => {
  const key = {
    kty: "EC",
    crv: "P-256",
    d: Buffer.from("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", "hex").toString("base64url"),
    x: Buffer.from("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6", "hex").toString("base64url"),
    y: Buffer.from("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299", "hex").toString("base64url"),
  };
  const privateKey = createPrivateKey({ key, format: "jwk" });
  return { privateKey, spki: spkiOf(createPublicKey(privateKey)) };
})();

/** A signature in Base64. */
export const signBy = ({ privateKey }: Pick<PhoneKey, "privateKey">, format: Format, framed: Uint8Array): string =>
  sign("sha256", framed, { key: privateKey, dsaEncoding: format === "der" ? "der" : "ieee-p1363" }).toString("base64");

/** What an activation shows. */
export interface Activation {
  readonly customerId: string;
  readonly userCode?: string | undefined;
  readonly otp: string;
  readonly key: PhoneKey;
  readonly approvalKey?: PhoneKey | undefined;
  readonly timestamp: number;
  readonly nonce: string;
}

/** What is signed to activate a device: by both keys where there are two. */
export const activateFrame = (activation: Activation): Buffer => {
  const { customerId, userCode, otp, key, approvalKey, timestamp, nonce } = activation;
  const hashOf = ({ spki }: PhoneKey) => sha256(Buffer.from(spki, "base64"));
  return frame(
    ...["PFDEV1", "activate", customerId, userCode, otp, hashOf(key), String(timestamp), nonce],
    ...(approvalKey === undefined ? [] : [hashOf(approvalKey)]),
  );
};

/** A call of the device's. */
export interface Request {
  readonly path: string;
  readonly ownerKey: string;
  readonly timestamp: number | string;
  readonly nonce: string;
  readonly body: string | Uint8Array;
}

/** What is signed to make a call. */
export const requestFrame = ({ path, ownerKey, timestamp, nonce, body }: Request): Buffer =>
  frame("PFDEV1", "request", "POST", path, ownerKey, String(timestamp), nonce, sha256(body));

/** A transaction as `pending` lists it. */
export interface Listed {
  readonly TransactionToken: string;
  readonly TransactionType: number;
  readonly TransactionName: string;
  readonly TransactionContent: string;
  readonly CreatedAt: number;
  readonly ExpiresAt: number;
  readonly Challenge: string;
  readonly BindingRequired: boolean;
}

/** What a device may decide. */
export type Decision = "approve" | "reject" | "fraud";

/** What is signed to decide. */
export const decisionFrame = (ownerKey: string, listed: Listed, decision: string, bindingCode?: string): Buffer =>
  frame(
    ...["PFDEV1", "decision", ownerKey, listed.TransactionToken, String(listed.TransactionType)],
    ...[listed.TransactionName, sha256(listed.TransactionContent), String(listed.ExpiresAt), listed.Challenge],
    ...[decision, bindingCode],
  );

/** The decision's signature: an approval's by the approval key, where there is one. */
export const signDecision = (phone: Phone, listed: Listed, decision: Decision, bindingCode?: string): string => {
  const key = decision === "approve" ? (phone.approvalKey ?? phone.key) : phone.key;
  return signBy(key, phone.format, decisionFrame(phone.ownerKey, listed, decision, bindingCode));
};
