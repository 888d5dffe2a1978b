/** Merchants with tills in words: for people, and as JSON documents. */
import { plainDecimal } from "#kernel/canonical";
import type { Currency } from "#kernel/currency";
import { isoInstant } from "#kernel/time";
import type { Campaign } from "#loyalty/campaign";
import type { Merchant } from "#pos/merchant";
import type { Place } from "#pos/place.item";
import { majorIn } from "./amount.ts";
import { columns, cut, instantText, WIDTH, wrap } from "./layout.ts";
import type { ChangedShop, SetPlace } from "./pos.change.ts";
import { giftText, settingsOf } from "./pos.settings.ts";
import type { ShopToken, ShownShop } from "./pos.ts";
import type { Said } from "./verb.ts";

const documentOf = ({ tenant, name, points, ...merchant }: Merchant) => ({
  tenant,
  name,
  currency: merchant.currency,
  payment: merchant.payment,
  captureDelaySeconds: merchant.captureDelaySeconds,
  autoRegister: merchant.autoRegister,
  points: points
    ? {
        earnPercent: plainDecimal({ unscaled: points.earnPercentHundredths, scale: 2 }),
        redeemMaxShare: plainDecimal({ unscaled: points.redeemMaxShareTenThousandths, scale: 4 }),
        pointValueMinor: String(points.pointValueMinor),
      }
    : null,
  campaigns: merchant.campaigns.map(({ id, revision, validFromMs, validToMs }) => ({
    id,
    revision: String(revision),
    validFrom: isoInstant(validFromMs),
    validTo: isoInstant(validToMs),
  })),
  liveTokens: merchant.previous === undefined ? 1 : 2,
});

const told = (headline: string, { token }: ShopToken, ...more: readonly string[]): string =>
  [
    headline,
    "",
    `  ${token}`,
    "",
    "It is shown this once and stored nowhere: put it where it belongs now.",
    ...more,
  ].join("\n");

/** Says that a merchant was created, and its token. */
export const sayCreated = (made: ShopToken): Said => ({
  text: told(
    `Made ${made.tenant} a merchant with tills. The token of its tills:`,
    made,
    "",
    "What it still needs, unless its tills register themselves:",
    columns([
      [`  pos store set ${made.tenant} …`, "its stores"],
      [`  pos till set ${made.tenant} …`, "and their tills"],
    ]),
  ),
  document: { ...made },
});

/** Says a new token. */
export const sayRotated = (made: ShopToken): Said => ({
  text: told(
    `Rotated the token of the tills of ${made.tenant}. The new one:`,
    made,
    "The one before lives until the next rotation, or until it is retired.",
  ),
  document: { ...made },
});

/** Says that only the newest token lives. */
export const sayRetired = ({ tenant, changed }: { readonly tenant: string; readonly changed: boolean }): Said => ({
  text: changed
    ? `Retired the token before the newest one of the tills of ${tenant}.`
    : `The tills of ${tenant} have one token: nothing was changed.`,
  document: { tenant, changed },
});

/** Says what a merchant is after a change. */
export const sayChanged =
  (words: (merchant: Merchant) => string) =>
  ({ merchant, changed }: ChangedShop): Said => ({
    text: [
      wrap(`The merchant ${merchant.tenant} ${words(merchant)}`.split(" "), "  ", WIDTH),
      ...(changed ? [] : ["It was so already: nothing was changed."]),
    ].join("\n"),
    document: { ...documentOf(merchant), changed },
  });

/** What of a campaign's gift fits beside its times. */
const MOST_OF_A_GIFT = 40;

const campaignDocument = ({ validFromMs, validToMs, ...campaign }: Campaign, currency: Currency) => ({
  id: campaign.id,
  kind: campaign.kind,
  gives: giftText({ ...campaign, validFromMs, validToMs }, currency),
  minTotal: campaign.minTotal === undefined ? null : majorIn(currency, campaign.minTotal),
  productIds: campaign.productIds ?? null,
  validFrom: isoInstant(validFromMs),
  validTo: isoInstant(validToMs),
  stackable: campaign.stackable,
});

const placeDocument = ({ storeId, cashId, mode }: Place) => ({ storeId, cashId: cashId ?? null, mode: mode ?? null });

const modeText = ({ cashId, mode }: Place): string => mode ?? (cashId === undefined ? "retail" : "as its store");

/** Says that a store or a till is registered. */
export const sayPlace = ({ tenant, ...place }: SetPlace): Said => ({
  text:
    place.cashId === undefined
      ? `${tenant} has the store ${place.storeId}.`
      : `${tenant} has the till ${place.cashId} in the store ${place.storeId}.`,
  document: { tenant, ...placeDocument(place) },
});

/** Says what a merchant is, with its stores and tills. */
export const sayShop = ({ merchant, campaigns, places }: ShownShop): Said => ({
  text: [
    `Merchant ${merchant.tenant}`,
    "",
    columns([
      ["live tokens", merchant.previous === undefined ? "1" : "2"],
      ["orders begin", merchant.prefix],
      ...Object.entries(settingsOf(merchant)).filter(([name]) => name !== "campaigns"),
    ]),
    "",
    campaigns.length === 0
      ? "It has no campaign."
      : columns([
          ["CAMPAIGN", "FROM", "UNTIL", "GIVES"],
          ...campaigns.map((campaign) => [
            campaign.id,
            instantText(campaign.validFromMs),
            instantText(campaign.validToMs),
            cut(giftText(campaign, merchant.currency), MOST_OF_A_GIFT),
          ]),
        ]),
    "",
    places.length === 0
      ? "It has no store yet."
      : columns([
          ["STORE", "TILL", "MODE"],
          ...places.map((place) => [place.storeId, place.cashId ?? "", modeText(place)]),
        ]),
  ].join("\n"),
  document: {
    ...documentOf(merchant),
    campaigns: campaigns.map((campaign) => campaignDocument(campaign, merchant.currency)),
    places: places.map(placeDocument),
  },
});

/** Says which merchants with tills there are. */
export const sayShops = (merchants: readonly Merchant[]): Said => ({
  text:
    merchants.length === 0
      ? "There is no merchant with tills yet."
      : columns([
          ["MERCHANT", "CURRENCY", "PAYMENT", "NAME"],
          ...merchants.map(({ tenant, currency, payment, name }) => [tenant, currency, payment, name]),
        ]),
  document: { merchants: merchants.map(documentOf) },
});
