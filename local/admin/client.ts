/** How the secrets of clients are changed, whatever their protocol: two live at once, so that one can change over without an outage. */
import { Fault } from "#kernel/refusal";
import {
  type Client,
  clientOf,
  digestOfSecret,
  dropPrevious,
  keyOfClient,
  type Protocol,
  rotateClient,
} from "#party/client";
import type { Ports } from "#ports";
import { decide, say, type Verdict } from "#store/decide";
import { record } from "#store/event";

/** A client, who acts, and what the audit calls whoever has the client. */
export interface ClientWish {
  readonly protocol: Protocol;
  readonly id: string;
  readonly tenant: string;
  readonly actor: string;
  readonly noun: string;
}

const decideOnClient = <Said>(
  ports: Ports,
  { protocol, id }: ClientWish,
  judge: (client: Client, atMs: number) => Verdict<Said>,
): Promise<Said> =>
  decide(ports, [keyOfClient({ protocol, id })], ([found], atMs): Verdict<Said> => {
    if (found === undefined) throw new Fault("a client that is named does not exist");
    return judge(clientOf(protocol, found), atMs);
  });

const eventOf = ({ ids }: Ports, { tenant, actor, id, noun }: ClientWish, change: string, atMs: number) =>
  record({ id: ids.uuid(), owner: tenant, atMs, type: `${noun}.${change}`, actor, subject: id, detail: {} });

/** Gives a client a new secret; the one before lives until the next, or until it is retired. */
export const rotateSecret = async (ports: Ports, wish: ClientWish, secret: string): Promise<void> => {
  const { pepper } = await ports.secrets();
  await decideOnClient(ports, wish, (client, atMs): Verdict<undefined> => {
    const next = digestOfSecret(pepper, wish.protocol, client.id, secret);
    return {
      say: undefined,
      writes: [rotateClient(client, next), eventOf(ports, wish, "secret-rotated", atMs)],
    };
  });
};

/** Ends the life of the secret before the newest one; resolves to whether there was one. */
export const retireSecret = (ports: Ports, wish: ClientWish): Promise<boolean> =>
  decideOnClient(ports, wish, (client, atMs): Verdict<boolean> => {
    if (client.previous === undefined) return say(false);
    return { say: true, writes: [dropPrevious(client), eventOf(ports, wish, "secret-retired", atMs)] };
  });

/** How many secrets of a client live: 1 or 2. */
export const liveSecretsOf = async (
  { store }: Pick<Ports, "store">,
  { protocol, id }: Pick<ClientWish, "protocol" | "id">,
): Promise<number> => {
  const [found] = await store.read([keyOfClient({ protocol, id })]);
  return found !== undefined && clientOf(protocol, found).previous !== undefined ? 2 : 1;
};
