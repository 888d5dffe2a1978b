/** How the two APIs say no (approvals.md 1). Misspellings and spaces at the end are the vendor's. */

import { SERVER_TIME_MS } from "#approval/example";
import type { approvalRefusals } from "#approval/refusals";
import type { EdgeCode, Refusal } from "#kernel/refusal";
import type { storeRefusals } from "#store/refusals";

/** Every refusal of this slice, the store's and the edge's. */
export type ApprovalCode = keyof typeof approvalRefusals | keyof typeof storeRefusals | EdgeCode;

/** What only an administrator hears. */
type AdminCode = "CHANNEL_UNKNOWN" | "IDENTITY_UNKNOWN";

/** An error of the protocol's, and the status that each API says it with. */
interface Words {
  readonly code: number;
  readonly message: string;
  readonly details?: string;
  readonly core: number;
  readonly device: number;
}

const invalid = { code: 28, message: "Invalid request.", core: 400 };
const fault: Words = { code: 1, message: "Unexpected error.", core: 500, device: 500 };
const unauthenticated: Words = { code: 9401, message: "Not authenticated.", core: 401, device: 401 };
const impossible: Words = { code: 9409, message: "Not possible in the current state.", core: 200, device: 409 };
const tooMany: Words = { code: 9429, message: "Too many requests.", core: 429, device: 429 };

const words: Readonly<
  Record<Exclude<ApprovalCode, "UNKNOWN_ROUTE" | "MALFORMED" | "APPROVAL_UNKNOWN" | AdminCode>, Words>
> = {
  UNAUTHENTICATED: unauthenticated,
  FORBIDDEN: unauthenticated,
  RATE_LIMITED: tooMany,
  BUSY: tooMany,
  FAULT: fault,
  KEY_REUSED: impossible,
  DEVICE_INACTIVE: { code: 9403, message: "Device not active.", core: 200, device: 403 },
  ACTIVATION_FAILED: { code: 9420, message: "Activation failed.", core: 200, device: 401 },
  DEVICE_UNKNOWN: { code: 9411, message: "Device not found.", core: 200, device: 404 },
  DEVICE_REMOVED: impossible,
  DEVICE_KEY_TAKEN: impossible,
  DEVICES_FULL: impossible,
  IDENTITY_LOCKED: impossible,
  LOGIN_CODE_INVALID: { code: 29, message: "Invalid login otp.", core: 200, device: 401 },
  OWNER_UNKNOWN: {
    code: 22,
    message: "Invalid session. ",
    details: "Active session not found. ",
    core: 200,
    device: 404,
  },
  WAITING_FULL: { ...invalid, details: "Too many waiting transactions.", device: 409 },
  APPROVAL_EXPIRED: { code: 9410, message: "Transaction expired.", core: 200, device: 410 },
  APPROVAL_OVER: impossible,
  DECISION_REFUSED: { code: 9421, message: "Decision not accepted.", core: 200, device: 401 },
};

/** What the two APIs have different words for. */
const coreWords = {
  MALFORMED: { ...invalid, device: 400 },
  APPROVAL_UNKNOWN: { code: 510, message: "Transcation not found.", core: 200, device: 404 },
} as const satisfies Record<string, Words>;
const deviceWords = {
  MALFORMED: { code: 9400, message: "Malformed request.", core: 400, device: 400 },
  APPROVAL_UNKNOWN: { code: 9404, message: "Transaction not found.", core: 200, device: 404 },
} as const satisfies Record<string, Words>;

const wordsOf = (own: Readonly<Record<string, Words>>, { code }: Refusal): Words =>
  (Object.hasOwn(own, code) ? own[code] : undefined) ??
  (Object.hasOwn(words, code) ? words[code as keyof typeof words] : fault);

/** The codes of the least severity, and those that are not for a customer's eyes. */
const MILD: readonly number[] = [1, 510];
const UNFRIENDLY: readonly number[] = [1, 9400, 9401];

const errorOf = ({ code, message, details }: Words, isFriendly = !UNFRIENDLY.includes(code)) => ({
  ErrorCode: String(code),
  ErrorMessage: message,
  ErrorMessageDetails: details ?? null,
  Exception: null,
  Params: null,
  Severity: MILD.includes(code) ? 1 : 3,
  IsFriendly: isFriendly,
});

/** How long a caller waits that others were quicker than, in seconds. */
const BUSY_SECONDS = "1";

/** Waiting where the refusal does not say how long, and the scheme of credentials that are missing. */
const headersOf = (code: number, isCore: boolean): Readonly<Record<string, string>> => {
  if (code === 9429) return { "Retry-After": BUSY_SECONDS };
  return code === 9401 && isCore ? { "WWW-Authenticate": 'Basic realm="core"' } : {};
};

/** Keeps the seconds that a refusal says. */
const withSeconds = (headers: Readonly<Record<string, string>>, { facts }: Refusal) =>
  facts.retryAfterSeconds === undefined ? headers : { ...headers, "Retry-After": String(facts.retryAfterSeconds) };

/** What stands first in a channel's failed answer, by what is known of why. */
type Prefix = (refusal: Refusal) => Readonly<Record<string, unknown>>;

const sayCore =
  (prefix: Prefix, isUnknownFriendly = true) =>
  (refusal: Refusal) => {
    if (refusal.code === "UNKNOWN_ROUTE") return undefined;
    const said = wordsOf(coreWords, refusal);
    const isFriendly = said.code === 510 ? isUnknownFriendly : undefined;
    return {
      status: said.core,
      headers: withSeconds(headersOf(said.code, true), refusal),
      body: { ...prefix(refusal), Results: [errorOf(said, isFriendly)], Success: false },
    };
  };

/** The real status where there is one; the zero means nothing (approvals.md 5). */
const status: Prefix = ({ facts }) => ({ Status: facts.status ?? 0 });
const state: Prefix = ({ code }) => ({ State: code === "DEVICE_REMOVED" ? "REMOVED" : null });

/** GetActivationOtp's. */
export const sayNoOtp = /* @__PURE__ */ sayCore(() => ({ Otp: null }));
/** VerifyLoginOtp's. */
export const sayNoLogin = /* @__PURE__ */ sayCore(() => ({ Value: false }));
/** StartTransaction's. */
export const sayNoStart = /* @__PURE__ */ sayCore(() => ({ TranscationToken: null }));
/** CheckTransactionApproval's. */
export const sayNoCheck = /* @__PURE__ */ sayCore(status);
/** CancelTransaction's, which calls a token that is none unfriendly. */
export const sayNoCancel = /* @__PURE__ */ sayCore(status, false);
/** ListDevices'. */
export const sayNoDevices = /* @__PURE__ */ sayCore(() => ({ Devices: null }));
/** BlockDevice's and its like. */
export const sayNoChange = /* @__PURE__ */ sayCore(state);

/** What tells a device how an approval has ended. */
const ended: readonly string[] = ["APPROVAL_OVER", "APPROVAL_EXPIRED"] satisfies ApprovalCode[];

/** Whatever a device is refused; `Status` first where there is one. Documents are printed as if at the time of their examples. */
export const sayToDevice = (refusal: Refusal, _?: unknown, atMs = SERVER_TIME_MS) => {
  if (refusal.code === "UNKNOWN_ROUTE") return undefined;
  const said = wordsOf(deviceWords, refusal);
  return {
    status: said.device,
    headers: withSeconds(headersOf(said.code, false), refusal),
    body: {
      ...(ended.includes(refusal.code) && status(refusal)),
      ServerTime: atMs,
      Results: [errorOf(said)],
      Success: false,
    },
  };
};
