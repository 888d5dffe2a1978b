/** JSON in and out without loss: numbers keep the text they were written with, and ambiguous texts are refused (DESIGN 4). */
import * as z from "zod";
import { Fault, Refused, refuse } from "#kernel/refusal";

/** What Node has of ECMAScript's "JSON.parse source text access" and TypeScript's library does not declare. */
interface SourceJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): RawNumber;
}
const json = JSON as JSON & SourceJson;

/** A number that `writeJson` prints exactly as the text it was made of. */
export interface RawNumber {
  readonly rawJSON: string;
}

const parser: unique symbol = Symbol("the parser");

/** A JSON number as it was written. Only `readJson` makes one, so nothing else in a document can pass for a number. */
export class JsonNumber {
  readonly #text: string;

  constructor(by: typeof parser, text: string) {
    if (by !== parser) throw new Fault("only readJson makes a JsonNumber");
    this.#text = text;
  }

  /** Tells a number that was read from everything else. */
  static is(value: unknown): value is JsonNumber {
    return typeof value === "object" && value !== null && #text in value;
  }

  /** The exact source text: `50.00`, `1e2`, `-0`. */
  get text(): string {
    return this.#text;
  }

  /** Lets `JSON.stringify` print the source text. */
  toJSON(): RawNumber {
    return json.rawJSON(this.#text);
  }
}

/** Whether a content type is JSON's, in UTF-8. */
export const isJsonType = (contentType: string | undefined): boolean =>
  /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i.test(contentType?.trim() ?? "");

/** Tells an object that was read from arrays, numbers and everything else. */
export const isJsonObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** How deep arrays and objects may nest: ours; the protocols' own requests nest four deep, the rest is for free-form members. */
export const MAX_DEPTH = 32;

const malformed = (why: string): Refused => new Refused(refuse("MALFORMED", { at: "text", why }));

/** The index after the string that opens at `start`, or one beyond the end of a text that never closes it. */
const afterString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
};

const isFollowedByColon = (text: string, start: number): boolean => {
  let at = start;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  return text[at] === ":";
};

/**
 * Refuses what `JSON.parse` would not: deep nesting, on which its reviver would overflow the stack, and repeated member
 * names, of which it would keep the last. Walks texts that are not JSON too, since it has to come first.
 */
const checkShape = (text: string, maxDepth: number): void => {
  const open: Set<string>[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const character = text.charAt(at);
    at = character === '"' ? afterString(text, start) : start + 1;
    if ("{[".includes(character)) open.push(new Set());
    else if ("}]".includes(character)) open.pop();
    else if (character === '"' && isFollowedByColon(text, at)) {
      // Decoded, since "\u0061" names the same member as "a".
      const written = text.slice(start, at);
      const name: string = written.includes("\\") ? JSON.parse(written) : written.slice(1, -1);
      if (open.at(-1)?.has(name)) throw malformed("a member name is repeated");
      open.at(-1)?.add(name);
    }
    if (open.length > maxDepth) throw malformed("nested too deep");
  }
};

const revive = (_name: string, value: unknown, { source }: { readonly source?: string }): unknown => {
  if (typeof value !== "number") return value;
  if (source === undefined) throw new Fault("JSON.parse gave a number without its source");
  return new JsonNumber(parser, source);
};

const SURROGATE = /\\u[dD][89a-fA-F]/;

/** Whether something read from this text can have a lone surrogate: there is one as it stands, or an escape of one. Most texts can not. */
export const mayHaveLoneSurrogate = (text: string): boolean => SURROGATE.test(text) || !text.isWellFormed();

/** Where a value that was read has a lone surrogate, in a text or a member's name: the names on the way there; undefined where it has none. */
export const wayToLoneSurrogate = (value: unknown): readonly (string | number)[] | undefined => {
  if (typeof value === "string") return value.isWellFormed() ? undefined : [];
  if (typeof value !== "object" || value === null || JsonNumber.is(value)) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const rest = name.isWellFormed() ? wayToLoneSurrogate(member) : [];
    if (rest !== undefined) return [Array.isArray(value) ? Number(name) : name, ...rest];
  }
  return undefined;
};

/** How a JSON text is read; a schema that has to say which text is ill-formed looks for lone surrogates itself. */
interface Reading {
  readonly maxDepth?: number;
  readonly loneSurrogates?: "refused" | "kept";
}

/**
 * Reads a JSON text; every number is a `JsonNumber`, a member called `__proto__` is one like any other. Throws the
 * refusal MALFORMED for what is not JSON, repeats a member name, nests deeper than `maxDepth` or has a lone surrogate.
 */
export const readJson = (text: string, { maxDepth = MAX_DEPTH, loneSurrogates = "refused" }: Reading = {}): unknown => {
  try {
    checkShape(text, maxDepth);
    const value: unknown = json.parse(text, revive);
    if (loneSurrogates === "refused" && mayHaveLoneSurrogate(text) && wayToLoneSurrogate(value))
      throw malformed("a lone surrogate");
    return value;
  } catch (error) {
    throw error instanceof SyntaxError ? malformed("not JSON") : error;
  }
};

/** Prints a JSON number exactly as this text; anything but a JSON number is a fault. */
export const rawNumber = (text: string): RawNumber => {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) throw new Fault("not the text of a JSON number");
  return json.rawJSON(text);
};

const printable = (_name: string, value: unknown): unknown => {
  if (typeof value === "bigint") return json.rawJSON(`${value}`);
  // JSON.stringify would print null, which is another value.
  if (typeof value === "number" && !Number.isFinite(value)) throw new Fault("JSON has no such number");
  return value;
};

/** Prints compactly, members in the order given: a bigint as an integer, numbers that were read as written, `undefined` members not at all. */
export const writeJson = (value: unknown): string => {
  const text: unknown = JSON.stringify(value, printable);
  if (typeof text !== "string") throw new Fault("nothing that JSON can print");
  return text;
};

/** Reads a text that `writeJson` has printed, of numbers bigints only: each is one again. It has the type of what was printed. */
export const readPrinted = <Printed>(text: string): Printed => {
  const asBigint = (_name: string, value: unknown, { source = "" }: { readonly source?: string }): unknown =>
    typeof value === "number" ? BigInt(source) : value;
  return json.parse(text, asBigint) as Printed;
};

/** A decimal number, exactly: `unscaled` / 10^`scale`. `50.00` is 5000 and 2; there is no negative zero. */
export interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** How many digits a decimal may be written with: ours; 2^53-1 minor units take 16, and what parsing costs stays bounded. */
const MAX_DECIMAL_DIGITS = 40;

/** Reads plain notation (JSON's, without exponent), at most 40 digits; anything else, and negative zero, is `undefined`. */
export const readDecimal = (text: string): Decimal | undefined => {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "" || whole.length + fraction.length > MAX_DECIMAL_DIGITS) return undefined;
  const unscaled = BigInt(`${whole}${fraction}`);
  if (sign === "") return { unscaled, scale: fraction.length };
  return unscaled === 0n ? undefined : { unscaled: -unscaled, scale: fraction.length };
};

const readInteger = (text: string, min: bigint, max: bigint): bigint | undefined => {
  // The length comes first: parsing is not for a text that no bound admits.
  if (text.length > Math.max(`${min}`.length, `${max}`.length) || !/^(?:0|-?[1-9]\d*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return min <= value && value <= max ? value : undefined;
};

/** What OpenAPI is told of a number: it is a transformed class to zod, so both ends of the transformation have to say it. */
interface NumberMeta {
  readonly type: "integer" | "number";
  readonly minimum?: number;
  readonly maximum?: number;
}

const numeric = <Value>(meta: NumberMeta, says: string, read: (text: string) => Value | undefined) =>
  z
    .custom<JsonNumber>(JsonNumber.is, says)
    .meta({ ...meta })
    .transform((number, context) => {
      const value = read(number.text);
      if (value !== undefined) return value;
      context.issues.push({ code: "custom", message: says, input: number });
      return z.NEVER;
    })
    .meta({ ...meta });

/** The schema of an integer in plain digits (no fraction, exponent or `-0`) from `min` to `max`; gives a bigint. */
export const integer = (min: bigint, max: bigint) =>
  numeric({ type: "integer", minimum: Number(min), maximum: Number(max) }, `an integer ${min} to ${max}`, (text) =>
    readInteger(text, min, max),
  );

/**
 * The schema of a number in plain notation, at most 40 digits (no exponent or negative zero); gives a `Decimal`. A protocol
 * that takes other texts brings a reading of its own.
 */
export const decimal = (read: (text: string) => Decimal | undefined = readDecimal) =>
  numeric({ type: "number" }, "a number in plain notation", read);
