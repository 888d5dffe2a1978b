/** What is bought at a till, and how it is added up: in minor units, exactly (swip.md 3). */
import { type Currency, exponentOf } from "#kernel/currency";
import { type Decimal, type RawNumber, rawNumber, readDecimal } from "#kernel/json";
import { majorText, minorOf } from "#kernel/money";

/** A line; price and quantity are decimal texts. */
export interface BasketLine {
  /** By which parts of the order are cancelled. */
  readonly id?: string;
  readonly name: string;
  readonly price: string;
  /** One, where it is not given. */
  readonly quantity?: string;
  /** What campaigns go by. */
  readonly productId?: string;
  readonly unit?: string;
}

/** What somebody buys: a line at least. */
export type Basket = readonly BasketLine[];

const decimalOf = (text: string): Decimal => {
  const decimal = readDecimal(text);
  if (decimal === undefined) throw new RangeError(`${text} is no decimal number`);
  return decimal;
};

/** A line's amount in minor units: price times quantity, a half up. */
const amountOf = ({ price, quantity = "1" }: BasketLine, currency: Currency): bigint => {
  const each = minorOf(decimalOf(price), exponentOf(currency));
  if (each === undefined) throw new RangeError(`${price} is no price in ${currency}`);
  const { unscaled, scale } = decimalOf(quantity);
  const unit = 10n ** BigInt(scale);
  return (2n * each * unscaled + unit) / (2n * unit);
};

const printed = (minor: bigint, currency: Currency): RawNumber => rawNumber(majorText(minor, exponentOf(currency)));

/** What the lines come to. */
export const totalOf = (basket: Basket, currency: Currency): RawNumber =>
  printed(
    basket.reduce((sum, line) => sum + amountOf(line, currency), 0n),
    currency,
  );

/** The lines as an order has them. */
export const purchasesOf = (basket: Basket, currency: Currency): readonly object[] =>
  basket.map((line) => ({
    ...(line.id !== undefined && { id: line.id }),
    ...(line.productId !== undefined && { productId: line.productId }),
    name: line.name,
    quantity: rawNumber(line.quantity ?? "1"),
    ...(line.unit !== undefined && { unit: line.unit }),
    price: rawNumber(line.price),
    amount: printed(amountOf(line, currency), currency),
  }));
