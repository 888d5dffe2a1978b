/** What the operator's screens are told of a partner (sonect.md 2.3). Amounts are in minor units of its currency. */
import { plainDecimal } from "#kernel/canonical";
import { isCountry } from "#kernel/country";
import { type Currency, currencyOf, exponentOf } from "#kernel/currency";
import { rawNumber } from "#kernel/json";
import { Fault } from "#kernel/refusal";

/** The screens' first look. */
export const themes = ["white", "dark"] as const;

/** The limits that are told, in their order. */
export const toldLimits = ["transaction", "day", "week", "month", "year"] as const;

/** How many amounts can be offered at once. */
export const MOST_QUICK_AMOUNTS = 6;

/** A partner's configuration. */
export interface Configuration {
  readonly currency: Currency;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** BCP 47. */
  readonly locale: string;
  readonly theme: (typeof themes)[number];
  readonly quickAmounts: readonly bigint[];
  readonly minAmount: bigint;
  readonly maxAmount: bigint;
  readonly stepAmount: bigint;
  /** Null: none. */
  readonly limits: Readonly<Record<(typeof toldLimits)[number], bigint | null>>;
}

const isLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

/** What is wrong with a configuration, in words; undefined where nothing is. */
export const faultIn = (configuration: Configuration): string | undefined => {
  const { country, locale, quickAmounts, minAmount, maxAmount, stepAmount, limits } = configuration;
  const isOnGrid = (amount: bigint): boolean =>
    amount >= minAmount && amount <= maxAmount && (amount - minAmount) % stepAmount === 0n;
  const isAscending = quickAmounts.every((amount, nth) => nth === 0 || amount > (quickAmounts[nth - 1] ?? 0n));
  if (!isCountry(country)) return `${country} is no country`;
  if (!isLocale(locale)) return `${locale} is no language tag`;
  if (minAmount <= 0n || maxAmount < minAmount || stepAmount <= 0n)
    return "the smallest amount and the step have to be above zero, and the largest not below the smallest";
  if (quickAmounts.length < 1 || quickAmounts.length > MOST_QUICK_AMOUNTS)
    return `there have to be 1-${MOST_QUICK_AMOUNTS} quick amounts`;
  if (!isAscending || !quickAmounts.every(isOnGrid))
    return "quick amounts have to ascend, each the smallest amount and some steps, up to the largest";
  if (Object.values(limits).some((limit) => limit !== null && limit <= 0n)) return "a limit has to be above zero";
  return undefined;
};

/** As it is kept: JSON text, amounts as their digits. */
export const keepConfiguration = (configuration: Configuration): string =>
  JSON.stringify(configuration, (_, value) => (typeof value === "bigint" ? String(value) : value));

type Kept = Omit<Configuration, "quickAmounts" | "limits" | `${"min" | "max" | "step"}Amount`> & {
  readonly quickAmounts: readonly string[];
  readonly limits: Readonly<Record<(typeof toldLimits)[number], string | null>>;
} & Readonly<Record<`${"min" | "max" | "step"}Amount`, string>>;

/** What was kept. */
export const keptConfiguration = (text: string): Configuration => {
  const kept = JSON.parse(text) as Kept;
  const currency = currencyOf(kept.currency);
  if (currency === undefined) throw new Fault("a partner's currency is none");
  const limits = toldLimits.map((name) => [name, kept.limits[name] === null ? null : BigInt(kept.limits[name] ?? 0)]);
  return {
    ...kept,
    currency,
    quickAmounts: kept.quickAmounts.map(BigInt),
    minAmount: BigInt(kept.minAmount),
    maxAmount: BigInt(kept.maxAmount),
    stepAmount: BigInt(kept.stepAmount),
    limits: Object.fromEntries(limits) as Configuration["limits"],
  };
};

/** As it is told: numbers in major units, in the order of P1. */
export const tellConfiguration = (configuration: Configuration) => {
  const { currency, country, locale, theme, quickAmounts, minAmount, maxAmount, stepAmount, limits } = configuration;
  const major = (minor: bigint) => rawNumber(plainDecimal({ unscaled: minor, scale: exponentOf(currency) }));
  return {
    currency,
    country,
    locale,
    theme,
    quickAmounts: quickAmounts.map(major),
    minAmount: major(minAmount),
    maxAmount: major(maxAmount),
    stepAmount: major(stepAmount),
    limits: Object.fromEntries(
      toldLimits.map((name) => {
        const limit = limits[name];
        return [name, limit === null ? null : major(limit)];
      }),
    ),
  };
};
