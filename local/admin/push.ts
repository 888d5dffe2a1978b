/** Where an operator has devices of approvals woken: at a gateway of the bank's (approvals.md 8). */
import { CHANNELS_OWNER } from "#approval/channel";
import { putWebhook, removeWebhook, type Webhook, webhookOf } from "#approval/push";
import { type SealRing, sealerOf } from "#kernel/seal";
import type { Ports } from "#ports";
import { decide, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { textIn } from "#store/field";
import { approvalPushKey } from "#store/keys/approval";
import { isLocalAddress } from "./partner.readings.ts";
import { tellingOnFault } from "./rotation.ts";
import { onlyInSandbox } from "./sandboxOnly.ts";

const eventOf = (ports: Ports, actor: string, type: string, atMs: number, detail: Readonly<Record<string, string>>) =>
  record({ id: ports.ids.uuid(), owner: CHANNELS_OWNER, atMs, type, actor, subject: "push", detail });

/**
 * Has devices woken at an address, by messages that a new key signs, which is told once; known within 30 seconds. Refuses
 * SANDBOX_VALUE for an address on this machine anywhere but in the sandbox; a fault tells the key, which may be in use.
 */
export const setPush = async (
  ports: Ports,
  { url, actor }: { readonly url: string; readonly actor: string },
): Promise<Webhook> => {
  if (isLocalAddress(url)) await onlyInSandbox(ports);
  const { seal: ring } = await ports.secrets();
  const webhook: Webhook = { url, key: ports.ids.secret() };
  const set = decide(ports, [], (_, atMs): Verdict<Webhook> => {
    const writes = [putWebhook(ring, webhook), eventOf(ports, actor, "push.set", atMs, { url })];
    return { say: webhook, writes };
  });
  return tellingOnFault(set, webhook.key);
};

/** Where devices are woken; undefined: nowhere. */
export const showPush = async ({ store }: Pick<Ports, "store">): Promise<{ readonly url: string | undefined }> => {
  const [found] = await store.read([approvalPushKey()]);
  return { url: found && textIn(found, "url") };
};

/** Has no device woken any more; `changed` is false where none was. */
export const removePush = (
  ports: Ports,
  { actor }: { readonly actor: string },
): Promise<{ readonly changed: boolean }> =>
  decide(ports, [approvalPushKey()], ([found], atMs): Verdict<{ readonly changed: boolean }> => {
    if (found === undefined) return say({ changed: false });
    const event = eventOf(ports, actor, "push.removed", atMs, { url: textIn(found, "url") });
    return { say: { changed: true }, writes: [removeWebhook(), event] };
  });

/** Seals the key anew, by the first key of a ring, if another has sealed it; resolves to how many it were: 1 or 0. Devices tell their tokens anew themselves. */
export const resealPush = async (ports: Ports, ring: SealRing, actor: string): Promise<number> =>
  decide(ports, [approvalPushKey()], ([found], atMs): Verdict<number> => {
    if (found === undefined || sealerOf(textIn(found, "key")) === ring[0].id) return say(0);
    const writes = [putWebhook(ring, webhookOf(ring, found), found), eventOf(ports, actor, "push.resealed", atMs, {})];
    return { say: 1, writes };
  });
