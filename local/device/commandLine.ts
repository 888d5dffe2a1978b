/** What was typed after `npm run device --`, read; whatever is wrong with it is said in a sentence. */
import { parseArgs } from "node:util";
import { matching as admitted, needed, orUsageError, UsageError } from "../options.ts";
import { type Decision, platforms } from "./phone.ts";
import { type Format, formats } from "./signature.ts";
import { MOST_PENDING, type PushAddress } from "./verbs.ts";

/** Why a transaction can be rejected or reported (approvals.md 4.2). */
const reasons = ["UNKNOWN", "INCORRECT_DATA", "UNEXPECTED_OPERATION"];

/** Longest wait of `pending`: an hour is more than any transaction lives. */
const MOST_WAIT_SECONDS = 3_600;

/** What activates. */
export interface Activation {
  readonly otp: string;
  readonly customerId: string;
  readonly userCode: string | undefined;
  readonly format: Format;
  readonly hasApprovalKey: boolean;
  readonly name: string;
  readonly model: string | undefined;
  readonly platform: (typeof platforms)[number];
  readonly isNew: boolean;
}

/** What shall be done. */
export type Deed =
  | { readonly verb: "activate"; readonly activation: Activation }
  | { readonly verb: "status" }
  | { readonly verb: "login-otp" }
  | { readonly verb: "deactivate" }
  | { readonly verb: "pending"; readonly most: number; readonly waitMs: number }
  | {
      readonly verb: Decision;
      readonly beginning: string | undefined;
      readonly bindingCode: string | undefined;
      readonly reason: string | undefined;
    }
  | { readonly verb: "push-token"; readonly push: PushAddress | undefined };

/** A deed, and on which phone, how it is told. */
export interface Command {
  readonly deed: Deed;
  /** The phone's file, unless it is the usual one. */
  readonly keys: string | undefined;
  readonly base: string | undefined;
  readonly isJson: boolean;
  readonly isVerbose: boolean;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const options = {
  keys: text,
  base: text,
  json: flag,
  verbose: flag,
  help: { ...flag, short: "h" },
  customer: text,
  otp: text,
  "user-code": text,
  format: text,
  "approval-key": flag,
  name: text,
  model: text,
  platform: text,
  new: flag,
  max: text,
  wait: text,
  code: text,
  reason: text,
} as const;

type Name = keyof typeof options;

const everywhere: readonly Name[] = ["keys", "base", "json", "verbose", "help"];

/** The options of each verb besides, and how many arguments it takes at most. */
const verbs: Readonly<Record<Deed["verb"], { readonly own: readonly Name[]; readonly arguments: number }>> = {
  activate: {
    own: ["customer", "otp", "user-code", "format", "approval-key", "name", "model", "platform", "new"],
    arguments: 0,
  },
  status: { own: [], arguments: 0 },
  pending: { own: ["max", "wait"], arguments: 0 },
  approve: { own: ["code"], arguments: 1 },
  reject: { own: ["reason"], arguments: 1 },
  fraud: { own: ["reason"], arguments: 1 },
  "login-otp": { own: [], arguments: 0 },
  "push-token": { own: [], arguments: 2 },
  deactivate: { own: [], arguments: 0 },
};

const isVerb = (word: string): word is Deed["verb"] => Object.hasOwn(verbs, word);

const parse = (argv: readonly string[]) =>
  orUsageError(() => parseArgs({ args: [...argv], options, allowPositionals: true }));

type Values = ReturnType<typeof parse>["values"];

type TextOption = { [N in keyof Values]-?: NonNullable<Values[N]> extends string ? N : never }[keyof Values];

const matching = (values: Values, name: TextOption, pattern: RegExp, says: string): string | undefined =>
  admitted(name, values[name], pattern, says);

const short = (values: Values, name: TextOption): string | undefined =>
  matching(values, name, /^\P{Cc}{1,64}$/u, "1 to 64 characters");

const oneOf = <Choice extends string>(values: Values, name: TextOption, choices: readonly Choice[]) => {
  const chosen = choices.find((choice) => choice === values[name]);
  if (values[name] !== undefined && chosen === undefined)
    throw new UsageError(`--${name} has to be one of ${choices.join(", ")}`);
  return chosen;
};

const numberIn = (values: Values, name: TextOption, least: number, most: number): number | undefined => {
  const digits = matching(values, name, /^\d{1,5}$/, `a number from ${least} to ${most}`);
  if (digits === undefined) return undefined;
  if (Number(digits) < least || Number(digits) > most)
    throw new UsageError(`--${name} has to be a number from ${least} to ${most}`);
  return Number(digits);
};

const activationIn = (values: Values): Activation => ({
  customerId: needed(short(values, "customer"), "customer"),
  otp: needed(matching(values, "otp", /^\d{6}$/, "six digits"), "otp"),
  userCode: short(values, "user-code"),
  format: oneOf(values, "format", formats) ?? "p1363",
  hasApprovalKey: values["approval-key"] ?? false,
  name: short(values, "name") ?? "Terminal",
  model: short(values, "model"),
  platform: oneOf(values, "platform", platforms) ?? "web",
  isNew: values.new ?? false,
});

const pushIn = ([platform, token]: readonly string[]): PushAddress | undefined => {
  if (platform === "none" && token === undefined) return undefined;
  if ((platform === "apns" || platform === "fcm") && token !== undefined) return { platform, token };
  throw new UsageError('"push-token" needs apns or fcm and a token, or none');
};

const deedOf = (verb: Deed["verb"], words: readonly string[], values: Values): Deed => {
  switch (verb) {
    case "activate":
      return { verb, activation: activationIn(values) };
    case "pending": {
      const waitMs = (numberIn(values, "wait", 0, MOST_WAIT_SECONDS) ?? 0) * 1000;
      return { verb, most: numberIn(values, "max", 1, MOST_PENDING) ?? MOST_PENDING, waitMs };
    }
    case "approve":
    case "reject":
    case "fraud": {
      const bindingCode = matching(values, "code", /^\d{6}$/, "six digits");
      return { verb, beginning: words[0], bindingCode, reason: oneOf(values, "reason", reasons) };
    }
    case "push-token":
      return { verb, push: pushIn(words) };
    default:
      return { verb };
  }
};

const baseIn = (values: Values): string | undefined => {
  const { base } = values;
  if (base === undefined) return undefined;
  const url = URL.canParse(base) ? new URL(base) : undefined;
  const isBase = url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "";
  if (!isBase) throw new UsageError("--base has to be an http or https URL, without a query");
  return base.replace(/\/+$/, "");
};

/** Reads a command line; undefined where help is asked for. Throws `UsageError`. */
export const readCommand = (argv: readonly string[]): Command | undefined => {
  const { values, positionals } = parse(argv);
  if (values.help || argv.length === 0) return undefined;
  const [verb, ...words] = positionals;
  if (verb === undefined) throw new UsageError("A verb is missing");
  if (!isVerb(verb)) throw new UsageError(`There is no "${verb}"`);
  const { own, arguments: most } = verbs[verb];
  const foreign = Object.keys(values).find((name) => ![...everywhere, ...own].some((known) => known === name));
  if (foreign !== undefined) throw new UsageError(`"${verb}" has no option --${foreign}`);
  const extra = words[most];
  if (extra !== undefined) throw new UsageError(`"${verb}" takes no further argument, but got "${extra}"`);
  return {
    deed: deedOf(verb, words, values),
    keys: values.keys,
    base: baseIn(values),
    isJson: values.json ?? false,
    isVerbose: values.verbose ?? false,
  };
};
