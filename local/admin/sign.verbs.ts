/** The verbs that sign, for who looks why a signature is refused. */
import {
  type PaymentSignature,
  paymentParts,
  type ShopSignature,
  shopParts,
  type UserSignature,
  userParts,
} from "#partner/signature";
import type { Ports } from "#ports";
import { UsageError } from "../options.ts";
import { foreignId, foreignSecret, lastSignedPart, signedPart } from "./partner.readings.ts";
import { tenantName } from "./readings.ts";
import { type Signed, type Signer, signAsPartner, signWith } from "./sign.ts";
import { defineVerb, maybe, optional, required, type Said, type Verb } from "./verb.ts";

const say = ({ message, signature }: Signed): Said => ({
  text: [message, "", `  ${signature}`].join("\n"),
  document: { message, signature },
});

/** The vectors' credentials: the sandbox's, public. */
const example = {
  clientId: "11111111-2222-4333-8444-555555555555",
  hmacKey: "fedcba9876543210".repeat(4),
};

const signer = {
  clientId: optional(foreignId, "<id>", "instead of a tenant: whose signature it is"),
  hmacKey: optional(foreignSecret, "<text>", "and the hmacKey, as text"),
};

const call = { tenant: maybe(tenantName) };

const notes = [
  "Prints what is signed, then the signature; texts are signed as they are given.",
  "With a tenant its own hmacKey signs, which is audited; with --client-id and",
  "--hmac-key nobody is asked.",
];

interface SaidSigner {
  readonly tenant: string | undefined;
  readonly clientId: string | undefined;
  readonly hmacKey: string | undefined;
}

/** Who signs: a tenant, or what was given instead. Throws `UsageError` unless it is one of the two, and whole. */
const signerIn = ({ tenant, clientId, hmacKey }: SaidSigner): { readonly tenant: string } | Signer => {
  if (tenant !== undefined && clientId === undefined && hmacKey === undefined) return { tenant };
  if (tenant === undefined && clientId !== undefined && hmacKey !== undefined) return { clientId, hmacKey };
  throw new UsageError("A signature needs either <tenant>, or --client-id and --hmac-key");
};

type Without<Signature> = Omit<Signature, "clientId">;

const userOf =
  (said: Without<UserSignature>): Parts =>
  (clientId) =>
    userParts({ ...said, clientId });

const paymentOf =
  (said: Without<PaymentSignature>): Parts =>
  (clientId) =>
    paymentParts({ ...said, clientId });

const shopOf =
  (said: Without<ShopSignature>): Parts =>
  (clientId) =>
    shopParts({ ...said, clientId });

type Parts = (clientId: string) => readonly string[];

const offline = (wish: SaidSigner, partsOf: Parts): Signed | undefined => {
  const by = signerIn(wish);
  return "tenant" in by ? undefined : signWith(by, partsOf);
};

const asked = (ports: Ports, wish: SaidSigner & { readonly actor: string }, what: string, partsOf: Parts) =>
  signAsPartner(ports, { tenant: wish.tenant ?? "", actor: wish.actor, what }, partsOf);

/** The verbs that sign. */
export const signVerbs: readonly Verb[] = [
  defineVerb({
    name: "sign user",
    help: "Signs for a user, to compare signatures.",
    notes,
    arguments: call,
    options: {
      app: required(signedPart, "<text>", "the app's bundle id or package"),
      userId: required(lastSignedPart, "<text>", "the user"),
      ...signer,
    },
    examples: [
      "sign user bank-a --app com.example.bank.app --user-id user-0001",
      `sign user --app com.example.bank.app --user-id user-0001 --client-id ${example.clientId} --hmac-key ${example.hmacKey}`,
    ],
    offline: (wish) => offline(wish, userOf(wish)),
    run: (ports, wish) => asked(ports, wish, "user", userOf(wish)),
    say,
  }),
  defineVerb({
    name: "sign payment",
    help: "Signs for a payment, to compare signatures.",
    notes,
    arguments: call,
    options: {
      app: required(signedPart, "<text>", "the app's bundle id or package"),
      userId: required(signedPart, "<text>", "the user"),
      paymentReference: required(signedPart, "<text>", "the payment"),
      amount: required(signedPart, "<text>", "as it is sent"),
      currency: required(signedPart, "<text>", "as it is sent"),
      date: required(lastSignedPart, "<text>", "as it is sent"),
      ...signer,
    },
    examples: [
      "sign payment bank-a --app com.example.bank.app --user-id user-0001 --payment-reference PAY-0001 --amount 50 --currency CHF --date 1700000000000",
    ],
    offline: (wish) => offline(wish, paymentOf(wish)),
    run: (ports, wish) => asked(ports, wish, "payment", paymentOf(wish)),
    say,
  }),
  defineVerb({
    name: "sign shop",
    help: "Signs for a shop, to compare signatures.",
    notes,
    arguments: call,
    options: {
      app: required(signedPart, "<text>", "the app's package"),
      merchantId: required(lastSignedPart, "<text>", "the shop"),
      ...signer,
    },
    examples: ["sign shop bank-a --app com.example.till --merchant-id shop-1"],
    offline: (wish) => offline(wish, shopOf(wish)),
    run: (ports, wish) => asked(ports, wish, "shop", shopOf(wish)),
    say,
  }),
];
