/** What an operator does with API clients of approvals, each a channel of the bank's (approvals.md 2). */
import {
  CHANNELS_OWNER,
  createChannel as putChannel,
  type Switches,
  switchChannel,
  switchesOf,
} from "#approval/channel";
import { Refused, refuse } from "#kernel/refusal";
import { clientOf, digestOfSecret, keyOfClient } from "#party/client";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { textIn, timeIn } from "#store/field";
import type { Item } from "#store/item";
import { channels } from "#store/keys/approval";
import { everyItem } from "#store/pages";
import { type ClientWish, retireSecret, rotateSecret } from "./client.ts";
import { differencesBetween } from "./differences.ts";
import { tellingOnFault } from "./rotation.ts";
import { onlyInSandbox } from "./sandboxOnly.ts";

/** An API client, and who acts. */
export interface ChannelWish {
  readonly channel: string;
  readonly actor: string;
}

/** An API client's credentials, told once. */
export interface ChannelCredentials {
  readonly id: string;
  readonly secret: string;
}

/** An API client as it is shown. */
export interface ShownChannel extends Switches {
  readonly id: string;
  /** 1 or 2. */
  readonly liveSecrets: number;
  readonly createdAtMs: number;
}

/** An API client after a change; `changed` is false where it was so already and nothing was written. */
export interface ChangedChannel {
  readonly channel: ShownChannel;
  readonly changed: boolean;
}

const keyOf = (id: string) => keyOfClient({ protocol: "approval", id });

const shownIn = (item: Item): ShownChannel => ({
  id: textIn(item, "client"),
  ...switchesOf(item),
  liveSecrets: clientOf("approval", item).previous === undefined ? 1 : 2,
  createdAtMs: timeIn(item, "createdAtMs"),
});

const eventOf = (
  ports: Ports,
  { channel, actor }: ChannelWish,
  type: string,
  atMs: number,
  detail: Readonly<Record<string, string>> = {},
) => record({ id: ports.ids.uuid(), owner: CHANNELS_OWNER, atMs, type, actor, subject: channel, detail });

/**
 * Makes an API client, whose secret is random unless the sandbox gives a public one. Refuses CLIENT_EXISTS; SANDBOX_VALUE
 * for a given secret anywhere but in the sandbox.
 */
export const createChannel = async (
  ports: Ports,
  wish: ChannelWish & { readonly secret?: string },
): Promise<ChannelCredentials> => {
  if (wish.secret !== undefined) await onlyInSandbox(ports);
  const { channel: id, secret = ports.ids.secret() } = wish;
  const { pepper } = await ports.secrets();
  const current = digestOfSecret(pepper, "approval", id, secret);
  return decide(ports, [], (_, atMs): Verdict<ChannelCredentials> => {
    const event = eventOf(ports, wish, "channel.created", atMs);
    return { say: { id, secret }, writes: [...putChannel({ id, current }, atMs), event] };
  });
};

/** An API client; refuses CHANNEL_UNKNOWN. */
export const showChannel = async (
  { store }: Pick<Ports, "store">,
  { channel }: Pick<ChannelWish, "channel">,
): Promise<ShownChannel> => {
  const [found] = await store.read([keyOf(channel)]);
  if (found === undefined) throw new Refused(refuse("CHANNEL_UNKNOWN"));
  return shownIn(found);
};

/** Every API client, by its id. */
export const listChannels = async ({ store }: Pick<Ports, "store">): Promise<readonly ShownChannel[]> => {
  const found: ShownChannel[] = [];
  for await (const { sk } of everyItem(store, { of: "table", in: channels() }))
    found.push(await showChannel({ store }, { channel: String(sk) }));
  return found;
};

const textsOf = ({ isEnabled, tellsIdentity }: Switches) => ({
  enabled: isEnabled ? "yes" : "no",
  loginOtpIdentity: tellsIdentity ? "on" : "off",
});

/** Sets switches of an API client, in use within 30 seconds; refuses CHANNEL_UNKNOWN. */
export const setChannel = (
  ports: Ports,
  { type, switches, ...wish }: ChannelWish & { readonly type: string; readonly switches: Partial<Switches> },
): Promise<ChangedChannel> =>
  decide(ports, [keyOf(wish.channel)], ([found], atMs): Verdict<ChangedChannel> => {
    if (found === undefined) return deny("CHANNEL_UNKNOWN");
    const before = shownIn(found);
    const after = { ...before, ...switches };
    const detail = differencesBetween(textsOf(before), textsOf(after));
    if (Object.keys(detail).length === 0) return say({ channel: before, changed: false });
    return {
      say: { channel: after, changed: true },
      writes: [switchChannel({ id: before.id }, found, after), eventOf(ports, wish, type, atMs, detail)],
    };
  });

const clientFor = async (ports: Ports, { channel, actor }: ChannelWish): Promise<ClientWish> => {
  const { id } = await showChannel(ports, { channel });
  return { protocol: "approval", id, tenant: CHANNELS_OWNER, actor, noun: "channel" };
};

/**
 * Gives an API client a new secret; the one before lives until the next rotation, or until it is retired. Refuses
 * CHANNEL_UNKNOWN; a fault tells the new one, which may be live.
 */
export const rotateChannel = async (ports: Ports, wish: ChannelWish): Promise<ChannelCredentials> => {
  const secret = ports.ids.secret();
  const client = await clientFor(ports, wish);
  await tellingOnFault(rotateSecret(ports, client, secret), secret);
  return { id: client.id, secret };
};

/** Whether there was a secret before the newest one, which is ended; refuses CHANNEL_UNKNOWN. */
export const retireChannel = async (ports: Ports, wish: ChannelWish) => {
  const client = await clientFor(ports, wish);
  return { id: client.id, changed: await retireSecret(ports, client) };
};
