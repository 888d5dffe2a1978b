/** How a till or an app speaks to a desk: a request and its whole answer, and the same again where nothing certain came back. */
import { SECOND_MS } from "#kernel/time";
import type { World } from "../gateway/settings.ts";

/** How long an answer may take: less than a customer waits at a till. */
const TIMEOUT_MS = 10 * SECOND_MS;

/** How often the same is asked before it is told that the desk is out of reach. */
const TRIES = 5;

/** What is waited for where the desk does not say how long. */
const USUAL_WAIT_MS = SECOND_MS;

/** What is sent. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
}

/** What came back; header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Asks a route, `VERB /path?query`; rejects where nothing came back. */
export type Line = (route: string, sent: Sent) => Promise<Answer>;

/** A line to the desk at a base URL. */
export const openLine =
  (base: string): Line =>
  async (route, { headers = {}, body }) => {
    const [method = "", path = ""] = route.split(" ");
    const answered = await fetch(`${base.replace(/\/+$/, "")}${path}`, {
      method,
      headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers },
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: answered.status, headers: Object.fromEntries(answered.headers), body: await answered.text() };
  };

/** Whether an answer leaves open what was done, or asks to come again: 1016, 1017 and 1018 of swip.md 9. */
const isUncertain = ({ status }: Answer): boolean => status === 429 || status >= 500;

const waitOf = (answer: Answer | undefined): number => {
  const seconds = answer?.headers["retry-after"];
  return seconds !== undefined && /^\d{1,3}$/.test(seconds) ? Number(seconds) * SECOND_MS : USUAL_WAIT_MS;
};

/** A line that asks again where nothing certain came back. Whatever it is used for has to bear a key, so that it is done once. */
export const insisting =
  (line: Line, { pause }: Pick<World, "pause">): Line =>
  async (route, sent) => {
    for (let tries = 1; ; tries += 1) {
      const isLast = tries === TRIES;
      const answer = await line(route, sent).catch((error: unknown) => {
        if (isLast) throw error;
        return undefined;
      });
      if (answer !== undefined && (isLast || !isUncertain(answer))) return answer;
      await pause(waitOf(answer));
    }
  };
