/** Who has signed a device's request (approvals.md 4, authentication), in the order that the specification has. */
import type { DeviceCaller } from "#approval/caller";
import type { Device } from "#approval/device";
import { changeActive, deviceOf } from "#approval/device.item";
import { PUBLIC_KEY } from "#approval/example";
import { isOwnerKey, isToken, readBase64 } from "#approval/fields";
import { isSignatureShape, isSignedBy, requestFrame } from "#approval/signature";
import { Refused, refuse } from "#kernel/refusal";
import { MINUTE_MS, SECOND_MS, secondsOf } from "#kernel/time";
import type { Ports } from "#ports";
import { absent } from "#store/condition";
import { decide } from "#store/decide";
import { deviceKey, deviceNonceKey } from "#store/keys/approval";
import { put, type Write } from "#store/write";

/** How far a device's clock may be off (approvals.md 7). */
const MOST_SKEW_MS = 60 * SECOND_MS;

/** How long a nonce is kept (approvals.md 7): longer than its request can be replayed. */
const NONCE_KEPT_MS = 3 * MINUTE_MS;

/** How old the note of when a device was last seen may be: a device that polls need not write it each time. */
const SEEN_STEP_MS = 5 * MINUTE_MS;

const unauthenticated = (why: string): Refused => new Refused(refuse("UNAUTHENTICATED", { why }));

/** Whether a device's clock agrees with ours. */
export const isTimely = (timestampMs: number, nowMs: number): boolean => Math.abs(nowMs - timestampMs) <= MOST_SKEW_MS;

type Headers = Readonly<Record<string, string | undefined>>;

/** What the headers say, each in its one form. */
const shownIn = (headers: Headers) => {
  const [ownerKey = "", timestamp = "", nonce = "", text = ""] = ["owner-key", "timestamp", "nonce", "signature"].map(
    (name) => headers[`pf-${name}`],
  );
  const signature = readBase64(text);
  if (!isOwnerKey(ownerKey) || !/^\d{13}$/.test(timestamp) || !isToken(nonce) || !signature?.length)
    throw unauthenticated("headers");
  return { ownerKey, timestamp, nonce, signature };
};

/** What an unknown device's signature is verified by, so that it is as much work: whatever comes of it, it is refused. */
const NOBODY = { publicKey: PUBLIC_KEY, format: "p1363" } as const satisfies Partial<Device>;

const otherFormat = { der: "p1363", p1363: "der" } as const;

/** The writes that use up a nonce, and note that the device was seen where that is not noted lately. */
const useNonce = ({ ownerKey, lastSeenAtMs = 0 }: Device, nonce: string, nowMs: number): readonly Write[] => {
  const key = deviceNonceKey(ownerKey, Buffer.from(nonce, "base64").toString("base64url"));
  const seen =
    nowMs - lastSeenAtMs < SEEN_STEP_MS ? [] : [changeActive(ownerKey, { set: { lastSeenAtMs: BigInt(nowMs) } })];
  return [put(key, { ttl: secondsOf(nowMs + NONCE_KEPT_MS) }, [[absent(), "UNAUTHENTICATED"]]), ...seen];
};

/**
 * The device that has signed this request for this path. Throws the refusal UNAUTHENTICATED, or DEVICE_INACTIVE for a
 * device that has signed and may not. The nonce is used up in a commit of its own, before anything else happens.
 */
export const authenticateDevice = async (
  ports: Ports,
  path: string,
  headers: Headers,
  body: Uint8Array,
): Promise<DeviceCaller> => {
  const { ownerKey, timestamp, nonce, signature } = shownIn(headers);
  if (!isTimely(Number(timestamp), ports.clock())) throw unauthenticated("the device's clock");
  const [found] = await ports.store.read([deviceKey(ownerKey)]);
  const device = found && deviceOf(found);
  const { publicKey, format } = device ?? NOBODY;
  const framed = requestFrame({ path, ownerKey, timestamp, nonce, body });
  // A signature of the other format is verified too, and refused: nobody learns by the time it takes which one a device has.
  const shape = isSignatureShape(format, signature) ? format : otherFormat[format];
  const isSigned = isSignedBy(publicKey, shape, framed, signature) && shape === format;
  if (device === undefined || !isSigned) throw unauthenticated("the signature, or the device");
  if (device.state !== "ACTIVE") throw new Refused(refuse("DEVICE_INACTIVE"));
  await decide(ports, [], (_, nowMs) => ({ say: undefined, writes: useNonce(device, nonce, nowMs) }));
  return { device };
};
