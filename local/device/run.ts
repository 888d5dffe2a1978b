/** Runs one command line of `npm run device` from beginning to end. */
import { join } from "node:path";
import type { Answer } from "../gateway/http.ts";
import { type Command, readCommand } from "./commandLine.ts";
import { activateIn, perform, type Said } from "./deeds.ts";
import type { World } from "./desk.ts";
import { exitCodes, failureOf } from "./failure.ts";
import { FileTrouble, loadPhone } from "./file.ts";
import { isActivated } from "./phone.ts";
import type { Signed } from "./requests.ts";
import { hashOf } from "./signature.ts";
import { SANDBOX, USAGE } from "./usage.ts";
import { Unwilling } from "./verbs.ts";

/** Where the phone is kept unless it is told. */
const USUAL_FILE = join(import.meta.dirname, "../../.tillgate/phone.json");

/** What the program has around it. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly world: Omit<World, "tell">;
}

/** A request as it was signed and sent, and what came of it: for whoever writes an app, and has to know which byte is another. */
const trafficText = ({ route, headers, body, framed }: Signed, heard: Answer | string): string =>
  [
    ...framed.map(
      ({ purpose, bytes }) => `* ${purpose}: ${bytes.length} bytes, SHA-256 ${hashOf(bytes).toString("hex")}`,
    ),
    `> ${route}`,
    ...Object.entries(headers).map(([name, value]) => `> ${name}: ${value}`),
    `> ${body}`,
    ...(typeof heard === "string" ? [`< ${heard}`] : [`< ${heard.status}`, `< ${heard.body}`]),
  ].join("\n");

const act = async ({ deed, keys: file = USUAL_FILE, base }: Command, world: World): Promise<Said> => {
  if (deed.verb === "activate") return activateIn(file, base ?? SANDBOX, deed.activation, world);
  const known = loadPhone(file);
  if (known === undefined) throw new FileTrouble(`There is no phone in ${file}: "activate" makes one`);
  const phone = { ...known, base: base ?? known.base };
  if (!isActivated(phone)) throw new Unwilling('This phone is no device yet: its "activate" has not succeeded');
  return perform({ phone, file, world }, deed);
};

/** Runs a command line (without the program's name) and resolves to its exit code. */
export const runDevice = async (argv: readonly string[], { out, err, world }: Surroundings): Promise<number> => {
  try {
    const command = readCommand(argv);
    if (command === undefined) {
      out(`${USAGE}\n`);
      return exitCodes.done;
    }
    const tell: World["tell"] = (signed, heard) => {
      if (command.isVerbose) err(`${trafficText(signed, heard)}\n`);
    };
    const { text, document } = await act(command, { ...world, tell });
    out(`${command.isJson ? JSON.stringify(document) : text}\n`);
    return exitCodes.done;
  } catch (error) {
    const { exitCode, ...failure } = failureOf(error);
    const hint = exitCode === exitCodes.usage ? '\n"npm run device -- --help" tells how it goes.\n' : "";
    if (argv.includes("--json")) out(`${JSON.stringify({ error: failure })}\n`);
    else err(`${failure.message}\n${hint}`);
    return exitCode;
  }
};
