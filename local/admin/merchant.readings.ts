/** How values of card merchants are read from the command line (sbc.md 2). */
import { readInstant } from "#kernel/time";
import { readNetwork } from "#sale/caller";
import { mayNameSale } from "#sale/wire";
import { listOf, wholeNumber } from "./readings.ts";
import type { Reading } from "./verb.ts";

/** A token or a session that lives longer than a day is one that nobody ends. */
const MOST_MINUTES = 24 * 60;

/** The gateway repeats a callback for 14 days (sbc.md 4.5): a sale has to be there until then, whether it waits or has ended. */
const FEWEST_DAYS = 15;
const MOST_WAIT_DAYS = 90;
const MOST_RETENTION_DAYS = 3650;

/** All networks of a merchant lie in its one item. */
const MOST_NETWORKS = 50;
const MOST_TYPES = 10;

/** The fewest hex digits of a control key (sbc.md 3), and the most that a gateway would issue. */
const FEWEST_KEY_DIGITS = 32;
const MOST_KEY_CHARACTERS = 200;

/** A life in minutes. */
export const minutes = wholeNumber(1, MOST_MINUTES);

/** Days that an outcome is waited for. */
export const waitDays = wholeNumber(FEWEST_DAYS, MOST_WAIT_DAYS);

/** Days that ended sales are kept. */
export const saleRetentionDays = wholeNumber(FEWEST_DAYS, MOST_RETENTION_DAYS);

const callbackType: Reading<string> = {
  says: "1-128 printable ASCII characters without space",
  read: (text) => (/^[!-~]{1,128}$/.test(text) ? text : undefined),
};

/** The callbacks that may move a sale. */
export const callbackTypes = listOf(callbackType, MOST_TYPES, "sale");

/** The gateway's number of an endpoint. */
export const endpointId: Reading<string> = {
  says: "1-64 letters and digits, as the gateway has it",
  read: (text) => (/^[0-9A-Za-z]{1,64}$/.test(text) ? text : undefined),
};

const network: Reading<string> = {
  says: "an address or a network as CIDR",
  read: (text) => (readNetwork(text) === undefined ? undefined : text),
};

const networkList = listOf(network, MOST_NETWORKS, "192.0.2.0/24,2001:db8::1");

/** Networks that the gateway calls from; none of them is any. */
export const networks: Reading<readonly string[]> = {
  says: "networks such as 192.0.2.0/24,2001:db8::1, or any",
  read: (text) => (text === "any" ? [] : networkList.read(text)),
};

/** A control key: its text is kept as it is, since callbacks are controlled by it as it was issued (sbc.md 4.5). */
export const controlKey: Reading<string> = {
  says: `an even number of hex digits, at least ${FEWEST_KEY_DIGITS}, with dashes as it was issued`,
  read: (text) => {
    const digits = text.replaceAll("-", "");
    const isHex = /^[0-9A-Fa-f]+$/.test(digits) && digits.length % 2 === 0 && text.length <= MOST_KEY_CHARACTERS;
    return isHex && digits.length >= FEWEST_KEY_DIGITS ? text : undefined;
  },
};

/** An instant, in milliseconds. */
export const instant: Reading<number> = {
  says: "an instant such as 2026-11-25T08:00:00Z",
  read: readInstant,
};

/** The number of a sale. */
export const invoiceId: Reading<string> = {
  says: "a sale's invoiceId",
  read: (text) => (mayNameSale(text) ? text : undefined),
};
