/** The wire's hundredths of a unit, whatever the currency, in its minor units (sbc.md 4.2, 4). */
import { type Currency, exponentOf } from "#kernel/currency";
import { MAX_MINOR } from "#kernel/money";

/** An ISO 4217 unit has two of ten's powers in a hundredth. */
const CENTIS_EXPONENT = 2;

/** Minor units; undefined where hundredths make a fraction of one, or too many. */
export const minorOfCentis = (centis: bigint, currency: Currency): bigint | undefined => {
  const shift = exponentOf(currency) - CENTIS_EXPONENT;
  const factor = 10n ** BigInt(Math.abs(shift));
  if (shift < 0) return centis % factor === 0n ? centis / factor : undefined;
  return centis > MAX_MINOR / factor ? undefined : centis * factor;
};
