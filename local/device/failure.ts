/** What went wrong, in a sentence or two that say what to do, and the exit code for it. */
import { UsageError } from "../options.ts";
import { DeskRefusal, NoAnswer } from "./desk.ts";
import { FileTrouble } from "./file.ts";
import { Unwilling } from "./verbs.ts";
import { type Call, stateText } from "./wire.ts";

/** Exit codes. */
export const exitCodes = { done: 0, refused: 1, usage: 2, fault: 3 } as const;

/** A failure as it is told: `code` is the desk's, or USAGE, UNWILLING, UNREACHABLE or FILE. */
export interface Failure {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  /** The transaction's state, where the desk told it. */
  readonly status?: number;
}

/** What to do about a refusal of any call. */
const advice: Readonly<Record<string, string>> = {
  "9400": "--verbose shows what was sent.",
  "9401": "The desk knows no such device with these keys: it may have been emptied since. --new activates anew.",
  "9403":
    "The bank has blocked it or removed it. A blocked one it can unblock; a removed one is activated anew, with --new.",
  "9404": "This phone may not decide it, or never was shown it.",
  "9410": "It can be decided no more.",
  "9420":
    "The code is wrong, used or expired, or the customer's codes are paused or locked. The bank gets another by GetActivationOtp.",
  "9421": "A wrong code, or a signature that the desk cannot verify. The fifth of them ends the transaction.",
};

/** And of just one. */
const adviceOf: Partial<Readonly<Record<Call, Readonly<Record<string, string>>>>> = {
  activations: {
    "9401": "The proof does not verify: not by these keys, or not within a minute of the desk's clock.",
    "9409":
      "The customer has five devices, of which the bank can remove one; or these keys were a device before: --new makes others.",
  },
};

const sayRefusal = ({ message, code, httpStatus, status, retryAfter, call }: DeskRefusal): string => {
  const what = `The desk says no: ${message} (${code}, HTTP ${httpStatus})`;
  if (code === "9409" && status !== undefined) return `${what} It is ${stateText(status)}.`;
  if (code === "9429") return `${what} Try again${retryAfter === undefined ? " later" : ` in ${retryAfter} s`}.`;
  return [what, adviceOf[call]?.[code] ?? advice[code] ?? ""].join(" ").trim();
};

/** Tells a failure; what none of ours is, is thrown on. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof DeskRefusal) {
    const { code, status } = error;
    return { exitCode: exitCodes.refused, code, message: sayRefusal(error), ...(status !== undefined && { status }) };
  }
  if (error instanceof Unwilling)
    return { exitCode: exitCodes.refused, code: "UNWILLING", message: `${error.message}.` };
  if (error instanceof UsageError) return { exitCode: exitCodes.usage, code: "USAGE", message: `${error.message}.` };
  if (error instanceof NoAnswer)
    return { exitCode: exitCodes.fault, code: "UNREACHABLE", message: `${error.message}.` };
  if (error instanceof FileTrouble) return { exitCode: exitCodes.fault, code: "FILE", message: `${error.message}.` };
  throw error;
};
