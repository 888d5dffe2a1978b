/** approvals.md 4.1. */
import { isTimely } from "#approval/authenticateDevice";
import { macOfCode } from "#approval/code";
import type { Device } from "#approval/device";
import { createDevice, deviceOf } from "#approval/device.item";
import type { Activate } from "#approval/device.wire";
import { recordEvent } from "#approval/event";
import { canGoOn, digestOfIdentity, FAILS_AT_LOCK, FAILS_AT_WARNING, type Identity } from "#approval/identity";
import { identityOf, liftPause, reserveTry, useCode } from "#approval/identity.item";
import { findLimits, type Limits } from "#approval/limits";
import { sealPush } from "#approval/push";
import { activateFrame, isSignedBy, sha256 } from "#approval/signature";
import { sameBytes } from "#kernel/crypto";
import { Refused, refuse } from "#kernel/refusal";
import { utcDay } from "#kernel/time";
import type { Ports, Secrets } from "#ports";
import { decide, deny, type Reserved, reserve, say, type Verdict } from "#store/decide";
import { deviceKey, identityKey } from "#store/keys/approval";

/** What is said of a device that was activated. */
export interface Activated {
  readonly ownerKey: string;
  readonly serverTimeMs: number;
}

/** Activates a device of an identity, by the code that the bank has delivered: a try is counted before the code is compared. */
export const activate = async (wish: Activate, ports: Ports): Promise<Activated> => {
  if (!isTimely(wish.timestampMs, ports.clock()) || !isProven(wish)) throw new Refused(refuse("UNAUTHENTICATED"));
  const secrets = await ports.secrets();
  const asking: Asking = {
    wish,
    ports,
    secrets,
    limits: await findLimits(ports),
    digest: digestOfIdentity(secrets.pepper, wish),
    mac: macOfCode(secrets.pepper, wish),
    keyDigest: Buffer.from(sha256(Buffer.from(wish.publicKey, "base64"))).toString("base64url"),
  };
  const tried = await tryCode(asking);
  const item = tried.done ? tried.after : tried.found;
  const identity = item && identityOf(asking.digest, item);
  // Whoever is unknown, or has no code, is as much work.
  const isRight = sameBytes(asking.mac, identity?.code?.mac ?? NO_MAC);
  const ownerKey = await activateBy(asking, tried.done, isRight, identity);
  return { ownerKey, serverTimeMs: ports.clock() };
};

interface Asking {
  readonly wish: Activate;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly limits: Limits;
  /** The identity's digest. */
  readonly digest: string;
  /** What the code must be known as. */
  readonly mac: string;
  /** The device key's digest. */
  readonly keyDigest: string;
}

/** No code is known as this. */
const NO_MAC = "-";

const failed = (): Refused => new Refused(refuse("ACTIVATION_FAILED"));

/** Whether each key has signed that it asks for this. */
const isProven = (wish: Activate): boolean => {
  const framed = activateFrame(wish);
  const isSigned = (key: string, proof: string) => isSignedBy(key, wish.format, framed, Buffer.from(proof, "base64"));
  const { approvalKey, approvalProof = "" } = wish;
  return isSigned(wish.publicKey, wish.proof) && (approvalKey === undefined || isSigned(approvalKey, approvalProof));
};

/** Reserves a try (W2), after a pause that is over once more. */
const tryCode = async ({ ports, digest, limits }: Asking): Promise<Reserved> => {
  const write = (nowMs: number) => reserveTry(digest, limits.codeTries, nowMs);
  const tried = await reserve(ports, write);
  const refused = tried.done || tried.found === undefined ? undefined : identityOf(digest, tried.found);
  if (refused === undefined || !canGoOn(refused, ports.clock())) return tried;
  await reserve(ports, () => liftPause(refused));
  return reserve(ports, write);
};

const activateBy = async (
  asking: Asking,
  isReserved: boolean,
  isRight: boolean,
  identity: Identity | undefined,
): Promise<string> => {
  if (!isReserved) {
    if (!isRight || identity === undefined) throw failed();
    return repeatedBy(asking, identity);
  }
  try {
    if (!isRight || identity?.code === undefined) throw failed();
    return await enrol(asking, identity.code.id);
  } catch (error) {
    await warn(asking, identity);
    throw error;
  }
};

/** The device that this very key has been activated as by the same code, whose answer was lost; ACTIVATION_FAILED for any other. */
const repeatedBy = async ({ ports, keyDigest }: Asking, { code }: Identity): Promise<string> => {
  if (code?.usedKeyDigest !== keyDigest || code.ownerKey === undefined || ports.clock() >= code.expiresAtMs)
    throw failed();
  const [found] = await ports.store.read([deviceKey(code.ownerKey)]);
  if (found === undefined || deviceOf(found).state !== "ACTIVE") throw failed();
  return code.ownerKey;
};

/** Makes the device and uses the code up, in one commit (W3). */
const enrol = (asking: Asking, codeId: string): Promise<string> => {
  const { ports, digest, keyDigest, limits } = asking;
  const mostDevices = limits.devices;
  return decide(ports, [identityKey(digest)], ([found], nowMs): Verdict<string> => {
    const identity = found && identityOf(digest, found);
    const code = identity?.code;
    if (identity === undefined || code?.id !== codeId || nowMs >= code.expiresAtMs) return deny("ACTIVATION_FAILED");
    if (code.usedKeyDigest !== undefined) {
      const isOwn = code.usedKeyDigest === keyDigest && code.ownerKey !== undefined;
      return isOwn ? say(code.ownerKey) : deny("ACTIVATION_FAILED");
    }
    if (identity.devices >= mostDevices) return deny("DEVICES_FULL");
    const device = deviceFor(asking, identity, nowMs);
    const { ownerKey } = device;
    const event = { type: "device.activated", actor: ownerKey, subject: ownerKey } as const;
    return {
      say: ownerKey,
      writes: [
        useCode(identity, { codeId, ownerKey, keyDigest, mostDevices, nowMs }),
        ...createDevice(device, keyDigest),
        recordEvent(ports, event, nowMs),
      ],
    };
  });
};

const deviceFor = ({ wish, ports, secrets, digest }: Asking, { devSeq }: Identity, nowMs: number): Device => {
  const ownerKey = `${utcDay(nowMs).replaceAll("-", "")}-${ports.ids.uuid4()}`;
  return {
    ownerKey,
    identity: digest,
    customerId: wish.customerId,
    ...(wish.userCode !== undefined && { userCode: wish.userCode }),
    seq: devSeq + 1n,
    publicKey: wish.publicKey,
    ...(wish.approvalKey !== undefined && { approvalKey: wish.approvalKey }),
    format: wish.format,
    state: "ACTIVE",
    name: wish.name,
    platform: wish.platform,
    ...(wish.model !== undefined && { model: wish.model }),
    ...(wish.push !== undefined && { push: sealPush(secrets.seal, ownerKey, wish.push) }),
    activatedAtMs: nowMs,
  };
};

/** Tells of an identity that is being guessed at: each count is reached once. The try is one update by itself (W2), and so this is a commit of its own: who dies in between has counted, and tells nobody. */
const warn = async ({ ports, digest }: Asking, identity: Identity | undefined): Promise<void> => {
  const types = new Map([
    [FAILS_AT_WARNING, "identity.warned"],
    [FAILS_AT_LOCK, "identity.lockout"],
  ] as const);
  const type = types.get((identity?.fails ?? 0n) as typeof FAILS_AT_LOCK);
  if (type === undefined) return;
  await decide(ports, [], (_, nowMs) => ({
    say: undefined,
    writes: [recordEvent(ports, { type, actor: "desk", subject: digest }, nowMs)],
  }));
};
