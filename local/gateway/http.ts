/** One request over HTTP that comes to an end: no redirects, a limit of time and of length, and never an exception. */

/** The longest answer that is read where nothing else is said, in bytes: several times what sbc.md 2 lets a request have. */
const MAX_ANSWER_BYTES = 65_536;

/** What is asked. */
export interface Asking {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the whole answer may take. */
  readonly timeoutMs: number;
  /** The longest answer that is read, in bytes; MAX_ANSWER_BYTES unless it is told. */
  readonly mostBytes?: number;
  /** Ends the request before that. */
  readonly signal?: AbortSignal;
  /** Waited for between the first and the second half of the body. */
  readonly halfway?: (() => Promise<void>) | undefined;
}

/** What came back; header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Nothing came back, or nothing whole, and why. */
export interface Silence {
  readonly status?: undefined;
  readonly why: string;
}

/** What came of it. */
export type Heard = Answer | Silence;

const readBody = async (answered: Response, mostBytes: number): Promise<string> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (answered.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > mostBytes) throw new Error(`an answer of more than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};

const inHalves = (body: string, halfway: () => Promise<void>): ReadableStream<Uint8Array> => {
  const bytes = Buffer.from(body);
  const middle = Math.floor(bytes.length / 2);
  let isBegun = false;
  return new ReadableStream({
    pull: async (controller) => {
      if (isBegun) await halfway();
      controller.enqueue(isBegun ? bytes.subarray(middle) : bytes.subarray(0, middle));
      if (isBegun) controller.close();
      isBegun = true;
    },
  });
};

/** Why there is no answer, in a few words. */
const whyOf = (error: unknown, timeoutMs: number): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  return inner instanceof Error ? inner.message : error.message;
};

/** Asks once. */
export const ask = async (url: string, asking: Asking): Promise<Heard> => {
  const { method, headers = {}, body, timeoutMs, mostBytes = MAX_ANSWER_BYTES, signal, halfway } = asking;
  const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  const content =
    body === undefined ? {} : halfway ? { body: inHalves(body, halfway), duplex: "half" as const } : { body };
  try {
    const answered = await fetch(url, {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...content,
      redirect: "manual",
      signal: AbortSignal.any(signals),
    });
    return {
      status: answered.status,
      headers: Object.fromEntries(answered.headers),
      body: await readBody(answered, mostBytes),
    };
  } catch (error) {
    return { why: whyOf(error, timeoutMs) };
  }
};

/** What kind of body an answer says it has, without parameters, in lower case; empty where it says nothing. */
export const mediaTypeOf = ({ headers }: Answer): string =>
  headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";

/** A body as JSON; undefined for what is none. */
export const jsonOf = (heard: Heard): unknown => {
  if (heard.status === undefined) return undefined;
  try {
    return JSON.parse(heard.body);
  } catch {
    return undefined;
  }
};

/** What stands at a path of a JSON document, if it is text. */
export const textAt = (document: unknown, ...path: readonly string[]): string | undefined => {
  let value = document;
  for (const name of path)
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : undefined;
};
