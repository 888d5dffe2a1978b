/** An identity: a customer's user as a holder of devices, and how often its activation codes were guessed (approvals.md 2.1, 7). Pure. */
import { lengthPrefixed } from "#kernel/canonical";
import { keyedDigest } from "#kernel/crypto";
import { MINUTE_MS } from "#kernel/time";

/** Within this time only so many codes are issued to an identity (approvals.md 7). */
export const ISSUE_WINDOW_MS = 15 * MINUTE_MS;

/** After so many failures an identity pauses, for a time (approvals.md 7). */
export const FAILS_BEFORE_PAUSE = 10n;
/** That time. */
export const PAUSE_MS = 15 * MINUTE_MS;
/** After so many failures somebody is warned (approvals.md 7). */
export const FAILS_AT_WARNING = 90n;
/** After so many failures an identity is locked (approvals.md 7). */
export const FAILS_AT_LOCK = 100n;

/** An activation code as it is known, and what has become of it. */
export interface Code {
  readonly id: string;
  readonly mac: string;
  readonly expiresAtMs: number;
  readonly tries: bigint;
  /** Once it was used: the digest of the key that it has activated, and the device. */
  readonly usedKeyDigest?: string;
  readonly ownerKey?: string;
}

/** An identity. */
export interface Identity {
  /** What the table knows it by. */
  readonly digest: string;
  readonly customerId: string;
  readonly userCode?: string;
  readonly code?: Code;
  /** Wrong codes since the last activation. */
  readonly fails: bigint;
  /** How many more until the next pause: the specification's failGate - fails, as a condition has no arithmetic. */
  readonly failsLeft: bigint;
  readonly lastFailAtMs: number;
  readonly issueStartAtMs: number;
  readonly issueCount: bigint;
  /** How many devices it has ever had. */
  readonly devSeq: bigint;
  readonly devices: bigint;
  readonly activeDevices: bigint;
  /** The OwnerKeys of its devices that are not removed. */
  readonly inUse: readonly string[];
}

/** How an identity is named. */
export interface Named {
  readonly customerId: string;
  readonly userCode?: string | undefined;
}

/** What the table knows an identity by. */
export const digestOfIdentity = (pepper: Uint8Array, { customerId, userCode }: Named): string =>
  keyedDigest(pepper, "approval identity", lengthPrefixed([customerId, userCode]));

/** Whether nobody but an administrator lets it go on. */
export const isLocked = ({ fails }: Identity): boolean => fails >= FAILS_AT_LOCK;

/** The instant until which it pauses; undefined where it does not. */
export const pausedUntilMs = ({ failsLeft, lastFailAtMs }: Identity): number | undefined =>
  failsLeft > 0n ? undefined : lastFailAtMs + PAUSE_MS;

/** Whether its pause is over, and only has to be lifted. */
export const canGoOn = (identity: Identity, nowMs: number): boolean => {
  const untilMs = pausedUntilMs(identity);
  return !isLocked(identity) && untilMs !== undefined && nowMs >= untilMs;
};
