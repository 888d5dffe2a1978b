/** A partner's configuration as an operator gives it and reads it: texts, amounts in major units (sonect.md 2.3). */
import { plainDecimal } from "#kernel/canonical";
import { type Currency, exponentOf } from "#kernel/currency";
import { Refused, refuse } from "#kernel/refusal";
import { type Configuration, faultIn, type toldLimits } from "#partner/configuration";
import { minorIn } from "./amount.ts";

/** A configuration in texts; a limit that is null is none. */
export interface ConfigurationTexts extends Pick<Configuration, "currency" | "country" | "locale" | "theme"> {
  readonly quickAmounts: readonly string[];
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly limits: Readonly<Record<(typeof toldLimits)[number], string | null>>;
}

/** What an operator says of it; what is undefined is not said. */
export type ConfigurationWish = {
  readonly [Name in Words]?: ConfigurationTexts[Name] | undefined;
} & { readonly limits?: { readonly [Name in (typeof toldLimits)[number]]?: string | null | undefined } };

/** What an operator says besides the limits. */
type Words = Exclude<keyof ConfigurationTexts, "limits">;

/** What is said of a configuration besides its limits, out of all that is said. */
export const wordsIn = <Wish extends Pick<ConfigurationWish, Words>>(wish: Wish): Pick<Wish, Words> => {
  const { currency, country, locale, theme, quickAmounts, min, max, step } = wish;
  return { currency, country, locale, theme, quickAmounts, min, max, step };
};

/** The configuration that texts mean; throws the refusals AMOUNT_INVALID and PARTNER_MALFORMED. */
export const configurationOf = (texts: ConfigurationTexts): Configuration => {
  const { currency, country, locale, theme, limits } = texts;
  const minor = (text: string) => minorIn(currency, text);
  const bound = (text: string | null) => (text === null ? null : minor(text));
  const configuration = {
    currency,
    country,
    locale,
    theme,
    quickAmounts: texts.quickAmounts.map(minor),
    minAmount: minor(texts.min),
    maxAmount: minor(texts.max),
    stepAmount: minor(texts.step),
    limits: {
      transaction: bound(limits.transaction),
      day: bound(limits.day),
      week: bound(limits.week),
      month: bound(limits.month),
      year: bound(limits.year),
    },
  };
  const why = faultIn(configuration);
  if (why !== undefined) throw new Refused(refuse("PARTNER_MALFORMED", { why }));
  return configuration;
};

const plainIn = (currency: Currency, minor: bigint): string =>
  plainDecimal({ unscaled: minor, scale: exponentOf(currency) });

/** The texts of a configuration: amounts without needless digits, so that another currency can take them over. */
export const textsOf = (configuration: Configuration): ConfigurationTexts => {
  const { currency, country, locale, theme, limits } = configuration;
  const text = (minor: bigint) => plainIn(currency, minor);
  const bound = (minor: bigint | null) => (minor === null ? null : text(minor));
  return {
    currency,
    country,
    locale,
    theme,
    quickAmounts: configuration.quickAmounts.map(text),
    min: text(configuration.minAmount),
    max: text(configuration.maxAmount),
    step: text(configuration.stepAmount),
    limits: {
      transaction: bound(limits.transaction),
      day: bound(limits.day),
      week: bound(limits.week),
      month: bound(limits.month),
      year: bound(limits.year),
    },
  };
};

/** Texts with what is said in the place of what was; of limits, too, what is not said stays. */
export const changedBy = (texts: ConfigurationTexts, wish: ConfigurationWish): ConfigurationTexts => {
  const { limits: bounds = {}, ...others } = wish;
  const said = <Fields extends object>(fields: Fields) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...texts, ...said(others), limits: { ...texts.limits, ...said(bounds) } };
};
