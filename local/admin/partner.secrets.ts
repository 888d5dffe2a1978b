/** How the secrets of partners are changed. Each is told to whoever makes it, once, and to nobody else. */
import { type SealRing, sealerOf } from "#kernel/seal";
import type { Partner } from "#partner/partner";
import { changePartner as changeItem, openField, partnerOf } from "#partner/partner.item";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { partnerKey } from "#store/keys/partner";
import { type ClientWish, retireSecret, rotateSecret } from "./client.ts";
import { hexSecret, knownPartner, listPartners, type PartnerWish, sealField } from "./partner.ts";
import { tellingOnFault } from "./rotation.ts";

/** The secrets that can be rotated. */
export const partnerSecrets = ["clientSecret", "hmacKey"] as const;

/** A secret, told once. */
export interface RotatedSecret {
  readonly tenant: string;
  readonly clientId: string;
  readonly name: (typeof partnerSecrets)[number];
  readonly secret: string;
}

/** Whether there was a previous secret to drop. */
export interface Retired {
  readonly tenant: string;
  readonly clientId: string;
  readonly changed: boolean;
}

const eventOf = (ports: Ports, { tenant, actor }: PartnerWish, clientId: string, type: string, atMs: number) =>
  record({ id: ports.ids.uuid(), owner: tenant, atMs, type, actor, subject: clientId, detail: {} });

/** The client of a partner; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN. */
const clientFor = async (ports: Ports, wish: PartnerWish): Promise<ClientWish> => {
  const { clientId: id } = await knownPartner(ports, wish.tenant);
  return { ...wish, protocol: "partner", id, noun: "partner" };
};

const rotateClientSecret = async (ports: Ports, wish: PartnerWish): Promise<RotatedSecret> => {
  const secret = hexSecret(ports.ids);
  const client = await clientFor(ports, wish);
  await tellingOnFault(rotateSecret(ports, client, secret), secret);
  return { tenant: wish.tenant, clientId: client.id, name: "clientSecret", secret };
};

const rotateHmacKey = async (ports: Ports, wish: PartnerWish): Promise<RotatedSecret> => {
  const { tenant } = wish;
  const secret = hexSecret(ports.ids);
  const { seal: ring } = await ports.secrets();
  const rotated = decide(ports, [partnerKey(tenant)], ([found], atMs): Verdict<RotatedSecret> => {
    if (found === undefined) return deny("PARTNER_UNKNOWN");
    const before = partnerOf(tenant, found);
    const after = { ...before, hmacKey: sealField(ring, tenant, "hmacKey", secret) };
    const event = eventOf(ports, wish, before.clientId, "partner.hmac-key-rotated", atMs);
    return {
      say: { tenant, clientId: before.clientId, name: "hmacKey", secret },
      writes: [changeItem(before, after), event],
    };
  });
  return tellingOnFault(rotated, secret);
};

/**
 * Gives a partner a new secret. The clientSecret before lives until the next rotation, or until it is retired; there is
 * one hmacKey at a time. Refuses TENANT_UNKNOWN, PARTNER_UNKNOWN; a fault tells the new one, which may be live.
 */
export const rotatePartner = (
  ports: Ports,
  { secret: name, ...wish }: PartnerWish & { readonly secret: RotatedSecret["name"] },
): Promise<RotatedSecret> => (name === "hmacKey" ? rotateHmacKey : rotateClientSecret)(ports, wish);

/** Ends the life of the clientSecret before the newest one; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN. */
export const retirePrevious = async (ports: Ports, wish: PartnerWish): Promise<Retired> => {
  const client = await clientFor(ports, wish);
  return { tenant: wish.tenant, clientId: client.id, changed: await retireSecret(ports, client) };
};

/** The partner with everything sealed by the ring's first key; undefined where it was so already. */
const resealed = (ring: SealRing, partner: Partner): Partner | undefined => {
  const { tenant, hmacKey, checkin } = partner;
  const secret = checkin.mode === "upstream" ? checkin.clientSecret : undefined;
  const isNew = (sealed: string | undefined) => sealed === undefined || sealerOf(sealed) === ring[0].id;
  if (isNew(hmacKey) && isNew(secret)) return undefined;
  const anew = (field: "hmacKey" | "clientSecret", sealed: string) =>
    sealField(ring, tenant, field, openField(ring, tenant, field, sealed));
  return {
    ...partner,
    hmacKey: anew("hmacKey", hmacKey),
    ...(checkin.mode === "upstream" &&
      secret !== undefined && { checkin: { ...checkin, clientSecret: anew("clientSecret", secret) } }),
  };
};

/** Seals anew, by the first key of a ring, what partners have sealed by another; resolves to how many it were. */
export const resealPartners = async (ports: Ports, ring: SealRing, actor: string): Promise<number> => {
  let changed = 0;
  for (const { tenant } of await listPartners(ports)) {
    const isChanged = await decide(ports, [partnerKey(tenant)], ([found], atMs): Verdict<boolean> => {
      const before = found && partnerOf(tenant, found);
      const after = before && resealed(ring, before);
      if (before === undefined || after === undefined) return say(false);
      const event = eventOf(ports, { tenant, actor }, before.clientId, "partner.resealed", atMs);
      return { say: true, writes: [changeItem(before, after), event] };
    });
    if (isChanged) changed += 1;
  }
  return changed;
};
