/** The verbs of merchants with tills, of their stores and tills, and of what they give their customers (swip.md 8.2). */
import { paymentModes, tillModes } from "#pos/merchant";
import { campaignKinds, removeCampaign, setCampaign } from "./pos.campaigns.ts";
import { removePoints, setPlace, setPoints, setShop } from "./pos.change.ts";
import {
  campaignId,
  captureDelay,
  cashId,
  instant,
  merchantId,
  percent,
  pointValue,
  productIds,
  share,
  storeId,
  yesNo,
} from "./pos.readings.ts";
import { pointsText } from "./pos.settings.ts";
import { createShop, listShops, retireShop, rotateShop, showShop } from "./pos.ts";
import { sayChanged, sayCreated, sayPlace, sayRetired, sayRotated, sayShop, sayShops } from "./pos.words.ts";
import { amount, currency, tenantName, word } from "./readings.ts";
import { defineVerb, optional, required, type Verb } from "./verb.ts";

const call = { arguments: { tenant: tenantName }, options: {} };

const settings = {
  payment: optional(word(paymentModes), paymentModes.join("|"), "until the close: held, or taken at once"),
  captureDelay: optional(captureDelay, "<seconds>", "from the close to the capture, of what is held"),
  autoRegister: optional(yesNo, "yes|no", "whether unknown tills register by their first order"),
};

const merchantVerbs: readonly Verb[] = [
  defineVerb({
    name: "pos merchant create",
    help: "Makes a tenant a till merchant; tells its token.",
    notes: [
      "The tenant is X-Merchant-ID, and its name for people is in every order. Unless",
      "told, payments are held and captured by the close, and tills have to be",
      "registered. The currency cannot be changed later.",
    ],
    arguments: { tenant: merchantId },
    options: { currency: required(currency, "<code>", "ISO 4217"), ...settings },
    examples: ["pos merchant create shop-x --currency EUR"],
    run: createShop,
    say: sayCreated,
  }),
  defineVerb({
    name: "pos merchant set",
    help: "Changes how its orders are paid; the rest stays.",
    notes: ["In use within 30 seconds, and for what is paid after that."],
    arguments: { tenant: tenantName },
    options: settings,
    oneOf: ["payment", "captureDelay", "autoRegister"],
    examples: ["pos merchant set shop-x --payment debit"],
    run: setShop,
    say: sayChanged(() => "is changed."),
  }),
  defineVerb({
    name: "pos merchant show",
    help: "Shows a merchant with its tills; never its token.",
    ...call,
    examples: ["pos merchant show SWTS"],
    run: showShop,
    say: sayShop,
  }),
  defineVerb({
    name: "pos merchant list",
    help: "Lists the merchants with tills.",
    arguments: {},
    options: {},
    examples: ["pos merchant list"],
    run: listShops,
    say: sayShops,
  }),
  defineVerb({
    name: "pos merchant rotate",
    help: "Gives its tills a new token; tells it, once.",
    notes: ["The token before it lives until the next rotation, or until it is retired."],
    ...call,
    examples: ["pos merchant rotate shop-x"],
    run: rotateShop,
    say: sayRotated,
  }),
  defineVerb({
    name: "pos merchant retire",
    help: "Ends the token before the newest one.",
    notes: ["It may still be remembered for 30 seconds."],
    ...call,
    examples: ["pos merchant retire shop-x"],
    run: retireShop,
    say: sayRetired,
  }),
];

const mode = { mode: optional(word(tillModes), tillModes.join("|"), "one order at a time, or many that live longer") };

const placeVerbs: readonly Verb[] = [
  defineVerb({
    name: "pos store set",
    help: "Registers a store, or sets how its tills work.",
    arguments: { tenant: tenantName, storeId },
    options: mode,
    examples: ["pos store set shop-x Main --mode restaurant"],
    run: setPlace,
    say: sayPlace,
  }),
  defineVerb({
    name: "pos till set",
    help: "Registers a till, or sets how it works.",
    notes: ["Unless told it works as its store. Open orders keep the time that they have."],
    arguments: { tenant: tenantName, storeId, cashId },
    options: mode,
    examples: ["pos till set shop-x Main 2 --mode retail"],
    run: setPlace,
    say: sayPlace,
  }),
];

const campaignVerbs: readonly Verb[] = [
  defineVerb({
    name: "pos campaign set",
    help: "Sets what a merchant takes off, or gives back.",
    notes: [
      "PERCENT and CASHBACK (given back as points) have a percentage as value, FIXED an",
      "amount, NTH_FREE a number: 10 is every tenth one free. Orders that a customer",
      "has seen keep what they have.",
    ],
    arguments: { tenant: tenantName, id: campaignId },
    options: {
      kind: required(word(campaignKinds), "<kind>", campaignKinds.join(", ")),
      value: required(amount, "<number>", "how much"),
      minTotal: optional(amount, "<amount>", "only for orders of at least this"),
      products: optional(productIds, "<ids>", "only for these products (default all)"),
      validFrom: optional(instant, "<instant>", "when it begins (default now)"),
      validTo: optional(instant, "<instant>", "when it is over (default never)"),
      stackable: optional(yesNo, "yes|no", "together with others (default yes)"),
    },
    examples: ["pos campaign set shop-x ten --kind PERCENT --value 10 --products coffee,tea"],
    run: setCampaign,
    say: sayChanged(({ campaigns }) => `has the campaigns ${campaigns.map(({ id }) => id).join(", ")}.`),
  }),
  defineVerb({
    name: "pos campaign remove",
    help: "Ends a campaign for orders nobody has seen yet.",
    arguments: { tenant: tenantName, id: campaignId },
    options: {},
    examples: ["pos campaign remove shop-x ten"],
    run: removeCampaign,
    say: sayChanged(({ campaigns }) => `has the campaigns ${campaigns.map(({ id }) => id).join(", ") || "none"}.`),
  }),
];

const pointsVerbs: readonly Verb[] = [
  defineVerb({
    name: "pos points set",
    help: "Sets what customers earn, and may pay with points.",
    arguments: { tenant: tenantName },
    options: {
      earnPercent: required(percent, "<percent>", "of what is paid, in points"),
      redeemMaxShare: required(share, "<share>", "how much of an order points may pay: 0.3"),
      pointValue: required(pointValue, "<n>", "what a point is worth, in minor units"),
    },
    examples: ["pos points set shop-x --earn-percent 5 --redeem-max-share 0.3 --point-value 100"],
    run: (ports, { earnPercent, redeemMaxShare, pointValue: pointValueMinor, ...wish }) => {
      const points = {
        earnPercentHundredths: earnPercent,
        redeemMaxShareTenThousandths: redeemMaxShare,
        pointValueMinor,
      };
      return setPoints(ports, { ...wish, points });
    },
    say: sayChanged(({ points, currency: code }) => `has points: ${pointsText(points, code)}.`),
  }),
  defineVerb({
    name: "pos points remove",
    help: "Gives no points any more; customers keep theirs.",
    ...call,
    examples: ["pos points remove shop-x"],
    run: removePoints,
    say: sayChanged(() => "has no points."),
  }),
];

/** The verbs of merchants with tills. */
export const posVerbs: readonly Verb[] = [...merchantVerbs, ...placeVerbs, ...campaignVerbs, ...pointsVerbs];
