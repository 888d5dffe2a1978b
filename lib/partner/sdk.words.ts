/** How the web SDK's API says no (sonect.md 2.5). */
import type { EdgeCode, Refusal } from "#kernel/refusal";

interface Words {
  readonly status: number;
  readonly error: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What can be uttered here; a route that is none has no words. */
const words: Readonly<Record<Exclude<EdgeCode, "UNKNOWN_ROUTE"> | "CODE_INVALID", Words>> = {
  UNAUTHENTICATED: {
    status: 401,
    error: "invalid_token",
    headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' },
  },
  FORBIDDEN: { status: 403, error: "forbidden" },
  RATE_LIMITED: { status: 429, error: "too_many_requests" },
  MALFORMED: { status: 400, error: "invalid_request" },
  CODE_INVALID: { status: 401, error: "invalid_code" },
  BUSY: { status: 503, error: "temporarily_unavailable", headers: { "Retry-After": "1" } },
  FAULT: { status: 500, error: "server_error" },
};

const isSpoken = (code: string): code is keyof typeof words => Object.hasOwn(words, code);

/** Says any refusal as `{"error":"…"}`. */
export const sayError = ({ code }: Refusal) => {
  if (code === "UNKNOWN_ROUTE") return undefined;
  const { status, error, headers } = words[isSpoken(code) ? code : "FAULT"];
  return { status, ...(headers && { headers }), body: { error } };
};
