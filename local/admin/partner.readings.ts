/** How values of partners and their users are read from the command line. */
import { isCountry } from "#kernel/country";
import { isCheckinId } from "#partner/checkin.item";
import { MOST_QUICK_AMOUNTS } from "#partner/configuration";
import { isOrigin } from "#partner/origin";
import { calls } from "#partner/partner";
import {
  email as emailSchema,
  isBirthday,
  phone as phoneSchema,
  readVat,
  reference as referenceSchema,
} from "#partner/wire";
import { amount, bySchema, listOf, word } from "./readings.ts";
import type { Reading } from "./verb.ts";

/** The longest address: it stands in URLs that have a code behind it, and fit 4,096 characters (sonect.md 2.5). */
const MAX_ADDRESS = 2_000;

/** The longest id or secret of somebody else's making. */
const MAX_FOREIGN = 200;

const urlOf = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

/** Whether an address is on this machine: the sandbox's only. */
export const isLocalAddress = (address: string): boolean => address.startsWith("http:");

/** An address that paths are put behind: no slash at its end (sonect.md 2.5). */
export const address: Reading<string> = {
  says: "an https address without query and fragment (in the sandbox also http://127.0.0.1:<port>)",
  read: (text) => {
    const url = text.length > MAX_ADDRESS ? undefined : urlOf(text);
    if (url === undefined || /[\s?#@\\]/.test(text)) return undefined;
    const isLocal = url.protocol === "http:" && url.hostname === "127.0.0.1" && url.port !== "";
    // A web SDK of another origin could never be let in (CORS).
    if (!isOrigin(url.origin)) return undefined;
    return url.protocol === "https:" || isLocal ? `${url.origin}${url.pathname}`.replace(/\/+$/, "") : undefined;
  },
};

/** A country's letters. */
export const country: Reading<string> = {
  says: "the two letters of a country in capitals, such as CH",
  read: (text) => (isCountry(text) ? text : undefined),
};

/** Amounts to offer. */
export const quickAmounts = listOf(amount, MOST_QUICK_AMOUNTS, "20,50,100");

/** Calls of the partner API. */
export const callList = listOf(word(calls), calls.length, calls.join(","));

/** An id of somebody else's making, as Basic takes it. */
export const foreignId: Reading<string> = {
  says: `1-${MAX_FOREIGN} printable ASCII characters without space and colon`,
  read: (text) => (/^[!-9;-~]+$/.test(text) && text.length <= MAX_FOREIGN ? text : undefined),
};

/** A secret of somebody else's making. */
export const foreignSecret: Reading<string> = {
  says: `1-${MAX_FOREIGN} printable ASCII characters without space`,
  read: (text) => (/^[!-~]+$/.test(text) && text.length <= MAX_FOREIGN ? text : undefined),
};

/** The partner's key of a user (sonect.md 2.3). */
export const reference = bySchema(referenceSchema, "1-128 printable ASCII characters without space");

/** A phone number. */
export const phone = bySchema(phoneSchema, "a phone number as E.164, such as +41790000001");

/** An e-mail address. */
export const email = bySchema(emailSchema, "an e-mail address");

/** A day of birth; whether it is past, only the clock tells. */
export const birthday: Reading<string> = {
  says: "a day since 1900 as YYYY-MM-DD",
  read: (text) => (isBirthday(text) ? text : undefined),
};

/** A VAT number, normalised. */
export const vat: Reading<string> = {
  says: "a VAT number, such as CHE-123.456.789",
  read: readVat,
};

/** The id of a check-in: the `sid` of its session's token. */
export const sessionId: Reading<string> = {
  says: 'a session\'s id of 43 characters: the "sid" of its token',
  read: (text) => (isCheckinId(text) ? text : undefined),
};

/** What is signed as it is sent, and has something behind it. */
export const signedPart: Reading<string> = {
  says: "a text without a colon",
  read: (text) => (text !== "" && !text.includes(":") ? text : undefined),
};

/** What is signed as it is sent, and stands last. */
export const lastSignedPart: Reading<string> = {
  says: "a text",
  read: (text) => (text === "" ? undefined : text),
};
