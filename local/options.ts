/** What the command lines of the programs beside the sandbox have in common: how options are read, and how it is said that one is wrong. The simulated gateway shares nothing with anybody, and has its own. */

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const firstSentence = (message: string): string => message.split(/\.(?: |$)/)[0] ?? message;

/** What `parseArgs` makes of a command line; throws `UsageError` where it does not like it. */
export const orUsageError = <Parsed>(parse: () => Parsed): Parsed => {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? firstSentence(error.message) : String(error));
  }
};

/** A value that a pattern admits, or undefined where none was given; throws `UsageError`. */
export const matching = (
  name: string,
  value: string | undefined,
  pattern: RegExp,
  says: string,
): string | undefined => {
  if (value !== undefined && !pattern.test(value)) throw new UsageError(`--${name} has to be ${says}`);
  return value;
};

/** A value that has to be given; throws `UsageError`. */
export const needed = <Value>(value: Value | undefined, name: string): Value => {
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
};
