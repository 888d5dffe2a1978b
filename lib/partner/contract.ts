/** The partner API's endpoints, and the web SDK's, as rows (sonect.md 2). */
import * as z from "zod";
import { basic } from "#edge/auth/basic";
import { bearerIn } from "#edge/auth/bearer";
import { contract, type Limit, type Scheme } from "#edge/contract";
import { answerPage } from "#edge/page";
import { partnerFor } from "#partner/caller";
import { isWebSdkOrigin } from "#partner/origin";
import type { Call, PartnerCaller } from "#partner/partner";
import {
  CheckInReply,
  CreateUserReply,
  ExistsReply,
  encodeCheckedIn,
  encodeCreated,
  encodeExists,
} from "#partner/reply.wire";
import { ExchangeCodeRequest, encodeMe, encodeSession, MeReply, SessionReply } from "#partner/sdk.wire";
import { sayError } from "#partner/sdk.words";
import { type Token, tokenIn } from "#partner/session";
import { CheckInRequest, CreateUserRequest, ExistsRequest } from "#partner/wire";
import { type PartnerCode, sayRefusalOf } from "#partner/words";

const partnerBasic = (call: Call) => basic("partnerBasic", partnerFor(call), ["UNAUTHENTICATED", "FORBIDDEN"]);

/** The longest session token that is looked at, in characters; ours have about 500. */
const LONGEST_TOKEN = 2_048;

const sdkSession: Scheme<Token> = {
  name: "sdkSession",
  openapi: [{ type: "http", scheme: "bearer", bearerFormat: "JWT" }],
  authenticate: ({ headers }, ports) => tokenIn(ports, bearerIn(headers, LONGEST_TOKEN)),
};

/**
 * Enough for a bank's whole app at its busiest hour, and for five seconds of a push message that all open at once. It is for
 * who would try whom the partner knows: a hundred million phone numbers take 23 days.
 */
const perClient: Limit<PartnerCaller> = {
  per: "client of the partner API",
  by: (_, { partner }) => partner.clientId,
  everyMs: 20,
  burst: 250,
};

/** Nobody guesses a code of 256 bits: this bounds what trying costs. Loose, as a bank's branch or a phone company may share one address. */
const perAddress: Limit<undefined> = {
  per: "address of a caller",
  by: ({ address }) => address,
  everyMs: 50,
  burst: 100,
};

/** A page asks once when it opens; one that polls, or is loaded again and again, does not read the table more often than this. */
const perSession: Limit<Token> = {
  per: "session of the web SDK",
  by: (_, { sid }) => sid,
  everyMs: 200,
  burst: 20,
};

/** POST /v7/exists. */
export const existsContract = /* @__PURE__ */ contract({
  name: "partner/exists",
  route: "POST /v7/exists",
  summary: "Tells whether the partner has a user, a shop or a cashier, and how the partner is configured.",
  auth: /* @__PURE__ */ partnerBasic("exists"),
  limit: perClient,
  request: ExistsRequest,
  reply: ExistsReply,
  encode: encodeExists,
  dialect: /* @__PURE__ */ sayRefusalOf("exists"),
  mayRefuse: [] satisfies PartnerCode[],
  io: { reads: 1, commits: 0 },
});

/** POST /v7/user. */
export const createUserContract = /* @__PURE__ */ contract({
  name: "partner/createUser",
  route: "POST /v7/user",
  aliases: ["POST /v7/user/create"],
  summary: "Creates a user; its reference, e-mail address and phone number are its own within the partner.",
  auth: /* @__PURE__ */ partnerBasic("user"),
  limit: perClient,
  request: CreateUserRequest,
  reply: CreateUserReply,
  replays: true,
  encode: encodeCreated,
  subject: (_, said) => said?.id,
  dialect: /* @__PURE__ */ sayRefusalOf("user"),
  mayRefuse: ["REFERENCE_TAKEN", "EMAIL_TAKEN", "PHONE_TAKEN"] satisfies PartnerCode[],
  io: { reads: 1, commits: 1 },
});

/** POST /v7/partnerCheckin. */
export const checkInContract = /* @__PURE__ */ contract({
  name: "partner/checkIn",
  route: "POST /v7/partnerCheckin",
  summary: "Checks a user in: gives the URL that opens SONECT's web SDK for it.",
  auth: /* @__PURE__ */ partnerBasic("partnerCheckin"),
  limit: perClient,
  request: CheckInRequest,
  reply: CheckInReply,
  encode: encodeCheckedIn,
  dialect: /* @__PURE__ */ sayRefusalOf("partnerCheckin"),
  mayRefuse: ["USER_UNKNOWN", "LINK_CONFLICT", "UPSTREAM_FAILED"] satisfies PartnerCode[],
  io: { reads: 1, commits: 1 },
});

/** POST /sdk/v1/session. */
export const openSessionContract = /* @__PURE__ */ contract({
  name: "partner/openSession",
  route: "POST /sdk/v1/session",
  summary: "Exchanges a check-in's one-time code for a session of half an hour.",
  limit: perAddress,
  origins: isWebSdkOrigin,
  request: ExchangeCodeRequest,
  reply: SessionReply,
  encode: encodeSession,
  dialect: sayError,
  mayRefuse: ["CODE_INVALID"] satisfies PartnerCode[],
  io: { reads: 1, commits: 1 },
});

/** GET /sdk/v1/me. */
export const showMeContract = /* @__PURE__ */ contract({
  name: "partner/showMe",
  route: "GET /sdk/v1/me",
  summary: "Tells whom the session is of: profile, status, and the partner's configuration.",
  auth: sdkSession,
  limit: perSession,
  origins: isWebSdkOrigin,
  reply: MeReply,
  encode: encodeMe,
  subject: (_, said) => said?.user.id,
  dialect: sayError,
  mayRefuse: [] satisfies PartnerCode[],
  io: { reads: 2, commits: 0 },
});

/** For how many seconds a browser may remember a preflight's answer. */
const PREFLIGHT_KEPT_SECONDS = 600;

/** OPTIONS /sdk/v1/session: what a browser asks before a page of another origin may call. */
export const preflightContract = /* @__PURE__ */ contract({
  name: "partner/preflight",
  route: "OPTIONS /sdk/v1/session",
  aliases: ["OPTIONS /sdk/v1/me"],
  summary: "Tells browsers what pages of the partners' web SDKs may send from their own origins (CORS).",
  origins: isWebSdkOrigin,
  status: 204,
  encode: () => ({
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": "authorization, content-type",
      "Access-Control-Max-Age": String(PREFLIGHT_KEPT_SECONDS),
      Vary: "Origin",
    },
  }),
  dialect: sayError,
  mayRefuse: [] satisfies PartnerCode[],
  io: { reads: 0, commits: 0 },
});

/** GET /sdk, and with a slash at its end, as check-in URLs have it. */
export const sdkPageContract = /* @__PURE__ */ contract({
  name: "partner/sdkPage",
  route: "GET /sdk",
  aliases: ["GET /sdk/"],
  summary: "The web SDK's page: exchanges the code behind `#c=` in its address, and shows whom the session is of.",
  reply: z.string(),
  encode: (page: string) => answerPage(page, "'self'"),
  dialect: sayError,
  mayRefuse: [] satisfies PartnerCode[],
  io: { reads: 0, commits: 0 },
});
