/** The kinds of item of tills' orders, and of who takes and pays them (lib/pos). */
import type { Kind } from "#store/kind";

/** The slice's part of the grammar. */
export const posKinds = {
  posMerchant: {
    owner: "tenant",
    id: "merchant",
    part: "merchant",
    lifetime: "for ever",
    holds:
      "What a merchant with tills has set: currency, how payments wait, points, which campaigns; digests of its tokens.",
  },
  posCampaign: {
    owner: "tenant",
    id: "<digest of the campaign's id>",
    part: "<revision>",
    lifetime: "for ever",
    holds: "A version of a campaign: what it gives, for which lines, since when and until when.",
  },
  posPrefix: {
    owner: "desk",
    id: "<8 hexadecimal digits>",
    part: "prefix",
    lifetime: "for ever",
    holds: "Whose orders have ids that begin with this.",
  },
  posPlace: {
    owner: "tenant",
    id: "all",
    part: "<digest of the store>, <digest of the store>.<digest of the till>",
    lifetime: "for ever",
    holds: "A store or a till that is registered, and how it works.",
  },
  posTill: {
    owner: "tenant",
    id: "<digest of store and till>",
    part: "active",
    lifetime: "its expiry and a day",
    holds: "The active order of a retail till, whether it is paid, and what it has set aside for its customer.",
  },
  posCustomer: {
    owner: "desk",
    id: "<customer>",
    part: "customer",
    lifetime: "for ever",
    holds: "That there is such a customer of the app.",
  },
  posOrder: {
    owner: "desk",
    id: "<order>",
    part: "order, content, refund#<number>, refundId#<digest>, cancelId#<digest>",
    index: "due, list",
    lifetime: "the tenant's retention after its end",
    holds: "An order: state, payment, loyalty, deadlines; beside it its lines, its refunds, what its keys have done.",
  },
  posPayment: {
    owner: "desk",
    id: "<customer>",
    part: "<digest of the paymentId>",
    lifetime: "as its order",
    holds: "Which order a customer's paymentId has paid, and the digest of what it said.",
  },
  posCode: {
    owner: "desk",
    id: "<keyed digest of the session code>",
    part: "owner",
    lifetime: "31 days after its last use",
    holds: "The till that owns a session code, and its newest order.",
  },
  posCodeOrder: {
    owner: "desk",
    id: "<keyed digest of the session code>#<digest of merchant, store and till>",
    part: "<time>#<order>",
    lifetime: "its expiry and a day",
    holds: "An open order of a restaurant's till under a session code.",
  },
  posHistory: {
    owner: "desk",
    id: "<customer>",
    part: "<time>#<order>",
    lifetime: "as its order",
    holds: "An order that a customer's app has bound.",
  },
  posCounts: {
    owner: "desk",
    id: "<customer>",
    part: "<merchant>",
    lifetime: "for ever",
    holds: "Units that a customer has bought under each campaign that gives every n-th one.",
  },
} as const satisfies Record<string, Kind>;
