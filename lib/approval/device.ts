/** A device: one P-256 key, or two, of an identity (approvals.md terms, 4). Pure. */
import type { SignatureFormat } from "#approval/signature";

/** How a device stands: blocked and active change into each other, removed is for good (approvals.md 5). */
export const deviceStates = ["ACTIVE", "BLOCKED", "REMOVED"] as const;

/** Such a state. */
export type DeviceState = (typeof deviceStates)[number];

/** A device. */
export interface Device {
  readonly ownerKey: string;
  /** The digest of its identity, and who that is. */
  readonly identity: string;
  readonly customerId: string;
  readonly userCode?: string;
  /** Its ordinal among its identity's devices, removed ones too: it decides what was started since. */
  readonly seq: bigint;
  /** Base64 of DER SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** The same of the key that approves, where that is another. */
  readonly approvalKey?: string;
  readonly format: SignatureFormat;
  readonly state: DeviceState;
  readonly reason?: string;
  readonly name: string;
  readonly platform: string;
  readonly model?: string;
  /** Where it is woken; sealed. */
  readonly push?: string;
  readonly activatedAtMs: number;
  readonly removedAtMs?: number;
  readonly lastSeenAtMs?: number;
  /** What its one live login code is known as. */
  readonly loginCodeDigest?: string;
}
