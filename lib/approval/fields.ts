/** Fields that several requests of approvals.md have, as schemas (section 1). Lengths are in UTF-16 units. */
import * as z from "zod";
import { CUSTOMER_ID, OWNER_KEY } from "#approval/example";
import { JsonNumber } from "#kernel/json";

/** The longest text that names something. */
const MAX_NAME = 64;

const isControl = (character: string): boolean => character < " " || character === "\u007f";

/** Whether a text is well-formed and has no control characters. */
const isPlain = (text: string): boolean => text.isWellFormed() && ![...text].some(isControl);

/** A text of 1 to `max` units, without control characters. Zod counts code points, which are never more. */
export const plainText = (max: number = MAX_NAME) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.length <= max && isPlain(text), `at most ${max} UTF-16 units, no control characters`);

const CUSTOMER_NUMBER = /^(?:0|[1-9][0-9]{0,63})$/;

const isCustomerText = (text: string): boolean => text.length >= 1 && text.length <= MAX_NAME && isPlain(text);

const isCustomerId = (said: unknown): said is string | JsonNumber =>
  JsonNumber.is(said) ? CUSTOMER_NUMBER.test(said.text) : typeof said === "string" && isCustomerText(said);

const customerMeta = {
  description: 'The bank\'s own number of its customer, as a text or as an integer; `999` and `"999"` are the same.',
  anyOf: [
    { type: "string", minLength: 1, maxLength: MAX_NAME },
    { type: "integer", minimum: 0 },
  ],
  examples: [CUSTOMER_ID],
};

/** A customer's id: a text, or an integer of which every digit counts. */
export const customerId = z
  .custom<string | JsonNumber>(isCustomerId, "1-64 characters, or an integer")
  .meta(customerMeta)
  .transform((said) => (JsonNumber.is(said) ? said.text : said))
  .meta(customerMeta);

/** Whose code or device it is, where a customer has several users. */
export const userCode = plainText().meta({ description: "Which of the customer's users; absent is one of its own." });

/** An OwnerKey, of whatever shape. */
export const ownerKeyText = plainText().meta({ examples: [OWNER_KEY] });

const OWNER_KEY_SHAPE = /^\d{8}-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text can name a device of ours. */
export const isOwnerKey = (text: string): boolean => OWNER_KEY_SHAPE.test(text);

const TOKEN_BYTES = 16;

/** The bytes of a Base64 text in its one spelling; undefined for any other text. */
export const readBase64 = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
};

/** Whether a text is a token, a nonce or a challenge: Base64 of 16 bytes. */
export const isToken = (text: string): boolean => readBase64(text)?.length === TOKEN_BYTES;

/** Base64 in its one spelling. */
export const base64 = z.string().refine((text) => text !== "" && readBase64(text) !== undefined, "Base64");
