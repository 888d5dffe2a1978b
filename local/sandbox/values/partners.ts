/** The sandbox's partners and their users, as sandbox.md fixes them: public, and refused by every other stage. */
import { type Currency, currencyOf } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import type { Partner } from "#partner/partner";
import type { Person } from "#partner/user";
import type { CheckinWish } from "../../admin/checkin.ts";
import type { ConfigurationTexts } from "../../admin/configuration.ts";
import type { PartnerCredentials } from "../../admin/partner.ts";
import type { Credential } from "../credential.ts";

/** A person of a partner. */
export interface SandboxUser {
  readonly reference: string;
  readonly person: Person;
  readonly status: "active" | "blocked";
  /** The bank's number of the same customer. */
  readonly userId: bigint;
}

/** A partner. */
export interface SandboxPartner {
  readonly tenant: string;
  /** What its tenant is called, where that is no bank of `tenants.ts`. */
  readonly name?: string;
  /** What is to be known of it, in a word or two. */
  readonly what: string;
  /** Those that sandbox.md gives; what is absent is drawn. */
  readonly credentials: Partial<PartnerCredentials> & Pick<PartnerCredentials, "clientId" | "clientSecret">;
  readonly state: Partner["state"];
  readonly configuration: ConfigurationTexts;
  /** Given the API's own origin. */
  readonly checkin: (origin: string) => CheckinWish;
  readonly users: readonly SandboxUser[];
  readonly shops: readonly { readonly reference: string; readonly name: string; readonly vat: string }[];
  readonly workers: readonly { readonly reference: string; readonly name: string }[];
}

const currencyNamed = (code: string): Currency => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Fault(`${code} is no currency`);
  return currency;
};

/** The configuration of sonect.md P1. */
const swiss: ConfigurationTexts = {
  currency: currencyNamed("CHF"),
  country: "CH",
  locale: "de-CH",
  theme: "white",
  quickAmounts: ["20", "50", "100", "200"],
  min: "20",
  max: "500",
  step: "10",
  limits: { transaction: "500", day: "1000", week: "2000", month: "5000", year: null },
};

const german: ConfigurationTexts = {
  currency: currencyNamed("EUR"),
  country: "DE",
  locale: "de-DE",
  theme: "white",
  quickAmounts: ["20", "50", "100"],
  min: "10",
  max: "300",
  step: "10",
  limits: { transaction: null, day: null, week: null, month: null, year: null },
};

const ownWebSdk = (origin: string): CheckinWish => ({ webSdk: `${origin}/sdk` });

const nobody = { users: [], shops: [], workers: [] } as const;

/** Partners A, B, C and D. */
export const sandboxPartners: readonly SandboxPartner[] = [
  {
    tenant: "bank-a",
    what: "CHF",
    credentials: {
      clientId: "11111111-2222-4333-8444-555555555555",
      clientSecret: "0123456789abcdef".repeat(4),
      hmacKey: "fedcba9876543210".repeat(4),
    },
    state: "active",
    configuration: swiss,
    checkin: ownWebSdk,
    users: [
      {
        reference: "bank-user-1001",
        person: { firstName: "Ann", lastName: "Meier", email: "ann.meier@example.com", phone: "+41790000001" },
        status: "active",
        userId: 1001n,
      },
      {
        reference: "bank-user-1003",
        person: { firstName: "Bea", lastName: "Frei", email: "bea.frei@example.com", phone: "+41790000003" },
        status: "blocked",
        userId: 1003n,
      },
    ],
    shops: [{ reference: "shop-1", name: "Shop 1", vat: "CHE123456789" }],
    workers: [{ reference: "cashier-1", name: "Cashier 1" }],
  },
  {
    tenant: "bank-b",
    what: "EUR",
    credentials: {
      clientId: "22222222-3333-4444-8555-666666666666",
      clientSecret: "89abcdef01234567".repeat(4),
      hmacKey: "76543210fedcba98".repeat(4),
    },
    state: "active",
    configuration: german,
    checkin: ownWebSdk,
    ...nobody,
  },
  {
    tenant: "bank-c",
    name: "Bank C",
    what: "suspended",
    credentials: {
      clientId: "33333333-4444-4555-8666-777777777777",
      clientSecret: "aaaabbbbccccdddd".repeat(4),
    },
    state: "suspended",
    configuration: german,
    checkin: ownWebSdk,
    ...nobody,
  },
  {
    tenant: "bank-d",
    name: "Bank D",
    what: "asks SONECT upstream",
    credentials: {
      clientId: "44444444-5555-4666-8777-888888888888",
      clientSecret: "0011223344556677".repeat(4),
      hmacKey: "7766554433221100".repeat(4),
    },
    state: "active",
    configuration: german,
    checkin: () => ({ mode: "upstream" }),
    ...nobody,
  },
];

/** How partners show who they are. */
export const partners: readonly Credential[] = sandboxPartners.map((partner) => ({
  scheme: "partnerBasic",
  protocol: "SONECT partner",
  who: partner.tenant,
  how: { basic: { id: partner.credentials.clientId, secret: partner.credentials.clientSecret } },
  what: partner.what,
}));

/** How the web SDK shows whose session it is: by what the exchange of a check-in's code has told. */
export const sessions: readonly Credential[] = [
  {
    scheme: "sdkSession",
    protocol: "SONECT web SDK",
    who: "bank-user-1001",
    how: { headers: { Authorization: "Bearer $ACCESS_TOKEN" } },
    what: "what POST /sdk/v1/session tells",
  },
];
