/** The refusal MALFORMED: where a request is wrong, and how. It says what the schema knows, nothing that the caller has sent. */
import * as z from "zod";
import { Refused, refuse } from "#kernel/refusal";

/** Where a request is wrong: what its path, query or headers say, its body's media type, length, text (UTF-8, JSON, an object) or fields. */
export type Place = "path" | "query" | "headers" | "type" | "length" | "text" | "fields";

/** How many wrong fields are named (sbc.md 6). */
const MAX_NAMED = 20;

/** MALFORMED with the facts `at`, and `why` for the log. */
export const malformed = (at: Place, why: string): Refused => new Refused(refuse("MALFORMED", { at, why }));

const within = (schema: unknown): unknown => {
  // What is done before a schema looks has no fields itself.
  if (schema instanceof z.ZodPipe) return within(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return within(schema.unwrap());
  return schema;
};

/** The way to a field as far as the schema knows it; another name is the caller's data. */
const knownWay = (schema: unknown, [name, ...rest]: readonly PropertyKey[]): readonly string[] => {
  const here = within(schema);
  if (name === undefined) return [];
  if (here instanceof z.ZodObject && Object.hasOwn(here.shape, name))
    return [String(name), ...knownWay(here.shape[String(name)], rest)];
  if (here instanceof z.ZodArray && typeof name === "number") return [String(name), ...knownWay(here.element, rest)];
  return [];
};

/** The fields that are named, sorted, each once. */
const listed = (ways: readonly string[]): string =>
  [...new Set(ways.filter((way) => way !== ""))].sort().slice(0, MAX_NAMED).join(", ");

/** One thing that is wrong with a request: the way to the field, as far as it is known, and what it has to be. */
export interface Issue {
  readonly way: readonly string[];
  readonly message: string;
}

/** MALFORMED with what is wrong, thing by thing: the fact `issues` is JSON text of them, 20 at the most. */
export const malformedBy = (at: Place, why: string, issues: readonly Issue[]): Refused =>
  new Refused(refuse("MALFORMED", { at, why, issues: JSON.stringify(issues.slice(0, MAX_NAMED)) }));

/**
 * MALFORMED by a schema's issues: the fact `fields` names what is wrong, sorted, `a.b, c`, 20 at the most, if the schema
 * knows it; `issues` as above; parameters without the place that they are in.
 */
export const malformedAt = (at: Place, schema: z.ZodType, issues: readonly z.core.$ZodIssue[]): Refused => {
  const found = issues.map(
    ({ path, message }): Issue => ({
      way: knownWay(schema, path).slice(at === "fields" ? 0 : 1),
      message,
    }),
  );
  const ways = found.map(({ way }) => way.join("."));
  const fields = listed(ways);
  const why = `schema: ${[ways[0], issues[0]?.code].filter(Boolean).join(" ")}`;
  const { facts } = malformedBy(at, why, found).refusal;
  return new Refused(refuse("MALFORMED", { ...facts, ...(fields !== "" && { fields }) }));
};

/** MALFORMED at a field that the way leads to, beside the schema's own issues; at the text where the schema knows none of them. */
export const malformedOn = (
  schema: z.ZodType,
  way: readonly PropertyKey[],
  why: string,
  issues: readonly z.core.$ZodIssue[] = [],
): Refused => {
  const fields = listed([way, ...issues.map(({ path }) => path)].map((each) => knownWay(schema, each).join(".")));
  return fields === "" ? malformed("text", why) : new Refused(refuse("MALFORMED", { at: "fields", why, fields }));
};
