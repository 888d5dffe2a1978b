/**
 * A client: somebody's system that proves itself by an id and a secret. The secret is known as a keyed digest only; two may
 * live at once, for rotation.
 */
import { lengthPrefixed } from "#kernel/canonical";
import { digest, keyedDigest, sameBytes } from "#kernel/crypto";
import type { Ports } from "#ports";
import { absent, equals } from "#store/condition";
import { maybeTextIn, textIn } from "#store/field";
import type { Item } from "#store/item";
import { clientKey } from "#store/keys/party";
import { put, update, type Write } from "#store/write";

/** The protocols that have clients; an id is unique within its protocol. */
export type Protocol = "partner" | "sale" | "approval";

/** A client and the digests of its live secrets. */
export interface Client {
  readonly protocol: Protocol;
  readonly id: string;
  readonly tenant: string;
  readonly current: string;
  /** The one before, which lives until the next rotation, or until it is dropped. */
  readonly previous?: string;
}

/** The key of a client. */
export const keyOfClient = ({ protocol, id }: Pick<Client, "protocol" | "id">) =>
  clientKey(digest(lengthPrefixed([protocol, id])));

/** The digest under which a client's secret is known. */
export const digestOfSecret = (pepper: Uint8Array, protocol: Protocol, id: string, secret: string): string =>
  keyedDigest(pepper, "client secret", lengthPrefixed([protocol, id, secret]));

/** No digest equals it. */
const NOBODY = "-";

/** The client, if this is one of its live secrets; compared with a digest that nobody has where there is no client. */
const provenBy = (shown: string, item: Item | undefined): Item | undefined => {
  const live = [item && textIn(item, "current"), item && maybeTextIn(item, "previous")];
  const matches = live.map((known) => sameBytes(shown, known ?? NOBODY));
  return matches.includes(true) ? item : undefined;
};

/**
 * The record of the client that a secret proves, or undefined. Remembered for some seconds; a wrong secret is looked up anew, so
 * that it is as much work as an unknown client, and a new one works at once.
 */
export const findClient = async (
  ports: Pick<Ports, "recall" | "secrets" | "store">,
  protocol: Protocol,
  { id, secret }: { readonly id: string; readonly secret: string },
): Promise<Item | undefined> => {
  const { pepper } = await ports.secrets();
  const shown = digestOfSecret(pepper, protocol, id, secret);
  const key = keyOfClient({ protocol, id });
  const remembered = await ports.recall(key);
  const client = provenBy(shown, remembered);
  if (client !== undefined || remembered === undefined) return client;
  const [now] = await ports.store.read([key]);
  return provenBy(shown, now);
};

/** The tenant that a client's secret proves, or undefined. */
export const findTenantOfClient = async (...asked: Parameters<typeof findClient>): Promise<string | undefined> => {
  const client = await findClient(...asked);
  return client && textIn(client, "tenant");
};

/** A client out of its item. */
export const clientOf = (protocol: Protocol, item: Item): Client => {
  const previous = maybeTextIn(item, "previous");
  return {
    protocol,
    id: textIn(item, "client"),
    tenant: textIn(item, "tenant"),
    current: textIn(item, "current"),
    ...(previous !== undefined && { previous }),
  };
};

/** The write that creates a client with its first secret; refuses CLIENT_EXISTS. */
export const createClient = ({ protocol, id, tenant, current }: Client, atMs: number): Write =>
  put(keyOfClient({ protocol, id }), { client: id, tenant, current, createdAtMs: BigInt(atMs) }, [
    [absent(), "CLIENT_EXISTS"],
  ]);

const asRead = ({ current, previous }: Client) =>
  [
    [equals("current", current), "stale"],
    [equals("previous", previous), "stale"],
  ] as const;

/** The write that gives a client a new secret: the current one lives on as the previous, the previous one dies. */
export const rotateClient = (client: Client, next: string): Write =>
  update(keyOfClient(client), { set: { current: next, previous: client.current } }, asRead(client));

/** The write that ends a rotation: only the newest secret lives on. */
export const dropPrevious = (client: Client): Write =>
  update(keyOfClient(client), { remove: ["previous"] }, asRead(client));
