/** The verbs of accounts. */
import { accountModes, accountStates } from "#ledger/account";
import { limitNames } from "#ledger/limits";
import { createAccount, listAccounts, showAccount, showStatement } from "./account.ts";
import {
  limitsLine,
  sayAccount,
  sayAccounts,
  sayChanged,
  sayCreated,
  sayFunded,
  sayStatement,
} from "./account.words.ts";
import { blockAccount, changeLimits, changeMode, unblockAccount } from "./change.ts";
import { fundAccount } from "./funding.ts";
import { amount, currency, cursor, label, limit, pageSize, tenantName, userId, word } from "./readings.ts";
import { defaulting, defineVerb, optional, required, type Verb } from "./verb.ts";

const account = { tenant: tenantName, userId };
const none = {};

const page = {
  limit: defaulting(pageSize, "<n>", "how many, 1-100", 20),
  cursor: optional(cursor, "<cursor>", "where the page before has ended"),
};

const limitsOnAccount = {
  transaction: optional(limit, "<amount>", "of one withdrawal"),
  day: optional(limit, "<amount>", "in a day of the tenant's time zone"),
  week: optional(limit, "<amount>", "in a week from Monday"),
  month: optional(limit, "<amount>", "in a calendar month"),
  year: optional(limit, "<amount>", "in a calendar year"),
};

const limitsAtCreation = {
  limitTransaction: limitsOnAccount.transaction,
  limitDay: limitsOnAccount.day,
  limitWeek: limitsOnAccount.week,
  limitMonth: limitsOnAccount.month,
  limitYear: limitsOnAccount.year,
};

/** The verbs that make or change an account. */
const changing: readonly Verb[] = [
  defineVerb({
    name: "account create",
    help: "Creates an empty account for a bank's customer.",
    notes: ["The currency cannot be changed later. A limit that is not given is none."],
    arguments: account,
    options: {
      currency: required(currency, "<code>", "ISO 4217"),
      mode: defaulting(word(accountModes), "book|skip", "skip: nothing is booked", "book"),
      state: defaulting(word(accountStates), "active|blocked", "blocked: nothing may begin", "active"),
      ...limitsAtCreation,
    },
    examples: ["account create bank-x 1001 --currency CHF --limit-day 1000"],
    run: (ports, { limitTransaction, limitDay, limitWeek, limitMonth, limitYear, ...wish }) =>
      createAccount(ports, {
        ...wish,
        limits: { transaction: limitTransaction, day: limitDay, week: limitWeek, month: limitMonth, year: limitYear },
      }),
    say: sayCreated,
  }),
  defineVerb({
    name: "account fund",
    help: "Puts money on an account, once a reference.",
    notes: [
      "The money comes from the tenant's funding account. When in doubt, repeat it",
      "with the same reference: what was done is not done twice.",
    ],
    arguments: { ...account, amount },
    options: { reference: optional(label, "<text>", "names the sum (default: a fresh name)") },
    examples: ['account fund bank-x 1001 250.00 --reference "payroll 2026-11"'],
    run: fundAccount,
    say: sayFunded,
  }),
  defineVerb({
    name: "account block",
    help: "Lets no withdrawal begin; open ones can still end.",
    arguments: account,
    options: none,
    examples: ["account block bank-x 1001"],
    run: blockAccount,
    say: sayChanged(() => "is blocked."),
  }),
  defineVerb({
    name: "account unblock",
    help: "Lets withdrawals begin again.",
    arguments: account,
    options: none,
    examples: ["account unblock bank-x 1001"],
    run: unblockAccount,
    say: sayChanged(() => "is active."),
  }),
  defineVerb({
    name: "account limits",
    help: "Sets limits, or lifts them; keeps those not given.",
    arguments: account,
    options: limitsOnAccount,
    oneOf: limitNames,
    examples: ["account limits bank-x 1001 --day 2000 --week none"],
    run: (ports, { tenant, userId: id, actor, ...limits }) =>
      changeLimits(ports, { tenant, userId: id, actor, limits }),
    say: sayChanged((changed) => `has the limits\n  ${limitsLine(changed)}`),
  }),
  defineVerb({
    name: "account mode",
    help: "Lets an account book its withdrawals, or skip that.",
    notes: [
      "skip: nothing is booked and no limit or balance is checked. Open orders keep",
      "the mode that they were started in.",
    ],
    arguments: { ...account, mode: word(accountModes) },
    options: none,
    examples: ["account mode bank-x 1001 skip"],
    run: changeMode,
    say: sayChanged(({ mode }) => `has the mode ${mode}.`),
  }),
];

/** The verbs that look at accounts. */
const looking: readonly Verb[] = [
  defineVerb({
    name: "account show",
    help: "Shows its money, its limits and what is used.",
    arguments: account,
    options: none,
    examples: ["account show bank-a 1001"],
    run: showAccount,
    say: sayAccount,
  }),
  defineVerb({
    name: "account statement",
    help: "Lists what was posted on an account, newest first.",
    arguments: account,
    options: page,
    examples: ["account statement bank-a 1001 --limit 5"],
    run: showStatement,
    say: sayStatement,
  }),
  defineVerb({
    name: "account list",
    help: "Lists a tenant's accounts.",
    arguments: { tenant: tenantName },
    options: page,
    examples: ["account list bank-a"],
    run: listAccounts,
    say: sayAccounts,
  }),
];

/** The verbs of accounts. */
export const accountVerbs: readonly Verb[] = [...changing, ...looking];
