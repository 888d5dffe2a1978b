/** How the partner API says no (sonect.md 1, 2.2, 2.6). */
import type { EdgeCode, Refusal } from "#kernel/refusal";
import type { Call } from "#partner/partner";
import type { partnerRefusals } from "#partner/refusals";

/** Every refusal of this slice and the edge's. */
export type PartnerCode = keyof typeof partnerRefusals | EdgeCode;

/** What only an administrator hears. */
type AdminCode = "VAT_TAKEN" | "SESSION_UNKNOWN" | "PARTNER_EXISTS" | "PARTNER_UNKNOWN" | "PARTNER_MALFORMED";

/** What has words here: a route that is none has none, and of codes only the web SDK's API speaks. */
type Spoken = Exclude<PartnerCode, AdminCode | "UNKNOWN_ROUTE" | "CODE_INVALID">;

interface Words {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const envelope = (result: number, more: Readonly<Record<string, unknown>> = {}) => ({
  result,
  ...more,
  payload: { result, ...more },
});

const bad: Words = { status: 400, body: envelope(-1) }; // P9
const failed: Words = { status: 500, body: envelope(-1) }; // P9
const notAllowed: Words = { status: 403, body: envelope(-6) }; // P10
const soon = { "Retry-After": "1" };
const taken: Words = { status: 403, body: envelope(-1, { Message: "Error" }) }; // P4

/** What every call of the partner API says alike. */
const common: Readonly<Record<Spoken, Words>> = {
  UNAUTHENTICATED: {
    status: 401,
    body: envelope(-6),
    headers: { "WWW-Authenticate": 'Basic realm="tillgate", charset="UTF-8"' },
  },
  FORBIDDEN: notAllowed,
  RATE_LIMITED: { ...bad, status: 429 },
  MALFORMED: bad,
  USER_UNKNOWN: { status: 400, body: envelope(-21) }, // P7
  REFERENCE_TAKEN: taken,
  EMAIL_TAKEN: { status: 403, body: envelope(-177, { Message: "Email already exists" }) }, // P3
  PHONE_TAKEN: taken,
  LINK_CONFLICT: notAllowed,
  UPSTREAM_FAILED: failed,
  BUSY: { ...failed, headers: soon },
  FAULT: failed,
};

/** P8: one shape for every 500 of a check-in, busy or not (decision 0009). */
const noCheckin: Words = { status: 500, body: { result: -1, payload: { result: -1, checkInUrl: null } } };

/** What a call says in its own way. */
const own: Readonly<Record<Call, Partial<Record<Spoken, Words>>>> = {
  exists: {},
  user: { FORBIDDEN: { status: 403, body: envelope(-6, { Message: "Error" }) } }, // P5
  partnerCheckin: { UPSTREAM_FAILED: noCheckin, BUSY: { ...noCheckin, headers: soon }, FAULT: noCheckin },
};

const isSpoken = (code: string): code is Spoken => Object.hasOwn(common, code);

/** The dialect of a call: P3-P5, P7-P10; none has words for a route that is none (sonect.md 1). */
export const sayRefusalOf =
  (call: Call) =>
  ({ code }: Refusal) => {
    if (code === "UNKNOWN_ROUTE") return undefined;
    const spoken = isSpoken(code) ? code : "FAULT";
    return own[call][spoken] ?? common[spoken];
  };
