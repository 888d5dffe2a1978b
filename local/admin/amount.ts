/** Amounts as an operator writes them: text in major units, exact by the currency's exponent. */
import { type Currency, exponentOf } from "#kernel/currency";
import { MAX_MINOR, type Minor, majorOf, majorText, minorOf } from "#kernel/money";
import { Refused, refuse } from "#kernel/refusal";

/** The amount in minor units, 0 to 2^53-1; throws the refusal AMOUNT_INVALID for a text that is none in this currency. */
export const minorIn = (currency: Currency, text: string): Minor => {
  const decimal = majorOf(text);
  const amount = decimal && minorOf(decimal, exponentOf(currency));
  if (amount === undefined || amount < 0n || amount > MAX_MINOR)
    throw new Refused(refuse("AMOUNT_INVALID", { amount: text, currency, decimals: exponentOf(currency) }));
  return amount;
};

/** An amount as text in major units: `1000.00`. */
export const majorIn = (currency: Currency, amount: bigint): string => majorText(amount, exponentOf(currency));
