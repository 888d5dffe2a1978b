/** SONECT's own partner API, as we ask it for a check-in (sonect.md 2.5). */
import * as z from "zod";
import { integer, JsonNumber, readJson } from "#kernel/json";
import { Refused, refuse } from "#kernel/refusal";
import { SECOND_MS } from "#kernel/time";
import type { Upstream } from "#partner/partner";
import { openField } from "#partner/partner.item";
import type { CheckIn } from "#partner/wire";
import type { Ports, Post, Posted } from "#ports";

/** Bounds of a call (sonect.md 2.5): 12 s with a connection that has to be tried twice, of a function's 29 (serverless.yml). */
const CONNECT_MS = 2 * SECOND_MS;
const ANSWER_MS = 8 * SECOND_MS;
const MAX_BYTES = 65_536;

/** The longest URL that a check-in may have, in characters (sonect.md 2.5). */
const MAX_URL = 4_096;

/** What SONECT answers where it does not know the user (sonect.md 2.2). */
const UNKNOWN_USER = -21n;

/** Any 32-bit integer: the vendor's list of results is not closed. */
const MAX_RESULT = 2n ** 31n - 1n;

/** `why` goes to the log and says nothing of what was sent or answered. */
const failed = (why: string): Refused => new Refused(refuse("UPSTREAM_FAILED", { why: `upstream: ${why}` }));

/** In plain digits: `0.0`, `-0`, `"0"` and null are results that nobody has promised. */
const result = integer(-MAX_RESULT, MAX_RESULT).optional();

/** The vendor's own failure has a null here. */
const url = z.string().nullish();

const isNoNumber = (value: unknown): boolean => !JsonNumber.is(value);

/**
 * `result` may stand beside or inside `payload`, and the URL may have a capital I (sonect.md 2.2). What is not JSON as we
 * ask it of others, with repeated members or a byte order mark, is no answer; members that nobody has promised are ignored.
 */
const Answer = z.object({
  result,
  payload: z
    .unknown()
    .refine(isNoNumber)
    .pipe(z.object({ result, checkinUrl: url, checkInUrl: url }).nullable())
    .optional(),
});

type Answer = z.output<typeof Answer>;

const answerIn = (body: string): Answer | undefined => {
  try {
    return Answer.safeParse(readJson(body)).data;
  } catch {
    return undefined;
  }
};

/** Each different value among those that are given. */
const valuesOf = <Value>(...given: readonly (Value | null | undefined)[]): readonly Value[] => [
  ...new Set(given.filter((value) => value !== undefined && value !== null)),
];

/** Printable ASCII only, in which every reader sees the same URL: parsers drop line ends and mend backslashes. */
const isHttps = (text: string): boolean =>
  text.length <= MAX_URL && /^https:\/\/[!-~]+$/i.test(text) && URL.canParse(text);

/** The URL that an answer gives, unchanged; throws the refusals USER_UNKNOWN and UPSTREAM_FAILED. */
const urlIn = (posted: Posted): string => {
  if (posted.status === undefined) throw failed(posted.why);
  const answer = answerIn(posted.body);
  const results = valuesOf(answer?.result, answer?.payload?.result);
  const isUnknown = results.length === 1 && results[0] === UNKNOWN_USER;
  if (posted.status === 400 && isUnknown) throw new Refused(refuse("USER_UNKNOWN"));
  if (posted.status !== 200) throw failed(`status ${posted.status}`);
  if (answer === undefined) throw failed("not the schema");
  if (results.some((one) => one !== 0n)) throw failed("a result that is not 0");
  const [given, ...others] = valuesOf(answer.payload?.checkinUrl, answer.payload?.checkInUrl);
  // Two that differ: one of them is not for this user, and nobody can tell which.
  if (given === undefined || others.length > 0) throw failed("not one URL");
  if (!isHttps(given)) throw failed("not an https URL");
  return given;
};

/** Sends a request, and once more if there was no connection: then nothing was sent, and nothing can have happened. */
const sendOnceOrTwice = async ({ post }: Pick<Ports, "post">, wish: Post): Promise<Posted> => {
  const posted = await post(wish);
  return posted.status === undefined && !posted.connected ? post(wish) : posted;
};

const bodyOf = ({ reference, data }: CheckIn): string => {
  const more = data === undefined ? "" : `,"additionalData":${data.kept}`;
  return `{"referenceId":${JSON.stringify(reference)}${more}}`;
};

/** Asks SONECT for a check-in URL; throws the refusals USER_UNKNOWN, and UPSTREAM_FAILED for whatever else is not a URL. */
export const askUpstream = async (
  ports: Pick<Ports, "post" | "secrets">,
  tenant: string,
  { baseUrl, clientId, clientSecret }: Upstream,
  wish: CheckIn,
): Promise<string> => {
  if (baseUrl === undefined || clientId === undefined || clientSecret === undefined) throw failed("not set up");
  const { seal } = await ports.secrets();
  const secret = openField(seal, tenant, "clientSecret", clientSecret);
  const posted = await sendOnceOrTwice(ports, {
    url: `${baseUrl}/partnerCheckin`,
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`,
      "content-type": "application/json",
      accept: "application/json",
    },
    body: bodyOf(wish),
    connectMs: CONNECT_MS,
    answerMs: ANSWER_MS,
    maxBytes: MAX_BYTES,
  });
  return urlIn(posted);
};
