/** Reads fields of items: what is stored was written by us, so anything else than expected is a fault, not a refusal. */
import { type Currency, storedCurrencyOf } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import type { Item, Value } from "#store/item";

const wrong = (field: string, value: Value | undefined, wanted: string): never => {
  throw new Fault(
    `the stored field ${field} is ${value === undefined ? "absent" : `a ${typeof value}`}, not ${wanted}`,
  );
};

/** A text that must be there. */
export const textIn = (item: Item, field: string): string => {
  const value = item[field];
  return typeof value === "string" ? value : wrong(field, value, "a text");
};

/** A text that may be absent. */
export const maybeTextIn = (item: Item, field: string): string | undefined =>
  item[field] === undefined ? undefined : textIn(item, field);

/** An integer that must be there. */
export const integerIn = (item: Item, field: string): bigint => {
  const value = item[field];
  return typeof value === "bigint" ? value : wrong(field, value, "an integer");
};

/** An integer that counts as zero where it is absent, as in the store's conditions. */
export const amountIn = (item: Item, field: string): bigint =>
  item[field] === undefined ? 0n : integerIn(item, field);

/** An epoch time in milliseconds. */
export const timeIn = (item: Item, field: string): number => Number(integerIn(item, field));

/** An epoch time in milliseconds that may be absent. */
export const maybeTimeIn = (item: Item, field: string): number | undefined =>
  item[field] === undefined ? undefined : timeIn(item, field);

/** Only those of the fields that are there. */
export const defined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };

/** A currency, or a merchant's points. */
export const currencyIn = (item: Item, field: string): Currency =>
  storedCurrencyOf(textIn(item, field)) ?? wrong(field, item[field], "a currency");

/** One of these words. */
export const wordIn = <const Word extends string>(item: Item, field: string, words: readonly Word[]): Word =>
  words.find((word) => word === item[field]) ?? wrong(field, item[field], `one of ${words.join(", ")}`);
