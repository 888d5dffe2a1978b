/** A partner's settings as texts by name: for its operator, and for the audit. No secret is among them. */
import { toldLimits } from "#partner/configuration";
import type { CheckinMode, Partner } from "#partner/partner";
import { textsOf } from "./configuration.ts";
import { differencesBetween } from "./differences.ts";

const checkinOf = (checkin: CheckinMode): Readonly<Record<string, string>> =>
  checkin.mode === "local"
    ? { "check-in": "local", "web SDK": checkin.webSdk }
    : {
        "check-in": "upstream",
        "base URL": checkin.baseUrl ?? "none",
        "upstream client": checkin.clientId ?? "none",
        "upstream secret": checkin.clientSecret === undefined ? "none" : "set",
      };

/** Every setting, in the order in which they are shown. */
export const settingsOf = ({ state, calls, configuration, checkin }: Partner): Readonly<Record<string, string>> => {
  const { currency, country, locale, theme, quickAmounts, min, max, step, limits } = textsOf(configuration);
  return {
    state,
    calls: calls.join(", "),
    ...checkinOf(checkin),
    currency,
    country,
    locale,
    theme,
    "quick amounts": quickAmounts.join(", "),
    amounts: `${min} to ${max} by ${step}`,
    ...Object.fromEntries(toldLimits.map((name) => [`${name} limit`, limits[name] ?? "none"])),
  };
};

const upstreamSecretOf = ({ checkin }: Partner): string | undefined =>
  checkin.mode === "upstream" ? checkin.clientSecret : undefined;

/** What differs, for the audit. Of a secret, only that it is another. */
export const differencesOf = (before: Partner, after: Partner): Readonly<Record<string, string>> => {
  const [first, second] = [upstreamSecretOf(before), upstreamSecretOf(after)];
  const isReplaced = first !== undefined && second !== undefined && first !== second;
  return {
    ...differencesBetween(settingsOf(before), settingsOf(after)),
    ...(isReplaced && { "upstream secret": "replaced" }),
  };
};
