/** The connecting party's endpoints, as rows (sbc.md 4). */
import * as z from "zod";
import { basic } from "#edge/auth/basic";
import { contractOf, type Limit, type Scheme } from "#edge/contract";
import { type GatewayCaller, merchantFor } from "#sale/caller";
import type { MerchantCaller } from "#sale/merchant";
import {
  AccessTokenReply,
  CheckReply,
  encodeBegun,
  encodeChecked,
  encodeHeard,
  encodeNoted,
  encodeSeen,
  encodeToken,
  InitiateReply,
  NotificationReply,
  SaleReply,
} from "#sale/reply";
import {
  AccessTokenRequest,
  CallbackQuery,
  CheckRequest,
  InitiateParameters,
  InitiateRequest,
  InvoicePath,
  loggable,
  MAX_BODY_BYTES,
  MaybeInvoicePath,
  NotificationRequest,
} from "#sale/wire";
import { type SaleCode, sayCheckRefusal, sayRefusal } from "#sale/words";

const merchantBasic: Scheme<MerchantCaller> = /* @__PURE__ */ basic("merchantBasic", merchantFor);

/** The gateway shows nothing of its own: what it says is signed, and where it calls from is compared with the merchant's settings. */
const gateway: Scheme<GatewayCaller> = {
  name: "gateway",
  openapi: [],
  says: "The gateway asks, from the addresses that the merchant has named, if any.",
  mayRefuse: [],
  authenticate: async ({ address }) => ({ address }),
};

/** As many as a merchant's whole app asks for at its busiest hour. */
const perMerchant: Limit<MerchantCaller> = {
  per: "client of a card merchant",
  by: (_, { merchant }) => merchant.clientId,
  everyMs: 20,
  burst: 250,
};

const everyRow = { dialect: sayRefusal, maxBodyBytes: MAX_BODY_BYTES } as const;

/** POST /auth/request-access-token. */
export const requestAccessTokenContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  name: "sale/requestAccessToken",
  route: "POST /auth/request-access-token",
  summary: "Makes an access token for a consumer's app, good for several sales.",
  auth: merchantBasic,
  limit: perMerchant,
  request: AccessTokenRequest,
  reply: AccessTokenReply,
  encode: encodeToken,
  mayRefuse: [] satisfies SaleCode[],
  io: { reads: 0, commits: 1 },
}));

/** POST /sale/initiate-sale. */
export const initiateContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  name: "sale/initiate",
  route: "POST /sale/initiate-sale",
  summary: "Begins a sale: what the app passes on to the gateway, signed.",
  parameters: InitiateParameters,
  request: InitiateRequest,
  reply: InitiateReply,
  replays: true,
  encode: encodeBegun,
  subject: (_, said) => said?.invoiceId,
  mayRefuse: ["SALE_REFUSED", "CURRENCY_UNACCEPTED", "AMOUNT_UNREPRESENTABLE", "KEY_REUSED"] satisfies SaleCode[],
  io: { reads: 1, commits: 1 },
}));

/** POST /sale/{invoiceId}/check. */
export const checkContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  name: "sale/check",
  route: "POST /sale/{invoiceId}/check",
  summary: "Answers the gateway whether a sale is as the app says; only then may it be charged.",
  auth: gateway,
  parameters: InvoicePath,
  request: CheckRequest,
  reply: CheckReply,
  encode: encodeChecked,
  subject: ({ invoiceId }) => loggable(invoiceId),
  dialect: sayCheckRefusal,
  mayRefuse: ["SALE_REFUSED"] satisfies SaleCode[],
  io: { reads: 1, commits: 1 },
}));

/** POST /sale/notification, and under a sale. */
export const notifyContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  name: "sale/notify",
  route: "POST /sale/notification",
  aliases: ["POST /sale/{invoiceId}/notification"],
  summary: "Hears from the gateway which card a sale was paid with.",
  auth: gateway,
  parameters: MaybeInvoicePath,
  request: NotificationRequest,
  reply: NotificationReply,
  encode: encodeNoted,
  subject: ({ invoiceId }, said) => said?.invoiceId ?? (invoiceId && loggable(invoiceId)),
  mayRefuse: ["SALE_REFUSED"] satisfies SaleCode[],
  io: { reads: 2, commits: 1 },
}));

/** GET /sale/callback. */
export const callbackContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  name: "sale/callback",
  route: "GET /sale/callback",
  summary: "Hears from the gateway how a sale has ended.",
  auth: gateway,
  parameters: CallbackQuery,
  subject: ({ invoiceId }) => loggable(invoiceId),
  reply: z.literal("OK"),
  mediaType: "text/plain",
  encode: encodeHeard,
  mayRefuse: ["SALE_REFUSED"] satisfies SaleCode[],
  io: { reads: 1, commits: 1 },
}));

/** GET /sale/{invoiceId}. */
export const getSaleContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  name: "sale/getSale",
  route: "GET /sale/{invoiceId}",
  summary: "Tells the merchant how far a sale has come.",
  auth: merchantBasic,
  limit: perMerchant,
  parameters: InvoicePath,
  reply: SaleReply,
  encode: encodeSeen,
  subject: ({ invoiceId }) => loggable(invoiceId),
  mayRefuse: ["SALE_REFUSED"] satisfies SaleCode[],
  io: { reads: 1, commits: 0 },
}));
