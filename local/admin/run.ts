/** Runs one command line from beginning to end; whatever happens is said and becomes an exit code. */
import { writeJson } from "#kernel/json";
import { UsageError } from "../options.ts";
import { type CommandLine, checkOptions, findVerb, readCommandLine, verbsUnder } from "./commandLine.ts";
import { exitCodes, failureOf } from "./failure.ts";
import { helpOf, helpOfAll, hintOf } from "./help.ts";
import { label, name, port } from "./readings.ts";
import type { Target } from "./target.ts";
import type { Reach } from "./vault.ts";
import { readValue, type Verb } from "./verb.ts";
import { verbs } from "./verbs.ts";

/** The sandbox's port unless another is given, as of `npm start`. */
const DEFAULT_PORT = 3000;

/** What the admin has around it. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly open: (target: Target) => Reach;
  /** The operator's login name. */
  readonly login: string;
}

const targetOf = ({ name: verb, stageOnly }: Verb, options: CommandLine["options"]): Target => {
  const [portText, stage] = [options.get("--port"), options.get("--stage")];
  if (stageOnly && stage === undefined) throw new UsageError(`"${verb}" needs --stage <stage>`);
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
  return { target: targetOf(verb, options), act: verb.prepare(texts, options), actor };
};

const help = (words: readonly string[]): string => {
  const asked = verbsUnder(words, verbs);
  if (words.length > 0 && asked.length === 0) findVerb(words, verbs);
  return asked.length === 0 ? helpOfAll(verbs) : helpOf(asked);
};

const perform = async (line: CommandLine, around: Surroundings): Promise<number> => {
  const { words, options, problem } = line;
  if (problem !== undefined) throw new UsageError(problem);
  if (words.length === 0 || options.has("--help")) {
    around.out(`${help(words)}\n`);
    return exitCodes.done;
  }
  const { target, act, actor } = readCall(line, around.login);
  const { text, document, complaint } = await act(() => around.open(target), actor);
  around.out(`${options.has("--json") ? writeJson(document) : text}\n`);
  if (complaint === undefined) return exitCodes.done;
  if (!options.has("--json")) around.err(`${complaint}.\n`);
  return exitCodes.refused;
};

/** Runs a command line (without the program's name) and resolves to its exit code. */
export const runAdmin = async (argv: readonly string[], around: Surroundings): Promise<number> => {
  const line = readCommandLine(argv, verbs);
  try {
    return await perform(line, around);
  } catch (error) {
    const { exitCode, code, message } = failureOf(error);
    const hint = exitCode === exitCodes.usage ? `\n${hintOf(verbsUnder(line.words, verbs), verbs)}\n` : "";
    if (argv.includes("--json")) around.out(`${writeJson({ error: { code, message } })}\n`);
    else around.err(`${message}\n${hint}`);
    return exitCode;
  }
};
