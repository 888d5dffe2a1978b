/** What a request must be before anybody acts on it: what its path, query and headers say, and its body's type, size, encoding and schema. */
import type * as z from "zod";
import type { Asked, Contract, Headers, RawBody } from "#edge/contract";
import type { Step } from "#edge/middleware/state";
import { isJsonObject, isJsonType, mayHaveLoneSurrogate, readJson, wayToLoneSurrogate } from "#kernel/json";
import { malformed, malformedAt, malformedOn } from "#kernel/malformed";
import { readUtf8 } from "#kernel/utf8";

/** The longest body, in bytes, where a contract does not say otherwise: sonect.md section 1. */
const MAX_BODY_BYTES = 32_768;

const textOf = ({ bytes, wasText }: RawBody, headers: Headers): string => {
  const text = readUtf8(bytes);
  if (text === undefined) throw malformed("text", "not UTF-8");
  // A gateway puts U+FFFD, three bytes, in the place of a byte that is not UTF-8: the text has grown.
  const wasReplaced = text.includes("\ufffd") || bytes.length > Number(headers["content-length"]);
  if (wasText && wasReplaced) throw malformed("text", "not UTF-8");
  return text;
};

type Bounds = Pick<
  Contract<unknown, never, never>,
  "maxBodyBytes" | "bodyIsOptional" | "bodyIsUnread" | "bodyIsAny" | "textsAreOfFields"
>;

/** A body, and what it says. */
interface Read {
  readonly text: string;
  readonly json: unknown;
}

const readBody = ({ headers, body }: Asked, { maxBodyBytes = MAX_BODY_BYTES }: Bounds): Read => {
  const { length } = body.bytes;
  // Where there is no body, that is what is wrong, not its type.
  if (length > 0 && !isJsonType(headers["content-type"])) throw malformed("type", "content type");
  if (length > maxBodyBytes) throw malformed("length", "too long");
  const text = textOf(body, headers);
  return { text, json: readJson(text, { loneSurrogates: "kept" }) };
};

const bodyOf = <Body>(schema: z.ZodType<Body>, asked: Asked, bounds: Bounds): Body => {
  const { bodyIsOptional = false, bodyIsAny = false, textsAreOfFields = false } = bounds;
  if (bodyIsOptional && asked.body.bytes.length === 0) return parse(schema, {});
  const { text, json } = readBody(asked, bounds);
  if (!bodyIsAny && !isJsonObject(json)) throw malformed("fields", "not an object");
  const ill = !textsAreOfFields && mayHaveLoneSurrogate(text) ? wayToLoneSurrogate(json) : undefined;
  if (ill !== undefined) throw malformedOn(schema, ill, "a lone surrogate", schema.safeParse(json).error?.issues);
  return parse(schema, json);
};

const parse = <Read>(schema: z.ZodType<Read>, said: unknown): Read => {
  const parsed = schema.safeParse(said);
  if (parsed.success) return parsed.data;
  throw malformedAt("fields", schema, parsed.error.issues);
};

/** A query's fields; one that is there twice says nothing certain, and is a list, which no schema takes for a text. */
const fieldsOf = (query: string): Readonly<Record<string, string | readonly string[]>> => {
  const byName = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, said]) => [name, said.length > 1 ? said.map(([, value]) => value) : (said[0]?.[1] ?? "")]),
  );
};

const parametersOf = <Told>(schema: z.ZodType<Told>, { segments, query, headers }: Asked): Told => {
  const parsed = schema.safeParse({ path: segments, query: fieldsOf(query), headers });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const [where, first] =
    (["path", "query", "headers"] as const)
      .map((place) => [place, issues.filter(({ path }) => path[0] === place)] as const)
      .find(([, found]) => found.length > 0) ?? (["query", issues] as const);
  throw malformedAt(where, schema, first);
};

/** Puts the wish into the state, or throws the refusal MALFORMED; where a contract has no schema, nothing is looked at. */
export const validate = <Body, Told>({
  parameters,
  request,
  ...bounds
}: Pick<Contract<Body, never, never, Told>, "parameters" | "request"> & Bounds): Step<{
  asked: Asked;
  wish: Body & Told;
}> => ({
  before: ({ internal }) => {
    const { asked } = internal;
    const told = parameters && parametersOf(parameters, asked);
    const body = request && bodyOf(request, asked, bounds);
    if (bounds.bodyIsUnread && asked.body.bytes.length > 0) readBody(asked, bounds);
    internal.wish = (told === undefined ? body : { ...told, ...body }) as Body & Told;
  },
});
