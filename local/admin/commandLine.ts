/** From what was typed to a verb and its arguments; what is wrong with it is said with the nearest right word. */
import { parseArgs } from "node:util";
import { flagOf, UsageError, type Verb } from "./verb.ts";

/** Options of every verb, and whether they have a value. */
export const everywhere = {
  "--port": true,
  "--stage": true,
  "--actor": true,
  "--json": false,
  "--help": false,
} as const;

/** What was typed, sorted. */
export interface CommandLine {
  readonly words: readonly string[];
  /** By flag; of those without a value, the empty text. */
  readonly options: ReadonlyMap<string, string>;
}

/** How many letters apart a typo may be from what was meant. */
const MOST_TYPOS = 2;

/** How many letters have to be put in, left out or changed to make one text of the other. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, nth) => nth);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const changed = (row[j] ?? 0) + Number(letter !== wanted);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};

/** The nearest of some words, if it is near. */
export const nearest = (typed: string, words: readonly string[]): string | undefined => {
  const [best] = words.map((word) => [distance(typed, word), word] as const).sort(([a], [b]) => a - b);
  return best !== undefined && best[0] <= MOST_TYPOS ? best[1] : undefined;
};

const perhaps = (typed: string, words: readonly string[]): string => {
  const meant = nearest(typed, words);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
};

/** Sorts what was typed into words and options of any verb; throws `UsageError`. */
export const readCommandLine = (argv: readonly string[], verbs: readonly Verb[]): CommandLine => {
  const valued = verbs.flatMap((verb) => Object.keys(verb.options).map((name) => [flagOf(name), true] as const));
  const flags = new Map<string, boolean>([...Object.entries(everywhere), ...valued]);
  const known = [...flags].map(
    ([flag, hasValue]) => [flag.slice(2), { type: hasValue ? "string" : "boolean" }] as const,
  );
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: { ...Object.fromEntries(known), help: { type: "boolean", short: "h" } },
  });
  const words: string[] = [];
  const options = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const flag = `--${token.name}`;
    const hasValue = flags.get(flag);
    if (hasValue === undefined)
      throw new UsageError(`There is no option ${token.rawName}${perhaps(flag, [...flags.keys()])}`);
    if (options.has(flag)) throw new UsageError(`${flag} is given twice`);
    if (!hasValue && token.value !== undefined) throw new UsageError(`${flag} takes no value`);
    // What looks like an option is one: a forgotten value must not swallow it. With "=" it may be anything.
    if (hasValue && (token.value === undefined || (!token.inlineValue && token.value.startsWith("-"))))
      throw new UsageError(`${flag} needs a value`);
    options.set(flag, token.value ?? "");
  }
  return { words, options };
};

/** The verbs whose names begin with these words: those of a noun, or one. */
export const verbsUnder = (words: readonly string[], verbs: readonly Verb[]): readonly Verb[] => {
  const begin = (count: number) => {
    const typed = words.slice(0, count).join(" ");
    return verbs.filter(({ name }) => name === typed || (count === 1 && name.startsWith(`${typed} `)));
  };
  const exact = words.length > 1 ? begin(2) : [];
  return exact.length > 0 ? exact : words.length > 0 ? begin(1) : [];
};

/** The verb that the words begin with, and the rest of them; throws `UsageError`. */
export const findVerb = (
  words: readonly string[],
  verbs: readonly Verb[],
): { readonly verb: Verb; readonly texts: readonly string[] } => {
  const isOf = ({ name }: Verb) => name === words.slice(0, name.split(" ").length).join(" ");
  const verb = verbs.find(isOf);
  if (verb !== undefined) return { verb, texts: words.slice(verb.name.split(" ").length) };
  const [noun = "", second] = words;
  const names = verbs.map(({ name }) => name);
  if (second === undefined && names.some((name) => name.startsWith(`${noun} `)))
    throw new UsageError(`"${noun}" needs a verb`);
  const typed = second === undefined ? noun : `${noun} ${second}`;
  const meant = nearest(typed, names) ?? nearest(noun, names);
  const nouns = [...new Set(names.map((name) => name.split(" ")[0] ?? ""))];
  const hint = meant ?? nearest(noun, nouns);
  throw new UsageError(`There is no "${typed}"${hint === undefined ? "" : `; did you mean "${hint}"?`}`);
};

/** Throws `UsageError` for options that this verb has not. */
export const checkOptions = ({ name, options }: Verb, given: CommandLine["options"]): void => {
  const own = [...Object.keys(options).map(flagOf), ...Object.keys(everywhere)];
  const foreign = [...given.keys()].find((flag) => !own.includes(flag));
  if (foreign !== undefined) throw new UsageError(`"${name}" has no option ${foreign}${perhaps(foreign, own)}`);
};
