/** Card merchants in words: for people, and as JSON documents. */
import { DAY_MS, isoInstant, MINUTE_MS } from "#kernel/time";
import { isOpenToAnybody } from "#sale/caller";
import { type ControlKey, keyStateAt, type Merchant } from "#sale/merchant";
import { columns, instantText, WIDTH, wrap } from "./layout.ts";
import type { ChangedMerchant } from "./merchant.change.ts";
import { settingsOf, warningsAt } from "./merchant.settings.ts";
import type { MerchantCredentials, ShownMerchant } from "./merchant.ts";
import type { Said } from "./verb.ts";

const keyDocument = (key: ControlKey, nowMs: number) => ({
  keyId: key.id,
  state: keyStateAt(key, nowMs),
  activeFrom: isoInstant(key.activeFromMs),
  retireAt: key.retireAtMs === undefined ? null : isoInstant(key.retireAtMs),
});

const documentOf = (merchant: Merchant, nowMs: number) => ({
  tenant: merchant.tenant,
  clientId: merchant.clientId,
  endpoints: merchant.endpoints,
  controlKeys: merchant.keys.map((key) => keyDocument(key, nowMs)),
  gatewaySources: merchant.gatewaySources,
  callbackTypes: merchant.callbackTypes,
  tokenLifeMinutes: merchant.tokenLifeMs / MINUTE_MS,
  sessionLifeMinutes: merchant.sessionLifeMs / MINUTE_MS,
  outcomeWaitDays: merchant.outcomeWaitMs / DAY_MS,
  retentionDays: merchant.retentionDays,
  warnings: warningsAt(merchant, nowMs),
});

const warningLines = (warnings: readonly string[]): readonly string[] =>
  warnings.flatMap((warning) => ["", wrap(`Warning: ${warning}`.split(" "), "  ", WIDTH)]);

const told = (headline: string, { clientId, clientSecret }: MerchantCredentials, ...more: readonly string[]): string =>
  [
    headline,
    "",
    columns([
      ["  clientId", clientId],
      ["  clientSecret", clientSecret],
    ]),
    "",
    "The secret is shown this once and stored nowhere: put it where it belongs now.",
    ...more,
  ].join("\n");

/** Says that a merchant was created, its client, and what it still lacks. */
export const sayCreated = (made: MerchantCredentials): Said => ({
  text: told(
    `Made ${made.tenant} a merchant of card sales. Its client:`,
    made,
    "",
    "What it still needs, all of it the gateway's:",
    columns([
      [`  merchant endpoint set ${made.tenant} …`, "where sales of a currency go"],
      [`  merchant key add ${made.tenant} …`, "what both sides sign with"],
      [`  merchant source set ${made.tenant} …`, "where it calls from: until then, anywhere"],
    ]),
  ),
  document: { ...made },
});

/** Says a new secret. */
export const sayRotated = (made: MerchantCredentials): Said => ({
  text: told(
    `Rotated the clientSecret of the merchant ${made.tenant}. The new one:`,
    made,
    "The one before lives until the next rotation, or until it is retired.",
  ),
  document: { ...made },
});

/** Says that only the newest secret lives. */
export const sayRetired = ({
  tenant,
  clientId,
  changed,
}: Omit<MerchantCredentials, "clientSecret"> & { changed: boolean }) => ({
  text: changed
    ? `Retired the clientSecret before the newest one of the merchant ${tenant}.`
    : `The merchant ${tenant} has one clientSecret: nothing was changed.`,
  document: { tenant, clientId, changed },
});

/** Says what a merchant is after a change. */
export const sayChanged =
  (words: (merchant: Merchant) => string) =>
  ({ merchant, nowMs, changed }: ChangedMerchant): Said => ({
    text: [
      `The merchant ${merchant.tenant} ${words(merchant)}`,
      ...(changed ? [] : ["It was so already: nothing was changed."]),
      ...warningLines(warningsAt(merchant, nowMs)),
    ].join("\n"),
    document: { ...documentOf(merchant, nowMs), changed },
  });

/** Says what a merchant is. */
export const sayMerchant = ({ merchant, nowMs, liveSecrets }: ShownMerchant): Said => {
  const { "control keys": _, ...settings } = settingsOf(merchant);
  const keys = merchant.keys.map((key) => `${key.id} (${keyStateAt(key, nowMs)})`);
  return {
    text: [
      `Merchant ${merchant.tenant}`,
      "",
      columns([
        ["clientId", merchant.clientId],
        ["live secrets", String(liveSecrets)],
        ["control keys", keys.join(", ") || "none"],
        ...Object.entries(settings),
      ]),
      ...warningLines(warningsAt(merchant, nowMs)),
    ].join("\n"),
    document: { ...documentOf(merchant, nowMs), liveSecrets },
  };
};

const sourcesIn = (merchant: Merchant): string => {
  const [first, ...others] = merchant.gatewaySources;
  if (isOpenToAnybody(merchant)) return "ANYWHERE";
  return `${first}${others.length > 0 ? ` and ${others.length} more` : ""}`;
};

/** Says which merchants there are; from where the gateway may call is in a column of its own. */
export const sayMerchants = ({ merchants, nowMs }: { merchants: readonly Merchant[]; nowMs: number }): Said => ({
  text:
    merchants.length === 0
      ? "There is no merchant yet."
      : columns([
          ["TENANT", "CURRENCIES", "GATEWAY FROM", "CLIENT ID"],
          ...merchants.map((merchant) => [
            merchant.tenant,
            Object.keys(merchant.endpoints).join(" ") || "none",
            sourcesIn(merchant),
            merchant.clientId,
          ]),
        ]),
  document: { merchants: merchants.map((merchant) => documentOf(merchant, nowMs)) },
});

const timeText = (ms: number | undefined): string => (ms === undefined ? "" : instantText(ms));

/** Says a merchant's control keys, never their texts. */
export const sayKeys = ({ merchant, nowMs }: Omit<ShownMerchant, "liveSecrets">): Said => ({
  text:
    merchant.keys.length === 0
      ? `${merchant.tenant} has no control key yet.`
      : columns([
          ["KEY", "STATE", "SIGNS FROM", "RETIRED AT"],
          ...merchant.keys.map((key) => [
            key.id,
            keyStateAt(key, nowMs),
            timeText(key.activeFromMs),
            timeText(key.retireAtMs),
          ]),
        ]),
  document: { tenant: merchant.tenant, controlKeys: merchant.keys.map((key) => keyDocument(key, nowMs)) },
});
