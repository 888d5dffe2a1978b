/** Every kind of item in the one table: whose it is, how its key reads, how long it lives, what it holds. Printed as docs/table.md. */

import type { Kind } from "#store/kind";
import { approvalKinds } from "#store/kinds.approval";
import { posKinds } from "#store/kinds.pos";

/** The grammar, capability by capability and slice by slice. A kind's name says whose it is where another slice could have one like it. */
export const kinds = {
  // Every slice's: what was done (lib/store/event.ts).

  event: {
    owner: "tenant",
    id: "<event>",
    part: "event",
    index: "list",
    lifetime: "for ever",
    holds: "What an administrator did: actor, time, subject, detail. The desk's own are of the stage: its keys.",
  },

  // Who one deals with (lib/party).

  tenant: {
    owner: "desk",
    id: "all",
    part: "<tenant>",
    lifetime: "for ever",
    holds: "A tenant's settings: name, time zone, retention.",
  },
  credential: {
    owner: "desk",
    id: "<keyed digest of the token>",
    part: "credential",
    lifetime: "for ever",
    holds: "Whose token this is. The token itself is kept nowhere.",
  },
  integrator: {
    owner: "tenant",
    id: "all",
    part: "<integrator>",
    lifetime: "for ever",
    holds: "A bank's system and the digests of its live tokens, two at most.",
  },

  client: {
    owner: "desk",
    id: "<digest of protocol and id>",
    part: "client",
    lifetime: "for ever",
    holds: "Whose client of a protocol this is, and the keyed digests of its live secrets, two at most.",
  },
  rate: {
    owner: "desk",
    id: "<keyed digest of who asks>",
    part: "rate",
    lifetime: "a day",
    holds: "Until when somebody has used up the permits to ask, for the limiter.",
  },

  // SONECT's partner API (lib/partner).

  partner: {
    owner: "tenant",
    id: "partner",
    part: "partner",
    lifetime: "for ever",
    holds:
      "What SONECT's operator knows of the tenant: state, allowed calls, configuration, how users check in, sealed keys.",
  },
  user: {
    owner: "tenant",
    id: "<keyed digest of user type and referenceId>",
    part: "user",
    lifetime: "for ever",
    holds: "A user, a shop or a cashier of the partner: profile, status, the digest of what it was created with.",
  },
  claim: {
    owner: "tenant",
    id: "<keyed digest of what is claimed>",
    part: "claim",
    lifetime: "for ever",
    holds: "Whose e-mail address, phone, VAT number or bank user this is: each is one's alone.",
  },
  checkin: {
    owner: "desk",
    id: "<keyed digest of the check-in's code>",
    part: "checkin",
    lifetime: "its expiry and a day",
    holds: "A check-in: its one-time code's deadline and use, and the session that came of it.",
  },
  origin: {
    owner: "desk",
    id: "<digest of the origin>",
    part: "origin",
    lifetime: "for ever",
    holds: "That web SDKs of partners are served from this origin, and may call from there.",
  },

  // Card sales (lib/sale).

  saleMerchant: {
    owner: "tenant",
    id: "merchant",
    part: "merchant",
    lifetime: "for ever",
    holds: "A merchant's settings: endpoints by currency, sealed control keys, the gateway's networks, life times.",
  },
  saleToken: {
    owner: "desk",
    id: "<keyed digest of the token>",
    part: "token",
    lifetime: "its expiry and a day",
    holds: "Which consumer an app's access token is for, and the device that it is bound to.",
  },
  saleStart: {
    owner: "desk",
    id: "<keyed digest of token and Idempotency-Key>",
    part: "start",
    lifetime: "its token's expiry and a day",
    holds: "Which sale an initiation has begun, what it said as a digest, and what was answered.",
  },
  sale: {
    owner: "desk",
    id: "<invoiceId>",
    part: "sale, callback#<digest of status, type and orderid>",
    lifetime: "90 days after its end (the merchant's retention)",
    holds: "A card sale: its state, amount, deadline and signature; beside it, the callback that has ended it.",
  },
  saleSession: {
    owner: "desk",
    id: "<keyed digest of the gateway's session>",
    part: "session",
    lifetime: "as its sale",
    holds: "Which sale a gateway's session is of: one alone.",
  },
  saleCard: {
    owner: "desk",
    id: "<keyed digest of the app's number of the card>",
    part: "card",
    lifetime: "for ever",
    holds: "Which of the gateway's card numbers an app's stands for, and whose. Never a card's own number.",
  },
  saleMapping: {
    owner: "tenant",
    id: "<keyed digest of consumer and the gateway's number>",
    part: "mapping",
    lifetime: "for ever",
    holds: "Under which number a consumer's card is known to apps.",
  },

  // Orders of tills (lib/pos).

  ...posKinds,

  // Approvals on a customer's own devices (lib/approval).

  ...approvalKinds,

  // Money (lib/ledger).

  account: {
    owner: "tenant",
    id: "<account>",
    part: "account",
    lifetime: "for ever",
    holds: "A bounded account: available and held money, limits, what of them is used.",
  },
  accounts: {
    owner: "tenant",
    id: "<00-15>, by hash of the account",
    part: "<account>",
    lifetime: "for ever",
    holds: "A pointer to each bounded account, for the books.",
  },
  posting: {
    owner: "tenant",
    id: "<account>, and of an unbounded one <UTC day>#<00-15>",
    part: "<time>#<posting>",
    lifetime: "for ever",
    holds: "One entry of a posting: a signed amount on one account. The entries of a posting sum to zero.",
  },
  unbounded: {
    owner: "tenant",
    id: "all",
    part: "<account>",
    lifetime: "for ever",
    holds: "An unbounded account that the tenant has, for the books and the closings: its currency, and since when.",
  },
  closing: {
    owner: "tenant",
    id: "<unbounded account>",
    part: "<UTC day>",
    lifetime: "for ever",
    holds: "What stood on an unbounded account at the end of a day: later readings begin there.",
  },
  funding: {
    owner: "tenant",
    id: "<digest of the funding reference>",
    part: "funding",
    lifetime: "for ever",
    holds: "That this reference has funded an account, so that it does not do so twice.",
  },

  // SONECT withdrawals (lib/withdrawal).

  withdrawal: {
    owner: "tenant",
    id: "<TransactionId>",
    part: "order",
    index: "due",
    lifetime: "the tenant's retention after its end",
    holds: "A withdrawal order: its state, money and deadline.",
  },
  withdrawalStart: {
    owner: "tenant",
    id: "<keyed digest of the reference, or of the content>",
    part: "start",
    lifetime: "the tenant's retention after its end",
    holds: "Which order a start has opened, and the digest of what it said: the dedupe fact of startOrder.",
  },
} as const satisfies Record<string, Kind>;

/** The name of a kind. */
export type KindName = keyof typeof kinds;
