/** The verbs of partners. */
import { themes } from "#partner/configuration";
import type { CheckinWish } from "./checkin.ts";
import { wordsIn } from "./configuration.ts";
import { address, callList, country, foreignId, foreignSecret, quickAmounts } from "./partner.readings.ts";
import { partnerSecrets, retirePrevious, rotatePartner } from "./partner.secrets.ts";
import { createPartner, listPartners, resumePartner, setPartner, showPartner, suspendPartner } from "./partner.ts";
import { sayChanged, sayCreated, sayPartner, sayPartners, sayRetired, sayRotated } from "./partner.words.ts";
import { amount, currency, label, limit, tenantName, word } from "./readings.ts";
import { defaulting, defineVerb, optional, required, type Verb } from "./verb.ts";

const call = { arguments: { tenant: tenantName }, options: {} };

const checkin = {
  mode: optional(word(["local", "upstream"]), "local|upstream", "who makes check-ins"),
  webSdk: optional(address, "<url>", "local: where the web SDK is served"),
  baseUrl: optional(address, "<url>", "upstream: the base of SONECT's partner API"),
  upstreamClientId: optional(foreignId, "<id>", "upstream: our clientId there"),
  upstreamClientSecret: optional(foreignSecret, "<text>", "upstream: our clientSecret there; kept sealed"),
};

/** What may be said of the other settings: how it is read, what stands for it, and what it is. */
const given = {
  currency: [currency, "<code>", "ISO 4217"],
  country: [country, "<code>", "ISO 3166-1, two letters"],
  locale: [label, "<tag>", "BCP 47, such as de-CH"],
  theme: [word(themes), "white|dark", "the screens' first look"],
  quickAmounts: [quickAmounts, "<amounts>", "offered at once: 20,50,100"],
  min: [amount, "<amount>", "the smallest amount"],
  max: [amount, "<amount>", "the largest amount"],
  step: [amount, "<amount>", "from one amount to the next"],
  calls: [callList, "<calls>", "any of exists,user,partnerCheckin"],
} as const;

const limits = {
  limitTransaction: optional(limit, "<amount>", "told of one withdrawal"),
  limitDay: optional(limit, "<amount>", "told of a day"),
  limitWeek: optional(limit, "<amount>", "told of a week"),
  limitMonth: optional(limit, "<amount>", "told of a month"),
  limitYear: optional(limit, "<amount>", "told of a year"),
};

/** What is said of the limits; `absent` stands for one of which nothing is. */
const limitsIn = <Absent extends null | undefined>(
  wish: { readonly [Name in keyof typeof limits]: string | null | undefined },
  absent: Absent,
) => {
  const said = (bound: string | null | undefined) => (bound === undefined ? absent : bound);
  return {
    transaction: said(wish.limitTransaction),
    day: said(wish.limitDay),
    week: said(wish.limitWeek),
    month: said(wish.limitMonth),
    year: said(wish.limitYear),
  };
};

/** What is said of how users check in. */
const checkinIn = (wish: CheckinWish): CheckinWish => {
  const { mode, webSdk, baseUrl, upstreamClientId, upstreamClientSecret } = wish;
  return { mode, webSdk, baseUrl, upstreamClientId, upstreamClientSecret };
};

const creating = defineVerb({
  name: "partner create",
  help: "Makes a tenant a partner; tells its secrets, once.",
  notes: [
    "A partner is the bank as SONECT's operator knows it. The configuration is what",
    "the operator's screens show; the limits that hold are those of the accounts.",
    "A limit that is not given is none; unless told, all calls are allowed.",
  ],
  arguments: { tenant: tenantName },
  options: {
    currency: required(...given.currency),
    country: required(...given.country),
    locale: required(...given.locale),
    theme: defaulting(...given.theme, "white"),
    quickAmounts: required(...given.quickAmounts),
    min: required(...given.min),
    max: required(...given.max),
    step: required(...given.step),
    ...limits,
    ...checkin,
    calls: optional(...given.calls),
  },
  oneOf: ["mode", "webSdk", "baseUrl"],
  examples: [
    "partner create bank-x --currency CHF --country CH --locale de-CH --quick-amounts 20,50,100 --min 20 --max 500 --step 10 --web-sdk https://sdk.example.com",
  ],
  run: (ports, wish) => {
    const { tenant, actor, calls } = wish;
    const configuration = { ...wordsIn(wish), limits: limitsIn(wish, null) };
    return createPartner(ports, { tenant, actor, calls, configuration, checkin: checkinIn(wish) });
  },
  say: sayCreated,
});

const settings = {
  currency: optional(...given.currency),
  country: optional(...given.country),
  locale: optional(...given.locale),
  theme: optional(...given.theme),
  quickAmounts: optional(...given.quickAmounts),
  min: optional(...given.min),
  max: optional(...given.max),
  step: optional(...given.step),
  ...limits,
  ...checkin,
  calls: optional(...given.calls),
};

const setting = defineVerb({
  name: "partner set",
  help: "Changes settings of a partner; others stay.",
  notes: [
    "In use within 30 seconds. Another mode of checking in drops what the one before",
    "had. Put a space before a command with a secret: most shells forget it then.",
  ],
  arguments: { tenant: tenantName },
  options: settings,
  oneOf: [
    ...(["currency", "country", "locale", "theme", "quickAmounts", "min", "max", "step"] as const),
    ...(["limitTransaction", "limitDay", "limitWeek", "limitMonth", "limitYear"] as const),
    ...(["mode", "webSdk", "baseUrl", "upstreamClientId", "upstreamClientSecret", "calls"] as const),
  ],
  examples: [
    "partner set bank-x --theme dark --limit-day none",
    "partner set bank-x --base-url https://api.example.com/v7",
  ],
  run: (ports, wish) => {
    const { tenant, actor, calls } = wish;
    const configuration = { ...wordsIn(wish), limits: limitsIn(wish, undefined) };
    return setPartner(ports, { tenant, actor, calls, configuration, checkin: checkinIn(wish) });
  },
  say: sayChanged("is changed."),
});

const secretOfPartner = defaulting(word(partnerSecrets), partnerSecrets.join("|"), "which one", "clientSecret");

/** The verbs of partners. */
export const partnerVerbs: readonly Verb[] = [
  creating,
  setting,
  defineVerb({
    name: "partner show",
    help: "Shows a partner's settings; never its secrets.",
    ...call,
    examples: ["partner show bank-a"],
    run: showPartner,
    say: sayPartner,
  }),
  defineVerb({
    name: "partner list",
    help: "Lists the partners.",
    arguments: {},
    options: {},
    examples: ["partner list"],
    run: listPartners,
    say: sayPartners,
  }),
  defineVerb({
    name: "partner suspend",
    help: "Refuses a partner's calls and its users' sessions.",
    notes: ["Within 30 seconds. Withdrawals of its customers are not concerned."],
    ...call,
    examples: ["partner suspend bank-a"],
    run: suspendPartner,
    say: sayChanged("is suspended."),
  }),
  defineVerb({
    name: "partner resume",
    help: "Ends a suspension.",
    ...call,
    examples: ["partner resume bank-a"],
    run: resumePartner,
    say: sayChanged("is active."),
  }),
  defineVerb({
    name: "partner rotate",
    help: "Gives a partner a new secret, and prints it, once.",
    notes: [
      "The clientSecret before it lives until the next rotation, or until it is",
      "retired. There is one hmacKey at a time: the one before is gone at once.",
    ],
    arguments: { tenant: tenantName },
    options: { secret: secretOfPartner },
    examples: ["partner rotate bank-x", "partner rotate bank-x --secret hmacKey"],
    run: rotatePartner,
    say: sayRotated,
  }),
  defineVerb({
    name: "partner retire",
    help: "Ends the clientSecret before the newest one.",
    notes: ["It may still be remembered for 30 seconds."],
    ...call,
    examples: ["partner retire bank-x"],
    run: retirePrevious,
    say: sayRetired,
  }),
];
