/** The verbs of card merchants. */
import { setMerchant } from "./merchant.change.ts";
import { callbackTypes, minutes, saleRetentionDays, waitDays } from "./merchant.readings.ts";
import { createMerchant, listMerchants, retireMerchant, rotateMerchant, showMerchant } from "./merchant.ts";
import { sayChanged, sayCreated, sayMerchant, sayMerchants, sayRetired, sayRotated } from "./merchant.words.ts";
import { tenantName } from "./readings.ts";
import { defineVerb, optional, type Verb } from "./verb.ts";

const call = { arguments: { tenant: tenantName }, options: {} };

const settings = {
  tokenLife: optional(minutes, "<minutes>", "how long an access token lives"),
  sessionLife: optional(minutes, "<minutes>", "how long a sale may wait for its check"),
  outcomeWait: optional(waitDays, "<days>", "how long a checked sale waits for its end"),
  retentionDays: optional(saleRetentionDays, "<days>", "how long ended sales are kept"),
  callbackTypes: optional(callbackTypes, "<types>", "the callbacks that end a sale"),
};

/** The verbs of merchants. */
export const merchantVerbs: readonly Verb[] = [
  defineVerb({
    name: "merchant create",
    help: "Makes a tenant a card merchant; tells its secret.",
    notes: [
      "Unless told: a token lives for 30 minutes, a session for 15, an end is waited",
      'for 15 days, ended sales are kept for 90, callbacks of type "sale" end a sale.',
    ],
    arguments: { tenant: tenantName },
    options: settings,
    examples: ["merchant create shop-x"],
    run: createMerchant,
    say: sayCreated,
  }),
  defineVerb({
    name: "merchant set",
    help: "Changes settings of a card merchant; others stay.",
    notes: ["In use within 30 seconds, and for what begins after that."],
    arguments: { tenant: tenantName },
    options: settings,
    oneOf: ["tokenLife", "sessionLife", "outcomeWait", "retentionDays", "callbackTypes"],
    examples: ["merchant set shop-x --session-life 10"],
    run: setMerchant,
    say: sayChanged(() => "is changed."),
  }),
  defineVerb({
    name: "merchant show",
    help: "Shows a card merchant's settings; never its secrets.",
    ...call,
    examples: ["merchant show sbc-merchant"],
    run: showMerchant,
    say: sayMerchant,
  }),
  defineVerb({
    name: "merchant list",
    help: "Lists the card merchants.",
    arguments: {},
    options: {},
    examples: ["merchant list"],
    run: async (ports) => ({ merchants: await listMerchants(ports), nowMs: ports.clock() }),
    say: sayMerchants,
  }),
  defineVerb({
    name: "merchant rotate",
    help: "Gives its client a new secret; tells it, once.",
    notes: ["The secret before it lives until the next rotation, or until it is retired."],
    ...call,
    examples: ["merchant rotate shop-x"],
    run: rotateMerchant,
    say: sayRotated,
  }),
  defineVerb({
    name: "merchant retire",
    help: "Ends the client's secret before the newest one.",
    notes: ["It may still be remembered for 30 seconds."],
    ...call,
    examples: ["merchant retire shop-x"],
    run: retireMerchant,
    say: sayRetired,
  }),
];
