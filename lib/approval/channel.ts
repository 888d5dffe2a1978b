/** A channel: an API client, with its two switches (approvals.md 2, 2.2). */
import type { ChannelCaller } from "#approval/caller";
import { keyedDigest } from "#kernel/crypto";
import { type Client, createClient, findClient, keyOfClient } from "#party/client";
import type { Ports } from "#ports";
import { absent, equals, present } from "#store/condition";
import { textIn } from "#store/field";
import type { Item, Value } from "#store/item";
import { channelPointerKey } from "#store/keys/approval";
import { DESK } from "#store/table";
import { put, update, type Write } from "#store/write";

/** Whom API clients belong to: the deployment, as identities do. */
export const CHANNELS_OWNER = DESK;

/** The ids that API clients may have (approvals.md 2). */
export const CHANNEL_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** What an API client may do. */
export interface Switches {
  /** Nothing at all where it is not; a new one is. */
  readonly isEnabled: boolean;
  /** Whether it is told whose a login code was; a new one is not. */
  readonly tellsIdentity: boolean;
}

/** The writes that make an API client, whose secret has this digest; refuse CLIENT_EXISTS. */
export const createChannel = ({ id, current }: Pick<Client, "id" | "current">, atMs: number): readonly Write[] => [
  createClient({ protocol: "approval", id, tenant: CHANNELS_OWNER, current }, atMs),
  put(channelPointerKey(id), {}, [[absent(), "CLIENT_EXISTS"]]),
];

/** The switches out of a client's item. */
export const switchesOf = (item: Item): Switches => ({
  isEnabled: item.enabled !== false,
  tellsIdentity: item.loginOtpIdentity === true,
});

/** The write that sets them, if they still are as they were read. */
export const switchChannel = ({ id }: Pick<Client, "id">, before: Item, after: Switches): Write => {
  const asRead = (field: string) => [equals(field, before[field] as Value | undefined), "stale"] as const;
  return update(
    keyOfClient({ protocol: "approval", id }),
    { set: { enabled: after.isEnabled, loginOtpIdentity: after.tellsIdentity } },
    [asRead("enabled"), asRead("loginOtpIdentity"), [present(), "CHANNEL_UNKNOWN"]],
  );
};

/** Knows the channel of a client's id and secret; undefined for nobody's, and for one that is switched off. */
export const channelFor = async (
  shown: { readonly id: string; readonly secret: string },
  ports: Ports,
): Promise<ChannelCaller | undefined> => {
  const item = await findClient(ports, "approval", shown);
  if (item === undefined) return undefined;
  const { isEnabled, tellsIdentity } = switchesOf(item);
  return isEnabled ? { client: textIn(item, "client"), tellsIdentity } : undefined;
};

/** A digest of a request's bytes. */
export const digestOfBody = async ({ secrets }: Pick<Ports, "secrets">, bytes: Uint8Array): Promise<string> =>
  keyedDigest((await secrets()).pepper, "approval start body", Buffer.from(bytes).toString("base64"));
