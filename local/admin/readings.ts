/** How values on the command line are read. */
import * as z from "zod";
import { type Currency, currencyOf } from "#kernel/currency";
import { MAX_ID } from "#kernel/fields";
import { majorOf } from "#kernel/money";
import { isTimeZone, readInstant } from "#kernel/time";
import { cursorAt } from "#store/query";
import { DESK } from "#store/table";
import { FEWEST_RETENTION_DAYS } from "./tenant.ts";
import type { Reading } from "./verb.ts";

/** The longest retention: ten years, the longest that books are kept for. */
const MOST_RETENTION_DAYS = 3650;

/** The longest reference and display name; a statement's line has to stay readable. */
const MAX_LABEL = 100;

/** Items on a page: what one round trip may ask for. */
const MOST_ON_A_PAGE = 100;

const isName = (text: string): boolean => /^[a-z0-9-]{1,64}$/.test(text);

/** Of a merchant with tills the tenant's name is what X-Merchant-ID says (swip.md 1). */
const isTenant = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

/** A name that stands in keys. */
export const name: Reading<string> = {
  says: "1-64 of a-z, 0-9 and dash",
  read: (text) => (isName(text) ? text : undefined),
};

/** A tenant's name; `desk` owns what no tenant owns. */
export const tenantName: Reading<string> = {
  says: `1-64 letters, digits, _ or -, but not "${DESK}"`,
  read: (text) => (isTenant(text) && text !== DESK ? text : undefined),
};

/** A tenant, or the desk itself. */
export const owner: Reading<string> = {
  says: `a tenant's name, or "${DESK}"`,
  read: (text) => (isTenant(text) ? text : undefined),
};

/** A bank's number of its customer. */
export const userId: Reading<bigint> = {
  says: `a whole number from 1 to ${MAX_ID}`,
  read: (text) => (/^[1-9]\d{0,15}$/.test(text) && BigInt(text) <= MAX_ID ? BigInt(text) : undefined),
};

/** The number of a withdrawal order. */
export const transactionId: Reading<bigint> = { ...userId };

/** A currency. */
export const currency: Reading<Currency> = {
  says: "an ISO 4217 code in capitals, such as CHF",
  read: currencyOf,
};

/** An amount above zero; whether it has too many digits only the account's currency tells. */
export const amount: Reading<string> = {
  says: "an amount above zero in major units, such as 250.00",
  read: (text) => ((majorOf(text)?.unscaled ?? 0n) > 0n ? text : undefined),
};

/** A limit; null lifts it. */
export const limit: Reading<string | null> = {
  says: "an amount in major units, such as 500.00, or none",
  read: (text) => (text === "none" ? null : (majorOf(text)?.unscaled ?? -1n) >= 0n ? text : undefined),
};

/** The name of a time zone. */
export const timeZone: Reading<string> = {
  says: "an IANA time zone, such as Europe/Zurich",
  read: (text) => (isTimeZone(text) ? text : undefined),
};

/** One of these words. */
export const word = <const Word extends string>(words: readonly Word[]): Reading<Word> => ({
  says: words.join(" or "),
  read: (text) => words.find((each) => each === text),
});

/** A whole number within bounds. */
export const wholeNumber = (least: number, most: number): Reading<number> => ({
  says: `a whole number from ${least} to ${most}`,
  read: (text) => (/^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
});

/** Days that ended orders are kept. */
export const retentionDays = wholeNumber(FEWEST_RETENTION_DAYS, MOST_RETENTION_DAYS);

/** How many items a page has. */
export const pageSize = wholeNumber(1, MOST_ON_A_PAGE);

/** A TCP port. */
export const port = wholeNumber(1, 65_535);

/** A text for people to read: it is printed, so it has nothing in it that moves a terminal's cursor. */
export const label: Reading<string> = {
  says: `a text of 1-${MAX_LABEL} printable characters, none of them a space at an end`,
  read: (text) =>
    text.trim() === text && text !== "" && text.length <= MAX_LABEL && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text)
      ? text
      : undefined,
};

/** A UTC day. */
export const day: Reading<string> = {
  says: "a day as YYYY-MM-DD",
  read: (text) => (readInstant(`${text}T00:00:00Z`) === undefined ? undefined : text),
};

/** Where a list goes on: the position within the store's cursor, which a person can read and a shell does not mind. */
export const cursor: Reading<string> = {
  says: "what the page before has ended with",
  read: (text) => (/^[\w.:#-]{1,200}$/.test(text) ? cursorAt("table", { sk: text }) : undefined),
};

/** Writes a cursor as it is read. */
export const cursorText = (position: string): string => z.tuple([z.string()]).parse(JSON.parse(position))[0];

/** A list of one kind of value, with commas between. */
export const listOf = <Value>(one: Reading<Value>, most: number, example: string): Reading<readonly Value[]> => ({
  says: `1-${most} of them with commas between, such as ${example}; each ${one.says}`,
  read: (text) => {
    const values = text.split(",").map(one.read);
    const known = values.filter((value) => value !== undefined);
    return known.length === values.length && known.length <= most ? known : undefined;
  },
});

/** What a schema takes, as it takes it. */
export const bySchema = (schema: z.ZodType<string>, says: string): Reading<string> => ({
  says,
  read: (text) => schema.safeParse(text).data,
});
