/** The verbs of what approvals allow. */
import { bounds, type LimitName, type Limits, limitNames } from "#approval/limits";
import { setLimits, showLimits } from "./approval.limits.ts";
import { columns } from "./layout.ts";
import { wholeNumber } from "./readings.ts";
import { defineVerb, optional, type Verb } from "./verb.ts";

const limit = (name: LimitName, shows: string, help: string) => {
  const { least, most } = bounds[name];
  return optional(wholeNumber(least, most), shows, `${help} (at most ${most})`);
};

const options = {
  timeoutSeconds: limit("timeoutSeconds", "<seconds>", "an approval may wait"),
  waiting: limit("waiting", "<count>", "what waits for an identity"),
  devices: limit("devices", "<count>", "devices of an identity"),
  codeSeconds: limit("codeSeconds", "<seconds>", "an activation code lives"),
  codeTries: limit("codeTries", "<count>", "tries of an activation code"),
  codesIssued: limit("codesIssued", "<count>", "codes of an identity in 15 min"),
  loginCodeSeconds: limit("loginCodeSeconds", "<seconds>", "a login code lives"),
  decisionTries: limit("decisionTries", "<count>", "decisions looked at"),
  retentionDays: limit("retentionDays", "<days>", "an approval can be read"),
};

const tableOf = (limits: Limits): string =>
  columns(limitNames.map((name) => [`  ${name}`, String(limits[name]), `of ${bounds[name].most}`]));

/** The verbs of limits. */
export const limitsVerbs: readonly Verb[] = [
  defineVerb({
    name: "approval limits set",
    help: "Lowers what approvals allow; others stay.",
    notes: ["In use within 30 seconds, for what begins after that; raised again up to", "what the protocol has."],
    arguments: {},
    options,
    oneOf: limitNames,
    examples: ["approval limits set --timeout-seconds 120 --devices 2"],
    run: setLimits,
    say: ({ limits, changed }) => ({
      text: `${changed ? "Approvals are allowed from now on" : "Nothing was changed: approvals are allowed"}\n\n${tableOf(limits)}`,
      document: { limits, changed },
    }),
  }),
  defineVerb({
    name: "approval limits show",
    help: "Shows what approvals allow.",
    arguments: {},
    options: {},
    examples: ["approval limits show"],
    run: showLimits,
    say: (limits) => ({ text: `Approvals are allowed\n\n${tableOf(limits)}`, document: { limits } }),
  }),
];
