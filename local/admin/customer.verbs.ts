/** The verbs of customers of the app. */
import { isoInstant } from "#kernel/time";
import { majorIn } from "./amount.ts";
import { signAppToken } from "./appToken.ts";
import { createCustomer, fundWallet, type Given, givePoints, type ShownCustomer, showCustomer } from "./customer.ts";
import { columns } from "./layout.ts";
import { customerId, points } from "./pos.readings.ts";
import { amount, currency, label, tenantName } from "./readings.ts";
import { defineVerb, optional, type Said, type Verb } from "./verb.ts";

const reference = { reference: optional(label, "<text>", "names the sum (default: a fresh name)") };

const sayGiven = ({ customer, amount: { minor, currency: code }, reference: name, replayed }: Given): Said => {
  const given = `${majorIn(code, minor)} ${code}`;
  return {
    text: replayed
      ? `The customer ${customer} was given ${given} by this reference already:\nnothing was changed.`
      : `Gave the customer ${customer} ${given}, reference\n  ${name}`,
    document: { customer, amount: majorIn(code, minor), currency: code, reference: name, replayed },
  };
};

const sayCustomer = ({ customer, wallets, points: shares }: ShownCustomer): Said => {
  const money = wallets.map(({ currency: code, available, held }) => ({
    currency: code,
    available: majorIn(code, available),
    held: majorIn(code, held),
  }));
  const owned = shares.map(({ merchant, available, held }) => ({
    merchant,
    available: String(available),
    held: String(held),
  }));
  const rows = [
    ...money.map((wallet) => [wallet.currency, wallet.available, wallet.held]),
    ...owned.map((share) => [`points at ${share.merchant}`, share.available, share.held]),
  ];
  return {
    text: [
      `Customer ${customer}`,
      "",
      rows.length === 0 ? "has nothing yet." : columns([["", "AVAILABLE", "HELD"], ...rows], [1, 2]),
    ].join("\n"),
    document: { customer, wallets: money, points: owned },
  };
};

/** The verbs of customers. */
export const customerVerbs: readonly Verb[] = [
  defineVerb({
    name: "customer create",
    help: "Makes somebody a customer who pays at tills.",
    notes: ["The id is what tokens of the app have in sub."],
    arguments: { customer: customerId },
    options: {},
    examples: ["customer create c-9"],
    run: createCustomer,
    say: ({ customer }) => ({ text: `Created the customer ${customer}.`, document: { customer } }),
  }),
  defineVerb({
    name: "customer fund",
    help: "Fills a customer's wallet, once a reference.",
    notes: ["When in doubt, repeat it with the same reference: it funds once."],
    arguments: { customer: customerId, amount, currency },
    options: reference,
    examples: ["customer fund c-9 50.00 EUR"],
    run: fundWallet,
    say: sayGiven,
  }),
  defineVerb({
    name: "customer points",
    help: "Gives a customer points of a merchant's.",
    notes: ["When in doubt, repeat it with the same reference: it gives them once."],
    arguments: { customer: customerId, tenant: tenantName, points },
    options: reference,
    examples: ["customer points c-9 SWTS 50"],
    run: givePoints,
    say: sayGiven,
  }),
  defineVerb({
    name: "customer show",
    help: "Shows a customer's money and points.",
    arguments: { customer: customerId },
    options: {},
    examples: ["customer show c-1"],
    run: showCustomer,
    say: sayCustomer,
  }),
  defineVerb({
    name: "app-token",
    help: "Signs a token for a customer's app, and prints it.",
    notes: ["It is X-Auth-Token for a day, and cannot be taken back. Prints it alone."],
    arguments: { customer: customerId },
    options: {},
    examples: ["app-token c-1"],
    run: signAppToken,
    say: ({ customer, token, expiresAtMs }) => ({
      text: token,
      document: { customer, token, expiresAt: isoInstant(expiresAtMs) },
    }),
  }),
];
