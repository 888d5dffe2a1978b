/** The verbs of a partner's users: persons, shops and cashiers. */
import { userStatuses, userTypes } from "#partner/user";
import { birthday, email, phone, reference, vat } from "./partner.readings.ts";
import { label, tenantName, userId, word } from "./readings.ts";
import { createParty, createUser, linkToCustomer, setStatus, showUser, signOut, unlinkFromCustomer } from "./user.ts";
import { sayChanged, sayCreated, sayUser } from "./user.words.ts";
import { defaulting, defineVerb, optional, required, type Verb } from "./verb.ts";

const party = { tenant: tenantName, reference };

const anyType = {
  type: defaulting(word(userTypes), userTypes.join("|"), "a person, a shop or a cashier", "user"),
};

/** The verbs that create somebody. */
const creating: readonly Verb[] = [
  defineVerb({
    name: "user create",
    help: "Creates a person who uses a partner's app.",
    notes: ["As the partner API does it: repeated with the same content it changes nothing."],
    arguments: party,
    options: {
      firstName: required(label, "<text>", "first name"),
      middleName: optional(label, "<text>", "middle name"),
      lastName: required(label, "<text>", "last name"),
      email: required(email, "<address>", "one user's alone, in whatever case"),
      phone: required(phone, "<number>", "E.164; one user's alone"),
      dateOfBirth: optional(birthday, "<YYYY-MM-DD>", "day of birth"),
      status: defaulting(word(userStatuses), userStatuses.join("|"), "blocked: may look only", "active"),
      customer: optional(userId, "<userId>", "the bank's customer that this is"),
    },
    examples: [
      "user create bank-x bank-user-42 --first-name Ann --last-name Meier --email ann.meier@example.com --phone +41790000042",
    ],
    run: (ports, { tenant, reference: key, actor, status, customer, ...person }) =>
      createUser(ports, { tenant, reference: key, actor, status, userId: customer, person }),
    say: sayCreated("user"),
  }),
  defineVerb({
    name: "shop create",
    help: "Creates a shop that hands out cash.",
    notes: ["Repeated with the same content it changes nothing."],
    arguments: party,
    options: {
      name: required(label, "<text>", "what people call it"),
      vat: optional(vat, "<number>", "VAT number; one shop's alone"),
    },
    examples: ['shop create bank-x shop-1 --name "Corner Shop" --vat CHE-123.456.789'],
    run: (ports, { vat: number, ...wish }) => createParty(ports, { ...wish, type: "atm", known: { vat: number } }),
    say: sayCreated("shop"),
  }),
  defineVerb({
    name: "worker create",
    help: "Creates a cashier of a shop.",
    notes: ["Repeated with the same content it changes nothing."],
    arguments: party,
    options: {
      name: required(label, "<text>", "what people call him or her"),
      phone: optional(phone, "<number>", "E.164; one cashier's alone"),
    },
    examples: ['worker create bank-x cashier-1 --name "Till 1"'],
    run: (ports, { phone: number, ...wish }) =>
      createParty(ports, { ...wish, type: "worker", known: { phone: number } }),
    say: sayCreated("cashier"),
  }),
];

/** The verbs of partners' users. */
export const userVerbs: readonly Verb[] = [
  ...creating,
  defineVerb({
    name: "user show",
    help: "Shows a person, a shop or a cashier.",
    notes: ["Personal data: for who has to know."],
    arguments: party,
    options: anyType,
    examples: ["user show bank-a bank-user-1001", "user show bank-a shop-1 --type atm"],
    run: showUser,
    say: sayUser,
  }),
  defineVerb({
    name: "user block",
    help: "Blocks somebody: may look, and do nothing.",
    arguments: party,
    options: anyType,
    examples: ["user block bank-a bank-user-1001"],
    run: (ports, wish) => setStatus(ports, { ...wish, status: "blocked" }),
    say: sayChanged(() => "is blocked."),
  }),
  defineVerb({
    name: "user unblock",
    help: "Lets somebody who was blocked act again.",
    arguments: party,
    options: anyType,
    examples: ["user unblock bank-a bank-user-1001"],
    run: (ports, wish) => setStatus(ports, { ...wish, status: "active" }),
    say: sayChanged(() => "is active."),
  }),
  defineVerb({
    name: "user link",
    help: "Links a person to the bank's customer, one to one.",
    arguments: { ...party, userId },
    options: {},
    examples: ["user link bank-a bank-user-42 1002"],
    run: linkToCustomer,
    say: sayChanged(({ bankUserId }) => `is customer ${bankUserId} of the bank.`),
  }),
  defineVerb({
    name: "user unlink",
    help: "Ends a person's link to the bank's customer.",
    arguments: party,
    options: {},
    examples: ["user unlink bank-a bank-user-42"],
    run: unlinkFromCustomer,
    say: sayChanged(() => "is linked to no customer of the bank."),
  }),
  defineVerb({
    name: "user sign-out",
    help: "Ends every session of a person in the web SDK.",
    notes: ["Links that have not been opened yet are dead too."],
    arguments: party,
    options: {},
    examples: ["user sign-out bank-a bank-user-1001"],
    run: signOut,
    say: sayChanged(() => "is signed out everywhere."),
  }),
];
