/** How devices are woken: by a message that says nothing but that there is something (approvals.md 8). Nobody hears where it fails. */
import { createHmac } from "node:crypto";
import { type Approval, mayDecide } from "#approval/approval";
import type { Device } from "#approval/device";
import type { Push } from "#approval/device.wire";
import { type Place, type SealRing, seal, sealerOf, unseal } from "#kernel/seal";
import { SECOND_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { equals } from "#store/condition";
import { textIn } from "#store/field";
import type { Item } from "#store/item";
import { approvalPushKey, deviceKey } from "#store/keys/approval";
import { erase, put, type Write } from "#store/write";

/** Which device, and where it is woken. */
export interface PushTarget extends Push {
  readonly ownerKey: string;
}

/** What it is told. */
export interface Wake {
  readonly t: "txn";
  /** The token. */
  readonly id: string;
}

/** A way to wake devices; never throws. */
export interface PushPort {
  readonly wake: (device: PushTarget, message: Wake) => Promise<void>;
}

/** Wakes nobody. */
const silentPush: PushPort = { wake: async () => undefined };

/** Where push messages are sent, and the text of the key that signs them. */
export interface Webhook {
  readonly url: string;
  readonly key: string;
}

/** How long a gateway's connection and its answer may take, and how long that may be: a start waits for it. */
const GATEWAY = { connectMs: SECOND_MS, answerMs: 2 * SECOND_MS, maxBytes: 16_384 } as const;

const ENDPOINT = "approval/push";

/** Has a gateway of the bank's wake devices: HMAC-SHA-256 over `timestamp.body`, in hex. */
const webhookPush = ({ post, clock, telemetry }: Ports, { url, key }: Webhook): PushPort => ({
  wake: async ({ ownerKey, platform, token }, message) => {
    const body = JSON.stringify({ OwnerKey: ownerKey, PushPlatform: platform, PushToken: token, Message: message });
    const timestamp = String(clock());
    const signature = createHmac("sha256", key).update(`${timestamp}.${body}`).digest("hex");
    const headers = { "Content-Type": "application/json", "PF-Timestamp": timestamp, "PF-Signature": signature };
    const { status = 0 } = await post({ url, headers, body, ...GATEWAY });
    if (status < 200 || status > 299)
      telemetry.log("warn", "the push gateway did not take a message", { endpoint: ENDPOINT, status });
  },
});

const placeOfKey: Place = { ...approvalPushKey(), field: "key" };

/** The write that has devices woken from now on; in the place of what was read, if that is given and still stands. */
export const putWebhook = (ring: SealRing, { url, key }: Webhook, before?: Item): Write =>
  put(
    approvalPushKey(),
    { url, key: seal(ring, placeOfKey, key) },
    before === undefined ? [] : [[equals("key", textIn(before, "key")), "stale"]],
  );

/** The write that has nobody woken any more. */
export const removeWebhook = (): Write => erase(approvalPushKey(), []);

/** A webhook out of its item. */
export const webhookOf = (ring: SealRing, item: Item): Webhook => ({
  url: textIn(item, "url"),
  key: unseal(ring, placeOfKey, textIn(item, "key")),
});

/** The way that is set, remembered for some seconds. */
const openPush = async (ports: Ports): Promise<PushPort> => {
  const item = await ports.recall(approvalPushKey(), true);
  if (item === undefined) return silentPush;
  const { seal: ring } = await ports.secrets();
  return webhookPush(ports, webhookOf(ring, item));
};

const placeOf = (ownerKey: string): Place => ({ ...deviceKey(ownerKey), field: "push" });

/** Seals where a device is woken. */
export const sealPush = (ring: SealRing, ownerKey: string, push: Push): string =>
  seal(ring, placeOf(ownerKey), JSON.stringify(push));

const isKnownTo = (ring: SealRing, sealed: string): boolean => ring.some(({ id }) => id === sealerOf(sealed));

const targetsIn = (ring: SealRing, approval: Approval, devices: readonly Device[]): readonly PushTarget[] =>
  devices
    .filter((device) => device.state === "ACTIVE" && mayDecide(approval, device))
    .flatMap(({ ownerKey, push }) => {
      // One that was sealed by a key which is gone is told anew when its app starts: no reason not to wake the others.
      if (push === undefined || !isKnownTo(ring, push)) return [];
      return [{ ownerKey, ...(JSON.parse(unseal(ring, placeOf(ownerKey), push)) as Push) }];
    });

/** Wakes every device that may decide, of those that are given where there is a way. Never throws: what was started is started. */
export const wakeDevices = async (
  ports: Ports,
  approval: Approval,
  readDevices: () => Promise<readonly Device[]>,
): Promise<void> => {
  try {
    const push = await openPush(ports);
    // Nobody is looked up to wake nobody.
    if (push === silentPush) return;
    const { seal: ring } = await ports.secrets();
    const targets = targetsIn(ring, approval, await readDevices());
    await Promise.all(targets.map((target) => push.wake(target, { t: "txn", id: approval.token })));
  } catch {
    ports.telemetry.log("warn", "the devices could not be woken", { endpoint: ENDPOINT });
  }
};
