/** Who tells the demo: calls the desk over HTTP, shows what was sent and what came back, and notes every surprise. */
import type { Credential } from "../sandbox/credential.ts";
import { discreet } from "./telling.ts";

/** What is sent. A body is JSON unless its headers say otherwise. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back; header names in lower case. */
export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What should come back. */
export interface Expected {
  /** 200 unless it is told. */
  readonly status?: number;
  /** What the body is, or what it says. */
  readonly body: string | RegExp;
  /** Whether it is an answer of earlier; it is not unless it is told. */
  readonly replayed?: boolean;
  /** Headers by name, in lower case: what they are, or what they say. */
  readonly headers?: Readonly<Record<string, string | RegExp>>;
  /** What is told of a body that is too long to be read. */
  readonly shortened?: (body: string) => string;
}

/** Tells stories and counts what was not as it should be. */
export interface Teller {
  /** The desk's address. */
  readonly url: string;
  readonly chapter: (title: string) => void;
  readonly say: (line: string) => void;
  /** Calls a route, `VERB /path` with its query, in somebody's name; another system's by its whole address. */
  readonly call: (who: string, route: string, sent: Sent, expected: Expected) => Promise<Heard>;
  readonly check: (what: string, holds: boolean) => void;
  readonly surprises: () => number;
}

const REPLAYED = "idempotency-replayed";

const isAs = (heard: string | undefined, expected: string | RegExp): boolean =>
  typeof expected === "string" ? heard === expected : heard !== undefined && expected.test(heard);

/** What differs from what was expected, in words. */
const surprisesIn = (
  heard: Heard,
  { status = 200, body, replayed = false, headers = {} }: Expected,
): readonly string[] => [
  ...(heard.status === status ? [] : [`expected status ${status}`]),
  ...(isAs(heard.body, body) ? [] : [`expected ${body}`]),
  ...((heard.headers[REPLAYED] === "true") === replayed ? [] : [`expected ${replayed ? "a replay" : "no replay"}`]),
  ...Object.entries(headers)
    .filter(([name, value]) => !isAs(heard.headers[name], value))
    .map(([name, value]) => `expected ${name}: ${value}`),
];

const ask = async (url: string, route: string, { headers = {}, body }: Sent): Promise<Heard> => {
  const [method = "", path = ""] = route.split(" ");
  const sent = { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers };
  const answered = await fetch(new URL(path, url), { method, headers: sent, ...(body !== undefined && { body }) });
  return { status: answered.status, headers: Object.fromEntries(answered.headers), body: await answered.text() };
};

/** Opens a teller on a desk's address. It tells whose the given credentials are, and no secret whole. */
export const openTeller = (url: string, credentials: readonly Credential[], print: (line: string) => void): Teller => {
  let surprises = 0;
  const told = discreet(credentials);
  const check = (what: string, holds: boolean): void => {
    if (holds) return;
    surprises += 1;
    print(`  ✗ SURPRISE: ${what}`);
  };
  const tell = (who: string, route: string, { headers = {}, body }: Sent, heard: Heard, said: string): void => {
    const shown = Object.entries(headers).map(([name, value]) => `${name}: ${told(value)}`);
    print(`  ${who} → ${route}`);
    if (shown.length > 0) print(`      ${shown.join(" · ")}`);
    if (body !== undefined) print(`      ${told(body)}`);
    print(`    ← ${heard.status}${heard.headers[REPLAYED] === "true" ? " (replayed)" : ""} ${told(said)}`.trimEnd());
  };
  return {
    url,
    chapter: (title) => print(`\n${title}\n${"─".repeat(title.length)}`),
    say: print,
    check,
    surprises: () => surprises,
    call: async (who, route, sent, expected) => {
      const heard = await ask(url, route, sent);
      tell(who, route, sent, heard, expected.shortened?.(heard.body) ?? heard.body);
      for (const surprise of surprisesIn(heard, expected)) check(told(surprise), false);
      return heard;
    },
  };
};
