/** Texts that are equal exactly when what they stand for is: the input of every digest that compares content. */
import type { Decimal } from "#kernel/json";
import { majorText } from "#kernel/money";

/** Joins parts so that no other list gives the same text; an absent part differs from an empty one. Lengths are in UTF-16 units. */
export const lengthPrefixed = (parts: readonly (string | undefined)[]): string =>
  parts.map((part) => (part === undefined ? "-" : `${part.length}:${part}`)).join("");

/** The one text of a decimal's value, without trailing zeros: `50` for 50 and for 50.00, `0.29`, `-1.5`. */
export const plainDecimal = ({ unscaled, scale }: Decimal): string =>
  scale > 0 && unscaled % 10n === 0n
    ? plainDecimal({ unscaled: unscaled / 10n, scale: scale - 1 })
    : majorText(unscaled, scale);
