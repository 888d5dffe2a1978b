/** From what was typed to a verb and its arguments; what is wrong with it is said with the nearest right word. */
import { parseArgs } from "node:util";
import { UsageError } from "../options.ts";
import { flagOf, type Verb } from "./verb.ts";

/** Options of every verb, and whether they have a value. */
const everywhere = {
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
  /** The first thing that is wrong with the options. */
  readonly problem: string | undefined;
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
const nearest = (typed: string, words: readonly string[]): string | undefined => {
  const [best] = words.map((word) => [distance(typed, word), word] as const).sort(([a], [b]) => a - b);
  return best !== undefined && best[0] <= MOST_TYPOS ? best[1] : undefined;
};

const perhaps = (typed: string, words: readonly string[]): string => {
  const meant = nearest(typed, words);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
};

type Token = ReturnType<typeof tokensOf>[number];

const tokensOf = (argv: readonly string[], flags: ReadonlyMap<string, boolean>) => {
  const types = [...flags].map(
    ([flag, hasValue]) => [flag.slice(2), { type: hasValue ? "string" : "boolean" }] as const,
  );
  const options = { ...Object.fromEntries(types), help: { type: "boolean", short: "h" } as const };
  return parseArgs({ args: [...argv], strict: false, allowPositionals: true, tokens: true, options }).tokens;
};

/** What is wrong with an option as it was typed, if anything. */
const problemOf = (
  token: Extract<Token, { kind: "option" }>,
  flags: ReadonlyMap<string, boolean>,
  seen: CommandLine["options"],
): string | undefined => {
  const flag = `--${token.name}`;
  const hasValue = flags.get(flag);
  if (hasValue === undefined) return `There is no option ${token.rawName}${perhaps(flag, [...flags.keys()])}`;
  if (seen.has(flag)) return `${flag} is given twice`;
  if (!hasValue) return token.value === undefined ? undefined : `${flag} takes no value`;
  // What looks like an option is one: a forgotten value must not swallow it. After "=" a value may be anything.
  const isForgotten = token.value === undefined || (!token.inlineValue && token.value.startsWith("-"));
  return isForgotten ? `${flag} needs a value` : undefined;
};

/** Sorts what was typed into words and options of any verb. */
export const readCommandLine = (argv: readonly string[], verbs: readonly Verb[]): CommandLine => {
  const valued = verbs.flatMap((verb) => Object.keys(verb.options).map((name) => [flagOf(name), true] as const));
  const flags = new Map<string, boolean>([...Object.entries(everywhere), ...valued]);
  const words: string[] = [];
  const options = new Map<string, string>();
  const problems: string[] = [];
  for (const token of tokensOf(argv, flags)) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const problem = problemOf(token, flags, options);
    if (problem !== undefined) problems.push(problem);
    options.set(`--${token.name}`, token.value ?? "");
  }
  return { words, options, problem: problems[0] };
};

const nounOf = ({ name }: Verb): string => name.split(" ")[0] ?? "";

const isNamed = ({ name }: Verb, words: readonly string[]): boolean =>
  name === words.slice(0, name.split(" ").length).join(" ");

/** The verbs of what two words name together: `merchant key`. */
const verbsOfPair = (words: readonly string[], verbs: readonly Verb[]): readonly Verb[] =>
  verbs.filter(({ name }) => name.startsWith(`${words.slice(0, 2).join(" ")} `) && words.length > 1);

/** The verb that these words begin with, or those of the nouns, or none. */
export const verbsUnder = (words: readonly string[], verbs: readonly Verb[]): readonly Verb[] => {
  const named = verbs.filter((verb) => isNamed(verb, words));
  const ofPair = verbsOfPair(words, verbs);
  const found = named.length > 0 ? named : ofPair;
  return found.length > 0 ? found : verbs.filter((verb) => nounOf(verb) === words[0]);
};

/** The verb that the words begin with, and the rest of them; throws `UsageError`. */
export const findVerb = (
  words: readonly string[],
  verbs: readonly Verb[],
): { readonly verb: Verb; readonly texts: readonly string[] } => {
  const verb = verbs.find((each) => isNamed(each, words));
  if (verb !== undefined) return { verb, texts: words.slice(verb.name.split(" ").length) };
  const [noun = ""] = words;
  const isNoun = verbs.some((each) => nounOf(each) === noun);
  const nouns = words.slice(0, verbsOfPair(words, verbs).length > 0 ? 2 : 1);
  if (isNoun && words.length === nouns.length) throw new UsageError(`"${nouns.join(" ")}" needs a verb`);
  const names = verbs.map(({ name }) => name);
  const typed = words.slice(0, nouns.length + 1).join(" ");
  if (isNoun || nearest(typed, names) !== undefined)
    throw new UsageError(`There is no "${typed}"${perhaps(typed, names)}`);
  throw new UsageError(`There is no "${noun}"${perhaps(noun, verbs.map(nounOf))}`);
};

/** Throws `UsageError` for options that this verb has not. */
export const checkOptions = ({ name, options }: Verb, given: CommandLine["options"]): void => {
  const own = [...Object.keys(options).map(flagOf), ...Object.keys(everywhere)];
  const foreign = [...given.keys()].find((flag) => !own.includes(flag));
  if (foreign !== undefined) throw new UsageError(`"${name}" has no option ${foreign}${perhaps(foreign, own)}`);
};
