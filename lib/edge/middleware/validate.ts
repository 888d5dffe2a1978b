/** What a body must be before anybody reads it (sonect.md section 1): its type, size, encoding and schema. */
import * as z from "zod";
import type { Headers } from "#edge/contract";
import type { RawBody, Step } from "#edge/middleware/state";
import { readJson } from "#kernel/json";
import { Refused, refuse } from "#kernel/refusal";

/** The longest body, in bytes: sonect.md section 1. */
const MAX_BODY_BYTES = 32_768;

const jsonType = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;

// A byte order mark stays in the text, where JSON does not allow it.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `why` goes to the log and says nothing of what was sent. */
const malformed = (why: string): Refused => new Refused(refuse("MALFORMED", { why }));

const decode = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed("not UTF-8");
  }
};

const textOf = ({ bytes, wasText }: RawBody, headers: Headers): string => {
  const text = decode(bytes);
  // A gateway puts U+FFFD, three bytes, in the place of a byte that is not UTF-8: the text has grown.
  const wasReplaced = text.includes("\ufffd") || bytes.length > Number(headers["content-length"]);
  if (wasText && wasReplaced) throw malformed("not UTF-8");
  return text;
};

const isObject = (json: unknown): boolean =>
  typeof json === "object" && json !== null && [Object.prototype, null].includes(Object.getPrototypeOf(json));

/** The name of the field at fault if the schema knows it; any other name is the caller's data. */
const fieldAtFault = (schema: z.ZodType, name: PropertyKey | undefined): string => {
  let inner: unknown = schema;
  while (inner instanceof z.ZodPipe) inner = inner.in;
  return inner instanceof z.ZodObject && name !== undefined && Object.hasOwn(inner.shape, name)
    ? `${String(name)} `
    : "";
};

const parse = <Wish>(schema: z.ZodType<Wish>, json: unknown): Wish => {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw malformed(`schema: ${fieldAtFault(schema, issue?.path[0])}${issue?.code}`);
};

/** Puts the body's wish into the state, or throws the refusal MALFORMED; without a schema a body is not looked at. */
export const validate = <Wish>(
  schema: z.ZodType<Wish> | undefined,
): Step<{ headers: Headers; body: RawBody; wish: Wish }> => ({
  before: ({ internal }) => {
    if (!schema) return;
    const { headers, body } = internal;
    if (!jsonType.test(headers["content-type"]?.trim() ?? "")) throw malformed("content type");
    if (body.bytes.length > MAX_BODY_BYTES) throw malformed("too long");
    const json = readJson(textOf(body, headers));
    if (!isObject(json)) throw malformed("not an object");
    internal.wish = parse(schema, json);
  },
});
