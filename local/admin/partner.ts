/** What an operator does with partners: makes a tenant one, changes what SONECT's operator knows of it, looks at it. */
import { Refused, refuse } from "#kernel/refusal";
import { type SealRing, seal } from "#kernel/seal";
import { moveOrigin } from "#partner/origin";
import { type Call, calls as everyCall, type Partner } from "#partner/partner";
import {
  changePartner as changeItem,
  partnerOf,
  placeOf,
  createPartner as putPartner,
  type SealedField,
} from "#partner/partner.item";
import { createClient, digestOfSecret } from "#party/client";
import { checkTenant } from "#party/tenant";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { partnerKey } from "#store/keys/partner";
import { type CheckinWish, checkinBy } from "./checkin.ts";
import { liveSecretsOf } from "./client.ts";
import {
  type ConfigurationTexts,
  type ConfigurationWish,
  changedBy,
  configurationOf,
  textsOf,
} from "./configuration.ts";
import { differencesOf, settingsOf } from "./partner.settings.ts";
import { isSandbox, onlyInSandbox } from "./sandboxOnly.ts";
import { listTenants, showTenant } from "./tenant.ts";

/** A tenant's partner, and who acts. */
export interface PartnerWish {
  readonly tenant: string;
  readonly actor: string;
}

/** The credentials of a partner (sonect.md 2.1). */
export interface PartnerCredentials {
  /** A UUID. */
  readonly clientId: string;
  /** 64 hexadecimal digits. */
  readonly clientSecret: string;
  /** 64 hexadecimal digits, used as text. */
  readonly hmacKey: string;
}

/** What is told once. */
export interface CreatedPartner extends PartnerCredentials {
  readonly tenant: string;
}

/** A partner as it is shown. */
export interface ShownPartner {
  readonly partner: Partner;
  /** 1 or 2. */
  readonly liveSecrets: number;
}

/** A partner after a change; `changed` is false where it was so already and nothing was written. */
export interface ChangedPartner {
  readonly partner: Partner;
  readonly changed: boolean;
}

/** A fresh secret as SONECT writes them: 256 bits, 64 hexadecimal digits. */
export const hexSecret = ({ secret }: Ports["ids"]): string => Buffer.from(secret(), "base64url").toString("hex");

/** Seals what is to lie in a field of a tenant's partner. */
export const sealField = (ring: SealRing, tenant: string, field: SealedField, text: string): string =>
  seal(ring, placeOf(tenant, field), text);

const freshCredentials = ({ ids }: Ports): PartnerCredentials => ({
  clientId: ids.uuid(),
  clientSecret: hexSecret(ids),
  hmacKey: hexSecret(ids),
});

/** A partner to create; its credentials are random unless the sandbox gives public ones. */
export interface CreatePartner extends PartnerWish {
  readonly configuration: ConfigurationTexts;
  readonly checkin: CheckinWish;
  readonly calls?: readonly Call[] | undefined;
  readonly state?: Partner["state"];
  readonly credentials?: Partial<PartnerCredentials>;
}

/**
 * Makes a tenant a partner. Refuses TENANT_UNKNOWN, PARTNER_EXISTS, CLIENT_EXISTS, AMOUNT_INVALID, PARTNER_MALFORMED;
 * SANDBOX_VALUE for given credentials anywhere but in the sandbox.
 */
export const createPartner = async (ports: Ports, wish: CreatePartner): Promise<CreatedPartner> => {
  if (wish.credentials !== undefined) await onlyInSandbox(ports);
  const { tenant, actor, calls = everyCall, state = "active" } = wish;
  const { pepper, seal: ring } = await ports.secrets();
  const credentials = { ...freshCredentials(ports), ...wish.credentials };
  const { clientId, clientSecret, hmacKey } = credentials;
  const sealed = (secret: string) => sealField(ring, tenant, "clientSecret", secret);
  const partner: Partner = {
    tenant,
    clientId,
    state,
    calls: everyCall.filter((call) => calls.includes(call)),
    configuration: configurationOf(wish.configuration),
    checkin: checkinBy(undefined, wish.checkin, { isSandbox: await isSandbox(ports), sealed }),
    hmacKey: sealField(ring, tenant, "hmacKey", hmacKey),
    revision: 1n,
  };
  const current = digestOfSecret(pepper, "partner", clientId, clientSecret);
  const detail = settingsOf(partner);
  return decide(ports, [], (_, atMs): Verdict<CreatedPartner> => {
    const client = createClient({ protocol: "partner", id: clientId, tenant, current }, atMs);
    const event = { owner: tenant, atMs, type: "partner.created", actor, subject: clientId, detail };
    return {
      say: { tenant, ...credentials },
      writes: [
        checkTenant(tenant),
        putPartner(partner),
        client,
        ...moveOrigin(undefined, partner.checkin),
        record({ id: ports.ids.uuid(), ...event }),
      ],
    };
  });
};

/** Puts another partner in the place of one, audited as this type; refuses PARTNER_UNKNOWN. */
const changePartner = (
  ports: Ports,
  { tenant, actor }: PartnerWish,
  type: string,
  change: (before: Partner) => Partner,
): Promise<ChangedPartner> =>
  decide(ports, [partnerKey(tenant)], ([found], atMs): Verdict<ChangedPartner> => {
    if (found === undefined) return deny("PARTNER_UNKNOWN");
    const before = partnerOf(tenant, found);
    const after = change(before);
    const detail = differencesOf(before, after);
    if (Object.keys(detail).length === 0) return say({ partner: before, changed: false });
    const event = { owner: tenant, atMs, type, actor, subject: before.clientId, detail };
    return {
      say: { partner: { ...after, revision: before.revision + 1n }, changed: true },
      writes: [
        changeItem(before, after),
        ...moveOrigin(before.checkin, after.checkin),
        record({ id: ports.ids.uuid(), ...event }),
      ],
    };
  });

/** Settings to change; what is undefined stays. */
export interface SetPartner extends PartnerWish {
  readonly configuration: ConfigurationWish;
  readonly checkin: CheckinWish;
  readonly calls?: readonly Call[] | undefined;
}

/** Changes a partner's settings; refuses PARTNER_UNKNOWN, AMOUNT_INVALID, PARTNER_MALFORMED. */
export const setPartner = async (ports: Ports, wish: SetPartner): Promise<ChangedPartner> => {
  const { seal: ring } = await ports.secrets();
  const inSandbox = await isSandbox(ports);
  const sealed = (secret: string) => sealField(ring, wish.tenant, "clientSecret", secret);
  return changePartner(ports, wish, "partner.changed", (before) => ({
    ...before,
    calls: wish.calls === undefined ? before.calls : everyCall.filter((call) => wish.calls?.includes(call)),
    configuration: configurationOf(changedBy(textsOf(before.configuration), wish.configuration)),
    checkin: checkinBy(before.checkin, wish.checkin, { isSandbox: inSandbox, sealed }),
  }));
};

/** Lets a partner's calls and its users' sessions be refused; refuses PARTNER_UNKNOWN. */
export const suspendPartner = (ports: Ports, wish: PartnerWish): Promise<ChangedPartner> =>
  changePartner(ports, wish, "partner.suspended", (before) => ({ ...before, state: "suspended" }));

/** Ends a suspension; refuses PARTNER_UNKNOWN. */
export const resumePartner = (ports: Ports, wish: PartnerWish): Promise<ChangedPartner> =>
  changePartner(ports, wish, "partner.resumed", (before) => ({ ...before, state: "active" }));

/** A tenant's partner as it is now, or undefined where it is none. */
const readPartner = async ({ store }: Pick<Ports, "store">, tenant: string): Promise<Partner | undefined> => {
  const [found] = await store.read([partnerKey(tenant)]);
  return found && partnerOf(tenant, found);
};

/** A tenant's partner; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN. */
export const knownPartner = async (ports: Ports, tenant: string): Promise<Partner> => {
  const partner = await readPartner(ports, tenant);
  if (partner !== undefined) return partner;
  await showTenant(ports, { tenant });
  throw new Refused(refuse("PARTNER_UNKNOWN"));
};

/** A partner and how many secrets of it live; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN. */
export const showPartner = async (ports: Ports, { tenant }: Pick<PartnerWish, "tenant">): Promise<ShownPartner> => {
  const partner = await knownPartner(ports, tenant);
  return { partner, liveSecrets: await liveSecretsOf(ports, { protocol: "partner", id: partner.clientId }) };
};

/** Every partner, by its tenant's name. */
export const listPartners = async (ports: Ports): Promise<readonly Partner[]> => {
  const found: Partner[] = [];
  for (const { id } of await listTenants(ports)) {
    const partner = await readPartner(ports, id);
    if (partner !== undefined) found.push(partner);
  }
  return found;
};
