/** A partner in the table. */
import { type Place, type SealRing, unseal } from "#kernel/seal";
import { keepConfiguration, keptConfiguration } from "#partner/configuration";
import { type CheckinMode, calls, type Partner, partnerStates } from "#partner/partner";
import type { Ports } from "#ports";
import { absent, equals, present } from "#store/condition";
import { integerIn, maybeTextIn, textIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { partnerKey } from "#store/keys/partner";
import { check, put, update, type Write } from "#store/write";

/** The fields that hold something sealed. */
export type SealedField = "hmacKey" | "clientSecret";

/** Where such a field lies. */
export const placeOf = (tenant: string, field: SealedField): Place => ({ ...partnerKey(tenant), field });

/** What is sealed in a field. */
export const openField = (ring: SealRing, tenant: string, field: SealedField, sealed: string): string =>
  unseal(ring, placeOf(tenant, field), sealed);

const checkinOf = (item: Item): CheckinMode => {
  if (wordIn(item, "mode", ["local", "upstream"]) === "local") return { mode: "local", webSdk: textIn(item, "webSdk") };
  const baseUrl = maybeTextIn(item, "baseUrl");
  const clientId = maybeTextIn(item, "upstreamClientId");
  const clientSecret = maybeTextIn(item, "clientSecret");
  return {
    mode: "upstream",
    ...(baseUrl !== undefined && { baseUrl }),
    ...(clientId !== undefined && { clientId }),
    ...(clientSecret !== undefined && { clientSecret }),
  };
};

/** A partner out of its item. */
export const partnerOf = (tenant: string, item: Item): Partner => {
  const allowed = textIn(item, "calls").split(" ");
  return {
    tenant,
    clientId: textIn(item, "clientId"),
    state: wordIn(item, "state", partnerStates),
    calls: calls.filter((call) => allowed.includes(call)),
    configuration: keptConfiguration(textIn(item, "configuration")),
    checkin: checkinOf(item),
    hmacKey: textIn(item, "hmacKey"),
    revision: integerIn(item, "revision"),
  };
};

const itemOf = ({ clientId, state, calls: allowed, configuration, checkin, hmacKey, revision }: Partner): Item => ({
  clientId,
  state,
  calls: allowed.join(" "),
  configuration: keepConfiguration(configuration),
  mode: checkin.mode,
  ...(checkin.mode === "local"
    ? { webSdk: checkin.webSdk }
    : {
        ...(checkin.baseUrl !== undefined && { baseUrl: checkin.baseUrl }),
        ...(checkin.clientId !== undefined && { upstreamClientId: checkin.clientId }),
        ...(checkin.clientSecret !== undefined && { clientSecret: checkin.clientSecret }),
      }),
  hmacKey,
  revision,
});

/** The write that makes a tenant a partner; refuses PARTNER_EXISTS. */
export const createPartner = (partner: Partner): Write =>
  put(partnerKey(partner.tenant), itemOf(partner), [[absent(), "PARTNER_EXISTS"]]);

/** The fields that a mode of checking in may leave out. */
const optional = ["webSdk", "baseUrl", "upstreamClientId", "clientSecret"] as const;

/** The write that puts another in its place, if it still is as it was read. */
export const changePartner = (before: Partner, after: Partner): Write => {
  const set = itemOf({ ...after, revision: before.revision + 1n });
  return update(partnerKey(before.tenant), { set, remove: optional.filter((name) => set[name] === undefined) }, [
    [equals("revision", before.revision), "stale"],
  ]);
};

/** The check that a tenant is a partner; refuses PARTNER_UNKNOWN. */
export const checkPartner = (tenant: string): Write => check(partnerKey(tenant), [[present(), "PARTNER_UNKNOWN"]]);

/** A tenant's record as a partner, or undefined; remembered for some seconds. */
export const findPartner = async ({ recall }: Pick<Ports, "recall">, tenant: string): Promise<Partner | undefined> => {
  const item = await recall(partnerKey(tenant));
  return item && partnerOf(tenant, item);
};
