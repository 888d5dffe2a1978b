/** What `npm start` shows: one screen when it serves, then a line a call. */

/** What the screen tells. */
export interface Welcome {
  readonly url: string;
  readonly folder: string;
  readonly tookMs: number;
  readonly nowMs: number;
  readonly credentials: readonly (readonly [whose: string, token: string, what: string])[];
}

const HOUR_MS = 3_600_000;

const curl = (url: string, path: string, token: string, body: object): string =>
  [
    `curl -i ${url}${path} \\`,
    `    -H 'X-Auth-Token: ${token}' -H 'Content-Type: application/json' \\`,
    `    -d '${JSON.stringify(body)}'`,
  ].join("\n  ");

/** The screen. */
export const welcome = ({ url, folder, tookMs, nowMs, credentials }: Welcome): string => {
  const token = credentials[0]?.[1] ?? "";
  const start = {
    userId: 1001,
    amount: { value: 50, currency: "CHF" },
    dateOfTransaction: new Date(nowMs).toISOString(),
    expiryTimeOfTheOrder: new Date(nowMs + HOUR_MS).toISOString(),
    sonectTransactionReferenceId: "my-first",
  };
  const end = { TransactionId: 4711, UserId: 1001, DateOperation: new Date(nowMs).toISOString() };
  return [
    "",
    `Tillgate sandbox, serving after ${(tookMs / 1000).toFixed(1)} s`,
    "",
    `  API    ${url}`,
    `  Docs   ${url}/docs`,
    `  Data   ${folder}  (npm start -- --fresh empties it)`,
    "",
    "Tokens of the integrator API (public, for the sandbox only)",
    "",
    ...credentials.map(([whose, secret, what]) => `  ${whose.padEnd(8)}${secret}  ${what}`),
    "",
    "Try: hold 50.00 of customer 1001, then settle it, then take it back",
    "(put the TransactionId that the first one tells into the others)",
    "",
    `  ${curl(url, "/api/sonect/startwithdrawal", token, start)}`,
    "",
    `  ${curl(url, "/api/sonect/settlewithdrawal", token, end)}`,
    "",
    `  ${curl(url, "/api/sonect/cancelwithdrawal", token, end)}`,
    "",
    "  npm run demo                               plays every flow and shows the balances",
    "  npm run admin -- account show bank-a 1001  what an operator sees",
    "",
    "Ctrl-C stops everything.",
    "",
  ].join("\n");
};

interface LogLine {
  readonly timestamp?: string;
  readonly level?: string;
  readonly message?: string;
  readonly endpoint?: string;
  readonly status?: number;
  readonly refusal?: string;
  readonly replayed?: boolean;
  readonly durationMs?: number;
  readonly fault?: string;
  readonly swept?: number;
}

const parsed = (line: string): LogLine | undefined => {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
};

/** A function's log line for people; undefined for what is not worth a line: metrics, the gateway's own talk, sweeps of nothing. */
export const shortLine = (line: string): string | undefined => {
  const told = line.startsWith("{") ? parsed(line) : undefined;
  if (told?.level === undefined || told.endpoint === undefined) return undefined;
  if (told.endpoint === "desk/health" && told.status === 200) return undefined;
  if (told.endpoint === "sweep/expireDue" && !told.swept && told.level === "INFO") return undefined;
  const time = new Date(told.timestamp ?? 0).toTimeString().slice(0, "hh:mm:ss".length);
  const outcome =
    told.refusal ?? (told.replayed ? "replayed" : (told.fault ?? (told.swept ? `${told.swept} expired` : "")));
  const took = told.durationMs === undefined ? "" : `${told.durationMs} ms`;
  return `${time}  ${told.endpoint.padEnd(24)}${String(told.status ?? "").padEnd(5)}${took.padStart(7)}  ${outcome}`.trimEnd();
};
