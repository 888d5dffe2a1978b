/** What was typed after `npm run till --` or `npm run app --`, read; whatever is wrong with it is said in a sentence. */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { orUsageError, UsageError } from "../options.ts";

/** Reads a command line by its options, all of which are texts but `--help`; throws `UsageError`. */
export const readOptions = <Name extends string>(
  argv: readonly string[],
  names: readonly Name[],
): { readonly words: readonly string[]; readonly told: Readonly<Partial<Record<Name | "help", string>>> } => {
  const texts = Object.fromEntries(names.map((name) => [name, { type: "string" }] as const));
  const options: ParseArgsOptionsConfig = { ...texts, help: { type: "boolean", short: "h" } };
  const { values, positionals } = orUsageError(() => parseArgs({ args: [...argv], options, allowPositionals: true }));
  const told = Object.entries(values).map(([name, value]) => [name, String(value)]);
  return { words: positionals, told: Object.fromEntries(told) };
};

/** The base URL of a SWiP server, the sandbox's unless it is told; throws `UsageError`. */
export const baseIn = (text = "http://127.0.0.1:3000"): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "")
    throw new UsageError("--base has to be an http or https URL, without a query");
  return text.replace(/\/+$/, "");
};

/** What a program has around it. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Exit codes. */
export const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

/** Runs a program and turns what it throws into words and an exit code. */
export const running = async (usage: string, { err }: Surroundings, run: () => Promise<number>): Promise<number> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${error.message}.\n\n${usage}\n`);
      return exitCodes.usage;
    }
    const { cause } = error as Error;
    const why = cause instanceof Error && cause.message !== "" ? cause.message : (error as Error).message;
    err(`${why}\n`);
    return exitCodes.refused;
  }
};
