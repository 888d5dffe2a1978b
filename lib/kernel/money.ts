/** Money as integers of the minor unit, and the two ways between them and decimal text; never a float (sonect.md 4.3). */
import type { Currency } from "#kernel/currency";
import { type Decimal, readDecimal } from "#kernel/json";

declare const brand: unique symbol;

/** An amount in the currency's minor unit, of either sign. */
export type Minor = bigint & { readonly [brand]: "Minor" };

/** An amount of a currency. */
export interface Money {
  readonly minor: Minor;
  readonly currency: Currency;
}

/** The largest amount that a request may carry, 2^53-1 minor units (sonect.md 4.3, sbc.md 4.2). */
export const MAX_MINOR = 2n ** 53n - 1n;

/** Calls an integer an amount in minor units. */
export const minor = (n: bigint): Minor => n as Minor;

/**
 * Major units in minor ones, sign kept; `undefined` when more fraction digits are written than the exponent (0-4) has,
 * even zeros. The bounds are the caller's.
 */
export const minorOf = ({ unscaled, scale }: Decimal, exponent: number): Minor | undefined =>
  scale > exponent ? undefined : minor(unscaled * 10n ** BigInt(exponent - scale));

/** Minor units as text in major ones, with every digit of the exponent: `1000.00`, `-0.05`, `100000` where it is 0. */
export const majorText = (amount: bigint, exponent: number): string => {
  const digits = `${amount < 0n ? -amount : amount}`.padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  return `${amount < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
};

/** Reads an amount in major units from a command line: plain notation as in JSON, at most 40 digits, else `undefined`. */
export const majorOf = (text: string): Decimal | undefined => readDecimal(text);
