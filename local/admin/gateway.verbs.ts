/** The verbs of what a card merchant has with its gateway: endpoints, control keys, and where the gateway calls from. */
import { removeEndpoint, setEndpoint, setSources } from "./merchant.change.ts";
import { addKey, retireKey } from "./merchant.keys.ts";
import { controlKey, endpointId, instant, networks } from "./merchant.readings.ts";
import { settingsOf } from "./merchant.settings.ts";
import { showMerchant } from "./merchant.ts";
import { sayChanged, sayKeys } from "./merchant.words.ts";
import { currency, name, tenantName } from "./readings.ts";
import { defineVerb, optional, required, type Verb } from "./verb.ts";

const endpointVerbs: readonly Verb[] = [
  defineVerb({
    name: "merchant endpoint set",
    help: "Accepts a currency, whose sales go to an endpoint.",
    notes: ["The endpoint's number is the gateway's. In use within 30 seconds."],
    arguments: { tenant: tenantName, currency, endpointId },
    options: {},
    examples: ["merchant endpoint set shop-x EUR 1234"],
    run: setEndpoint,
    say: sayChanged(({ endpoints }) => `accepts ${Object.keys(endpoints).join(", ")}.`),
  }),
  defineVerb({
    name: "merchant endpoint remove",
    help: "Accepts a currency no more; open sales go on.",
    arguments: { tenant: tenantName, currency },
    options: {},
    examples: ["merchant endpoint remove shop-x EUR"],
    run: removeEndpoint,
    say: sayChanged(({ endpoints }) => `accepts ${Object.keys(endpoints).join(", ") || "no currency"}.`),
  }),
];

const sayKeysChanged = sayChanged((merchant) => `has the control keys ${settingsOf(merchant)["control keys"]}.`);

const keyVerbs: readonly Verb[] = [
  defineVerb({
    name: "merchant key add",
    help: "Adds a control key of the gateway's.",
    notes: [
      "The latest key that is active signs new sales: from a minute on at the earliest,",
      "so that every function knows it. A sale goes on under the key it began with. The",
      "key is kept sealed and never shown. Put a space before this command: most shells",
      "forget it then.",
    ],
    arguments: { tenant: tenantName, keyId: name },
    options: {
      controlKey: required(controlKey, "<hex>", "as the gateway has issued it, dashes and all"),
      activeFrom: optional(instant, "<instant>", "when it begins to sign (default in a minute)"),
    },
    examples: ["merchant key add shop-x k2 --control-key 99112233-4455-6677-8899-AABBCCDDEEFF"],
    run: addKey,
    say: sayKeysChanged,
  }),
  defineVerb({
    name: "merchant key retire",
    help: "Ends the life of a control key.",
    notes: [
      "Whatever comes later for a sale that it has signed is refused. After a rotation",
      "give the open sales time: the session life, and the wait for an outcome.",
    ],
    arguments: { tenant: tenantName, keyId: name },
    options: { retireAt: optional(instant, "<instant>", "when (default now)") },
    examples: ["merchant key retire shop-x k1", "merchant key retire shop-x k1 --retire-at 2027-01-01T00:00:00Z"],
    run: retireKey,
    say: sayKeysChanged,
  }),
  defineVerb({
    name: "merchant key list",
    help: "Lists its control keys; never what they are.",
    arguments: { tenant: tenantName },
    options: {},
    examples: ["merchant key list sbc-merchant"],
    run: showMerchant,
    say: sayKeys,
  }),
];

/** The verbs of merchants and their gateway. */
export const gatewayVerbs: readonly Verb[] = [
  ...endpointVerbs,
  ...keyVerbs,
  defineVerb({
    name: "merchant source set",
    help: "Says from where the gateway may call.",
    notes: [
      "The gateway's calls are not signed by whoever makes them: without sources an app",
      "can check its own sale. Addresses are those of the connection, of no header.",
    ],
    arguments: { tenant: tenantName, networks },
    options: {},
    examples: ["merchant source set shop-x 192.0.2.0/24,2001:db8::/32", "merchant source set shop-x any"],
    run: setSources,
    say: sayChanged(({ gatewaySources }) => `hears the gateway from ${gatewaySources.join(", ") || "any address"}.`),
  }),
];
