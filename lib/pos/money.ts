/** Money as tills say it: a JSON number in major units, read exactly, printed with the fewest digits (swip.md 1). */
import { plainDecimal } from "#kernel/canonical";
import { type Currency, exponentOf } from "#kernel/currency";
import { type Decimal, type RawNumber, rawNumber, readDecimal } from "#kernel/json";
import { type Minor, minor } from "#kernel/money";

/** The largest amount, in minor units (swip.md 1). */
export const MAX_MINOR = 10n ** 12n;

/** What an amount has to be, as a caller hears it. */
export const MONEY_MESSAGE =
  "must be plain digits without sign or exponent, no fraction of a minor unit, at most 10^12 of them";

const withoutEndingZeros = (text: string): string => {
  if (!text.includes(".")) return text;
  let end = text.length;
  while (text[end - 1] === "0") end -= 1;
  return text.slice(0, text[end - 1] === "." ? end - 1 : end);
};

/**
 * Reads plain notation of at most 40 digits, as elsewhere, but that zeros at a fraction's end are no digits: a body has
 * room for any number of them (swip.md 1). Nothing is reckoned with them, so the cost is that of walking over them.
 */
export const readNumber = (text: string): Decimal | undefined => readDecimal(withoutEndingZeros(text));

/** Minor units; undefined for a negative amount, a digit other than 0 past the minor unit, or too many. */
export const minorIn = (currency: Currency, { unscaled, scale }: Decimal): Minor | undefined => {
  const exponent = exponentOf(currency);
  const divisor = 10n ** BigInt(Math.max(0, scale - exponent));
  if (unscaled < 0n || unscaled % divisor !== 0n) return undefined;
  const amount = (unscaled / divisor) * 10n ** BigInt(Math.max(0, exponent - scale));
  return amount <= MAX_MINOR ? minor(amount) : undefined;
};

/** Major units as a number in the fewest digits: 4950 of EUR is `49.5`. */
export const majorNumber = (amount: bigint, currency: Currency): RawNumber =>
  rawNumber(plainDecimal({ unscaled: amount, scale: exponentOf(currency) }));

/** Digits behind the point of a quantity (swip.md 3). */
const QUANTITY_SCALE = 3;

/** The largest quantity, in thousandths (swip.md 3). */
const MAX_QUANTITY = 999_999_999n;

/** Thousandths, from 1; undefined for what is finer, negative or too much. */
export const thousandthsOf = ({ unscaled, scale }: Decimal): bigint | undefined => {
  const divisor = 10n ** BigInt(Math.max(0, scale - QUANTITY_SCALE));
  if (unscaled % divisor !== 0n) return undefined;
  const thousandths = (unscaled / divisor) * 10n ** BigInt(Math.max(0, QUANTITY_SCALE - scale));
  return thousandths >= 1n && thousandths <= MAX_QUANTITY ? thousandths : undefined;
};

/** A quantity as a number in the fewest digits: 1500 thousandths are `1.5`. */
export const quantityNumber = (thousandths: bigint): RawNumber =>
  rawNumber(plainDecimal({ unscaled: thousandths, scale: QUANTITY_SCALE }));
