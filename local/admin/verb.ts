/** What a verb of the admin is: a row that says how it is called, and does it. Reading comes before doing, doing before saying. */

import { UsageError } from "../options.ts";
import type { Reach } from "./vault.ts";

/** A value on the command line: what it has to be, in words, and how it is read; undefined for a text that is none. */
export interface Reading<Value> {
  readonly says: string;
  readonly read: (text: string) => Value | undefined;
}

/** An option with a value; `absent` is what it means not to give it. */
export interface Option<Value> extends Reading<Value> {
  /** Stands for the value in the help: `<text>`. */
  readonly shows: string;
  readonly help: string;
  readonly absent: { readonly means: Value } | "refused";
}

/** A positional argument; none but the last may be left out. */
export interface Argument<Value> extends Reading<Value> {
  readonly mayBeAbsent?: true;
}

/** Positional arguments in their order, by name. */
export type Arguments = Readonly<Record<string, Argument<unknown>>>;

/** Options by name: `timeZone` is `--time-zone`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

type ValuesOf<Fields> = { readonly [Name in keyof Fields]: Fields[Name] extends Reading<infer Value> ? Value : never };

/** What is said of what was done: for people, and as a JSON document; a complaint makes the exit code 1. */
export interface Said {
  readonly text: string;
  readonly document: object;
  readonly complaint?: string | undefined;
}

interface Row<A extends Arguments, O extends Options, Result> {
  /** Noun and verb, or a noun alone: `account fund`, `books`. */
  readonly name: string;
  /** One line. */
  readonly help: string;
  /** What else one has to know, a line each. */
  readonly notes?: readonly string[];
  /** True where the sandbox has no need of it. */
  readonly stageOnly?: boolean;
  readonly arguments: A;
  readonly options: O;
  /** Options of which at least one has to be given. */
  readonly oneOf?: readonly (keyof O & string)[];
  /** How it is called, without what comes before. */
  readonly examples: readonly string[];
  /** What can be told without reaching anything; undefined where it cannot. */
  readonly offline?: (args: ValuesOf<A> & ValuesOf<O>) => Result | undefined;
  readonly run: (
    ports: Reach,
    args: ValuesOf<A> & ValuesOf<O> & { readonly actor: string },
  ) => Promise<Result> | Result;
  readonly say: (result: Result) => Said;
}

/** A verb, whatever its arguments and result are. */
export interface Verb extends Pick<Row<Arguments, Options, unknown>, "name" | "help" | "arguments" | "options"> {
  readonly notes: readonly string[];
  readonly stageOnly: boolean;
  readonly examples: readonly string[];
  /** Reads the texts; throws `UsageError`, before anything is opened or done. */
  readonly prepare: (
    texts: readonly string[],
    options: ReadonlyMap<string, string>,
  ) => (open: () => Reach, actor: string) => Promise<Said>;
}

/** An argument that may be left out. */
export const maybe = <Value>(reading: Reading<Value>): Argument<Value | undefined> => ({
  ...reading,
  mayBeAbsent: true,
});

/** An option that may be left out. */
export const optional = <Value>(reading: Reading<Value>, shows: string, help: string): Option<Value | undefined> => ({
  ...reading,
  shows,
  help,
  absent: { means: undefined },
});

/** An option that means something when it is left out. */
export const defaulting = <Value>(
  reading: Reading<Value>,
  shows: string,
  help: string,
  means: Value,
): Option<Value> => ({ ...reading, shows, help: `${help} (default ${means})`, absent: { means } });

/** An option that has to be given. */
export const required = <Value>(reading: Reading<Value>, shows: string, help: string): Option<Value> => ({
  ...reading,
  shows,
  help,
  absent: "refused",
});

/** How an option is written: `timeZone` → `--time-zone`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Reads a value; throws `UsageError`. */
export const readValue = <Value>(shown: string, { says, read }: Reading<Value>, text: string): Value => {
  const value = read(text);
  if (value === undefined) throw new UsageError(`${shown} is "${text}": it has to be ${says}`);
  return value;
};

const readArguments = (verb: string, fields: Arguments, texts: readonly string[]): Record<string, unknown> => {
  const names = Object.keys(fields);
  const missing = names.slice(texts.length).filter((name) => !fields[name]?.mayBeAbsent);
  if (missing.length > 0) throw new UsageError(`"${verb}" needs ${missing.map((name) => `<${name}>`).join(" and ")}`);
  const extra = texts[names.length];
  if (extra !== undefined) throw new UsageError(`"${verb}" takes no further argument, but got "${extra}"`);
  return Object.fromEntries(
    Object.entries(fields).map(([name, field], nth) => {
      const text = texts[nth];
      return [name, text === undefined ? undefined : readValue(`<${name}>`, field, text)];
    }),
  );
};

const readOption = (verb: string, name: string, option: Option<unknown>, text: string | undefined): unknown => {
  if (text !== undefined) return readValue(flagOf(name), option, text);
  if (option.absent === "refused") throw new UsageError(`"${verb}" needs ${flagOf(name)} ${option.shows}`);
  return option.absent.means;
};

const checkOneOf = (verb: string, names: readonly string[], options: ReadonlyMap<string, string>): void => {
  const flags = names.map(flagOf);
  if (flags.length > 0 && !flags.some((flag) => options.has(flag)))
    throw new UsageError(`"${verb}" needs at least one of ${flags.join(", ")}`);
};

/** Makes a verb of a row. */
export const defineVerb = <A extends Arguments, O extends Options, Result>(row: Row<A, O, Result>): Verb => ({
  ...row,
  notes: row.notes ?? [],
  stageOnly: row.stageOnly ?? false,
  prepare: (texts, options) => {
    checkOneOf(row.name, row.oneOf ?? [], options);
    const values = {
      ...readArguments(row.name, row.arguments, texts),
      ...Object.fromEntries(
        Object.entries(row.options).map(([name, option]) => [
          name,
          readOption(row.name, name, option, options.get(flagOf(name))),
        ]),
      ),
    } as ValuesOf<A> & ValuesOf<O>;
    return async (open, actor) => row.say(row.offline?.(values) ?? (await row.run(open(), { ...values, actor })));
  },
});
