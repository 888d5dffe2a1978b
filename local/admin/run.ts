/** Runs one command line from beginning to end; whatever happens is said and becomes an exit code. */
import { writeJson } from "#kernel/json";
import type { Ports } from "#ports";
import { type CommandLine, checkOptions, findVerb, readCommandLine, verbsUnder } from "./commandLine.ts";
import { exitCodes, failureOf } from "./failure.ts";
import { helpOf, helpOfAll, usageOf } from "./help.ts";
import { label, name, port } from "./readings.ts";
import type { Target } from "./target.ts";
import { readValue, UsageError } from "./verb.ts";
import { verbs } from "./verbs.ts";

/** The sandbox's port unless another is given, as of `npm start`. */
const DEFAULT_PORT = 3000;

/** What the admin has around it. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly open: (target: Target) => Ports;
  /** The operator's login name. */
  readonly login: string;
}

const targetOf = (options: CommandLine["options"]): Target => {
  const [portText, stage] = [options.get("--port"), options.get("--stage")];
  if (stage === undefined) return { port: portText === undefined ? DEFAULT_PORT : readValue("--port", port, portText) };
  if (portText !== undefined) throw new UsageError("--port is of the sandbox, --stage of a deployed stage: give one");
  if (stage === "sandbox")
    throw new UsageError("The sandbox is no deployed stage: leave --stage out, or give its --port");
  return { stage: readValue("--stage", name, stage) };
};

const readCall = ({ words, options }: CommandLine, login: string) => {
  const { verb, texts } = findVerb(words, verbs);
  checkOptions(verb, options);
  const actor = readValue("--actor", label, options.get("--actor") ?? login);
  return { verb, target: targetOf(options), act: verb.prepare(texts, options), actor };
};

const perform = async (argv: readonly string[], around: Surroundings): Promise<number> => {
  const line = readCommandLine(argv, verbs);
  if (line.words.length === 0 || line.options.has("--help")) {
    const asked = verbsUnder(line.words, verbs);
    if (line.words.length > 0 && asked.length === 0) findVerb(line.words, verbs);
    around.out(`${asked.length === 0 ? helpOfAll(verbs) : helpOf(asked)}\n`);
    return exitCodes.done;
  }
  const { target, act, actor } = readCall(line, around.login);
  const { text, document, complaint } = await act(around.open(target), actor);
  around.out(`${line.options.has("--json") ? writeJson(document) : text}\n`);
  if (complaint === undefined) return exitCodes.done;
  if (!line.options.has("--json")) around.err(`${complaint}.\n`);
  return exitCodes.refused;
};

const wordsOf = (argv: readonly string[]): readonly string[] => {
  try {
    return readCommandLine(argv, verbs).words;
  } catch {
    return argv.filter((text) => !text.startsWith("-"));
  }
};

/** What to read next to a wrong call: the verb's usage, its noun's, or everything's. */
const usageFor = (argv: readonly string[]): string => {
  const meant = verbsUnder(wordsOf(argv), verbs);
  return meant.length === 0 ? helpOfAll(verbs) : usageOf(meant);
};

/** Runs a command line (without the program's name) and resolves to its exit code. */
export const runAdmin = async (argv: readonly string[], around: Surroundings): Promise<number> => {
  try {
    return await perform(argv, around);
  } catch (error) {
    const { exitCode, code, message } = failureOf(error);
    if (argv.includes("--json")) around.out(`${writeJson({ error: { code, message } })}\n`);
    else around.err(`${message}\n${exitCode === exitCodes.usage ? `\n${usageFor(argv)}\n` : ""}`);
    return exitCode;
  }
};
