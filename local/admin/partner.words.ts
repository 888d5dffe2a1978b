/** Partners in words: for people, and as JSON documents. */
import type { Partner } from "#partner/partner";
import { textsOf } from "./configuration.ts";
import { columns } from "./layout.ts";
import type { Retired, RotatedSecret } from "./partner.secrets.ts";
import { settingsOf } from "./partner.settings.ts";
import type { ChangedPartner, CreatedPartner, ShownPartner } from "./partner.ts";
import type { Said } from "./verb.ts";

const checkinDocument = ({ checkin }: Partner) =>
  checkin.mode === "local"
    ? { mode: checkin.mode, webSdk: checkin.webSdk }
    : {
        mode: checkin.mode,
        baseUrl: checkin.baseUrl ?? null,
        clientId: checkin.clientId ?? null,
        hasClientSecret: checkin.clientSecret !== undefined,
      };

const documentOf = (partner: Partner) => {
  const { min: minAmount, max: maxAmount, step: stepAmount, limits, ...others } = textsOf(partner.configuration);
  return {
    tenant: partner.tenant,
    clientId: partner.clientId,
    state: partner.state,
    calls: partner.calls,
    checkin: checkinDocument(partner),
    configuration: { ...others, minAmount, maxAmount, stepAmount, limits },
  };
};

/** Says that a partner was created, and its credentials. */
export const sayCreated = ({ tenant, clientId, clientSecret, hmacKey }: CreatedPartner): Said => ({
  text: [
    `Made ${tenant} a partner. Its credentials:`,
    "",
    columns([
      ["  clientId", clientId],
      ["  clientSecret", clientSecret],
      ["  hmacKey", hmacKey],
    ]),
    "",
    "The secrets are shown this once: put them where they belong now.",
  ].join("\n"),
  document: { tenant, clientId, clientSecret, hmacKey },
});

const afterRotation = {
  clientSecret: "The one before lives until the next rotation, or until it is retired.",
  hmacKey: "The one before signs no more: its owner has to sign with this one from now on.",
};

/** Says a new secret. */
export const sayRotated = ({ tenant, clientId, name, secret }: RotatedSecret): Said => ({
  text: [
    `Rotated the ${name} of the partner ${tenant}. The new one:`,
    "",
    `  ${secret}`,
    "",
    "It is shown this once: put it where it belongs now.",
    afterRotation[name],
  ].join("\n"),
  document: { tenant, clientId, [name]: secret },
});

/** Says that only the newest secret lives. */
export const sayRetired = ({ tenant, clientId, changed }: Retired): Said => ({
  text: changed
    ? `Retired the clientSecret before the newest one of the partner ${tenant}.`
    : `The partner ${tenant} has one clientSecret: nothing was changed.`,
  document: { tenant, clientId, changed },
});

/** Says what a partner is after a change. */
export const sayChanged =
  (words: string) =>
  ({ partner, changed }: ChangedPartner): Said => ({
    text: `The partner ${partner.tenant} ${words}${changed ? "" : "\nIt was so already: nothing was changed."}`,
    document: { ...documentOf(partner), changed },
  });

/** Says what a partner is. */
export const sayPartner = ({ partner, liveSecrets }: ShownPartner): Said => ({
  text: [
    `Partner ${partner.tenant}`,
    "",
    columns([
      ["clientId", partner.clientId],
      ["live secrets", String(liveSecrets)],
      ...Object.entries(settingsOf(partner)),
    ]),
  ].join("\n"),
  document: { ...documentOf(partner), liveSecrets },
});

/** Says which partners there are. */
export const sayPartners = (partners: readonly Partner[]): Said => ({
  text:
    partners.length === 0
      ? "There is no partner yet."
      : columns([
          ["TENANT", "STATE", "CHECK-IN", "CLIENT ID"],
          ...partners.map(({ tenant, state, checkin, clientId }) => [tenant, state, checkin.mode, clientId]),
        ]),
  document: { partners: partners.map(documentOf) },
});
