/** The keys of approvals, devices and their identities: all of them the desk's, as one bank's channels share them. */
import { isoInstant } from "#kernel/time";
import type { Key } from "#store/item";
import { DESK, partition } from "#store/table";

/** The partition of the pointers to API clients. */
export const channels = (): string => partition(DESK, "channel", "all");

/** The pointer to an API client. */
export const channelPointerKey = (id: string): Key => ({ pk: channels(), sk: id });

/** The partition of an identity. */
const identityPartition = (identity: string): string => partition(DESK, "identity", identity);

/** An identity, by its digest. */
export const identityKey = (identity: string): Key => ({ pk: identityPartition(identity), sk: "identity" });

/** What waits for an identity's devices. */
export const pendingKey = (identity: string): Key => ({ pk: identityPartition(identity), sk: "pending" });

const DEVICES = "device#";

/** The pointer to a device of an identity: they sort by their activation. */
export const devicePointerKey = (identity: string, activatedAtMs: number, ownerKey: string): Key => ({
  pk: identityPartition(identity),
  sk: `${DEVICES}${isoInstant(activatedAtMs)}#${ownerKey}`,
});

/** The range of an identity's pointers to devices, and of the identity itself, which sorts behind them. */
export const identityWithPointers = (identity: string) =>
  ({ of: "table", in: identityPartition(identity), from: DEVICES, to: identityKey(identity).sk }) as const;

/** A device. */
export const deviceKey = (ownerKey: string): Key => ({ pk: partition(DESK, "device", ownerKey), sk: "device" });

/** That a key is a device's. */
export const deviceKeyKey = (keyDigest: string): Key => ({ pk: partition(DESK, "deviceKey", keyDigest), sk: "key" });

/** That a device has used a nonce; as base64url. */
export const deviceNonceKey = (ownerKey: string, nonce: string): Key => ({
  pk: partition(DESK, "deviceNonce", ownerKey, nonce),
  sk: "nonce",
});

/** A login code. */
export const loginCodeKey = (codeDigest: string): Key => ({ pk: partition(DESK, "loginCode", codeDigest), sk: "code" });

/** An approval, by the digest of its token. */
export const approvalKey = (id: string): Key => ({ pk: partition(DESK, "approval", id), sk: "approval" });

/** What an approval is about. */
export const approvalContentKey = (id: string): Key => ({ pk: partition(DESK, "approval", id), sk: "content" });

/** What a device was challenged with to decide on an approval. */
export const challengeKey = (id: string, ownerKey: string): Key => ({
  pk: partition(DESK, "approval", id),
  sk: `challenge#${ownerKey}`,
});

/** The generation of what a client has started for an owner. */
export const scopeKey = (scope: string): Key => ({ pk: partition(DESK, "approvalScope", scope), sk: "scope" });

/** When a generation has begun, which has cancelled the one before. */
export const generationKey = (scope: string, generation: bigint): Key => ({
  pk: partition(DESK, "approvalScope", scope),
  sk: `generation#${generation}`,
});

/** Which approval an Idempotency-Key has begun. */
export const approvalStartKey = (digest: string): Key => ({
  pk: partition(DESK, "approvalStart", digest),
  sk: "start",
});

/** How far an operator has lowered what approvals allow. */
export const approvalLimitsKey = (): Key => ({ pk: partition(DESK, "approvalLimits", "all"), sk: "limits" });

/** Where devices are woken. */
export const approvalPushKey = (): Key => ({ pk: partition(DESK, "approvalPush", "all"), sk: "push" });
