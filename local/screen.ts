/** What `npm start` shows: one screen when it serves, then a line a call. */
import { wrap } from "./admin/layout.ts";
import { type Credential, headerOption, isToldByCall, optionsOf } from "./sandbox/credential.ts";
import { about, type Try } from "./sandbox/tries.ts";

/** What the screen tells. */
export interface Welcome {
  readonly url: string;
  readonly folder: string;
  readonly tookMs: number;
  /** In groups of one protocol and role; of each group the first one is shown whole, and the others by whose they are. */
  readonly credentials: readonly Credential[];
  /** Card merchants that hear their gateway from any address (sbc.md 9). */
  readonly unguarded: readonly string[];
  readonly tries: readonly Try[];
}

/** Room for the longest name of a protocol and role. */
const PROTOCOL_WIDTH = 20;

const linesOfGroup = ([first, ...others]: readonly Credential[]): readonly string[] => {
  if (first === undefined) return [];
  const also = others.length > 0 ? `; also ${others.map(({ who }) => who).join(", ")}` : "";
  return [
    `  ${first.protocol.padEnd(PROTOCOL_WIDTH)}${first.who} (${first.what})${also}`,
    ...optionsOf(first).map((option) => `    ${option}`),
  ];
};

const linesOf = (credentials: readonly Credential[]): readonly string[] => {
  const lasting = credentials.filter((credential) => !isToldByCall(credential));
  return Object.values(Object.groupBy(lasting, ({ protocol }) => protocol)).flatMap((group = []) =>
    linesOfGroup(group),
  );
};

const warningOf = (unguarded: readonly string[]): readonly string[] =>
  unguarded.length === 0
    ? []
    : [wrap(`Mind: from any address one can play the gateway of ${unguarded.join(", ")}`.split(" "), "  "), ""];

const curl = (url: string, credentials: readonly Credential[], { scheme, route, body }: Try): string => {
  const [verb = "", path = ""] = route.split(" ");
  const credential = credentials.find((one) => one.scheme === scheme);
  const options = [
    ...(verb === "POST" ? [] : [`-X ${verb}`]),
    ...(credential ? optionsOf(credential) : []),
    headerOption("Content-Type", "application/json"),
    `-d '${body.join("\n        ")}'`,
  ];
  return [`  curl -i ${url}${path}`, ...options].join(" \\\n    ");
};

/** The screen: at most 80 columns wide, but for a credential that is longer. */
export const welcome = ({ url, folder, tookMs, credentials, unguarded, tries }: Welcome): string =>
  [
    "",
    `Tillgate sandbox, serving after ${(tookMs / 1000).toFixed(1)} s`,
    "",
    `  API    ${url}`,
    `  Docs   ${url}/docs`,
    `  Data   ${folder}  (npm start -- --fresh empties it)`,
    "",
    `Credentials (public; all of them: ${url}/docs#credentials)`,
    "",
    ...linesOf(credentials),
    "",
    ...warningOf(unguarded),
    `Try: ${about.join("\n")}`,
    "",
    ...tries.flatMap((request) => [curl(url, credentials, request), ""]),
    "  npm run demo                               plays every flow, shows balances",
    "  npm run admin -- account show bank-a 1001  what an operator sees",
    "",
    "Ctrl-C stops everything.",
    "",
  ].join("\n");

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

/** What nobody has asked for and where nothing has happened: the clock's calls, and ours whether the desk serves. */
const isIdle = ({ level, endpoint, status, swept }: LogLine): boolean =>
  level === "INFO" && (status === undefined ? !swept : status === 200 && endpoint === "desk/health");

const outcomeOf = ({ refusal, replayed, fault, swept }: LogLine): string =>
  refusal ?? fault ?? (replayed ? "replayed" : swept ? `${swept} done` : "");

/** A function's log line for people; undefined for what is not worth a line: metrics, the gateway's own talk, sweeps of nothing. */
export const shortLine = (line: string): string | undefined => {
  const told = line.startsWith("{") ? parsed(line) : undefined;
  if (told?.level === undefined || told.endpoint === undefined || isIdle(told)) return undefined;
  const time = new Date(told.timestamp ?? 0).toTimeString().slice(0, "hh:mm:ss".length);
  const took = told.durationMs === undefined ? "" : `${told.durationMs} ms`;
  return `${time}  ${told.endpoint.padEnd(28)}${String(told.status ?? "").padEnd(5)}${took.padStart(7)}  ${outcomeOf(told)}`.trimEnd();
};
