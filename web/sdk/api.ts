/** Asks the web SDK's API. Never throws: what does not come back as it should is a trouble with a name. */
import type { Me } from "./me.ts";
import type { TroubleName } from "./trouble.ts";

/** How long an answer is waited for: more than the gateway takes to give up. */
const ANSWER_WITHIN_MS = 35_000;

/** How long to wait where we are told to wait, and not how long. */
const USUAL_WAIT_SECONDS = 5;

/** A session: its token is kept here and nowhere else. */
export interface Session {
  readonly token: string;
  readonly endsAtMs: number;
}

/** What came of asking. */
export type Asked<Told> =
  | { readonly told: Told }
  | { readonly trouble: TroubleName; readonly waitSeconds?: number | undefined };

const ask = async (path: string, init: RequestInit): Promise<Response | undefined> => {
  const given = new AbortController();
  const late = setTimeout(() => given.abort(), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(path, {
      ...init,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: given.signal,
    });
    // What stands in its body arrives within the same time, or not at all.
    return new Response(await answer.text(), answer);
  } catch {
    return undefined;
  } finally {
    clearTimeout(late);
  }
};

const waitOf = ({ headers }: Response): number => {
  const seconds = Number(headers.get("Retry-After") ?? USUAL_WAIT_SECONDS);
  return seconds >= 0 ? Math.ceil(seconds) : USUAL_WAIT_SECONDS;
};

/** What an answer tells, or why it does not; 401 and 400 mean what the call says they mean. */
const readAnswer = async <Told>(
  answer: Response | undefined,
  refused: Readonly<Record<number, TroubleName>>,
  silent: TroubleName,
): Promise<Asked<Told>> => {
  if (answer === undefined) return { trouble: silent };
  if (answer.status === 429) return { trouble: "busy", waitSeconds: waitOf(answer) };
  if (answer.status !== 200) return { trouble: refused[answer.status] ?? "failed" };
  try {
    return { told: (await answer.json()) as Told };
  } catch {
    return { trouble: "failed" };
  }
};

/** Exchanges a link's code for a session. */
export const openSession = async (code: string): Promise<Asked<Session>> => {
  const askedAtMs = Date.now();
  const headers = { "Content-Type": "application/json" };
  const answer = await ask("/sdk/v1/session", { method: "POST", headers, body: JSON.stringify({ code }) });
  const read = await readAnswer<{ readonly accessToken: string; readonly expiresIn: number }>(
    answer,
    { 400: "incomplete", 401: "used" },
    "lost",
  );
  if (!("told" in read)) return read;
  return { told: { token: read.told.accessToken, endsAtMs: askedAtMs + read.told.expiresIn * 1_000 } };
};

/** Asks whom a session is of. */
export const askMe = async ({ token }: Session): Promise<Asked<Me>> =>
  readAnswer(
    await ask("/sdk/v1/me", { headers: { Authorization: `Bearer ${token}` } }),
    { 401: "over" },
    "unreachable",
  );
