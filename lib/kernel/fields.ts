/** Fields that several protocols have, as schemas. What is absent, null or blank is `undefined` where a field is optional. */
import * as z from "zod";
import { type Currency, currencyOf } from "#kernel/currency";
import { JsonNumber } from "#kernel/json";
import { readInstant } from "#kernel/time";

/** The largest number that identifies something: JSON readers that use floats still read it exactly (sonect.md, Identifiers). */
export const MAX_ID = 2n ** 53n - 1n;

/** A text of 1 to `max` characters, not counting what surrounds it (sonect.md 1). */
export const text = (max: number) => z.string().trim().min(1).max(max);

/** One of some words. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .string()
    .trim()
    .meta({ enum: [...words] })
    .pipe(z.enum(words));

const isBlank = (said: unknown): boolean => said === null || (typeof said === "string" && said.trim() === "");

/** What is no text, and may be absent, null or blank, which all mean the same (sonect.md 1). */
export const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((said) => (isBlank(said) ? undefined : said), schema.optional()).optional();

/** What may be absent or null, which both mean the same. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((said) => said ?? undefined);

/** An object. A number is read as an instance of a class, which zod would take for one. */
export const members = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((said) => (JsonNumber.is(said) ? said.text : said), z.object(shape));

/** A text that may be absent, null or blank, which all mean the same (sonect.md 1). */
export const maybeText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((text) => text || undefined);

/** An ISO 4217 code that may be absent, null or blank. */
export const maybeCurrency = z
  .string()
  .trim()
  .meta({ examples: ["CHF"] })
  .nullish()
  .refine((code) => !code || currencyOf(code) !== undefined, "an ISO 4217 code")
  .transform((code): Currency | undefined => (code ? currencyOf(code) : undefined));

/** An instant in UTC with 0-3 fraction digits, as epoch milliseconds. */
export const instant = z
  .string()
  .meta({ format: "date-time", examples: ["2026-11-25T05:31:04.278Z"] })
  .transform((text, context) => {
    const ms = readInstant(text.trim());
    if (ms !== undefined) return ms;
    context.issues.push({ code: "custom", message: "YYYY-MM-DDThh:mm:ss[.fff]Z", input: text });
    return z.NEVER;
  });

/** An example for the documentation; zod drops the `examples` of what is transformed, not an override. */
export const example = (said: Readonly<Record<string, unknown>>) => ({ override: { examples: [said] } });
