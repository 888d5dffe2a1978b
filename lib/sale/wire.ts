/** The connecting party's API as it is spoken: requests (sbc.md 2, 4). Strings are taken as they come; `null` is absent. */
import * as z from "zod";
import { example, members, optional } from "#kernel/fields";
import { integer, JsonNumber } from "#kernel/json";
import { CLIENT_CARD_ID, CONSUMER, INVOICE_ID, NONCE, SERVER_CARD_ID, SESSION, SIGNATURE, TOKEN } from "#sale/example";

/** The longest body, in bytes (sbc.md 2). */
export const MAX_BODY_BYTES = 16_384;

/** The largest amount, in hundredths of a unit (sbc.md 4). */
const MAX_CENTIS = 2n ** 53n - 1n;

const lengthOf = (text: string): number => [...text].length;

/** A text of so many code points, without control characters. */
const text = (min: number, max: number) =>
  z
    .string()
    .refine((said) => lengthOf(said) >= min && lengthOf(said) <= max, `${min}-${max} characters`)
    .refine((said) => said.isWellFormed() && !/\p{Cc}/u.test(said), "no control characters")
    .meta({ minLength: min, maxLength: max });

/** A text of the gateway's own: visible ASCII (sbc.md 2). */
const visible = (min: number, max: number) =>
  z
    .string()
    .regex(/^[!-~]*$/)
    .min(min)
    .max(max);

const sessionToken = visible(16, 36);

/** A double, however JSON writes it: nothing is reckoned with it. */
const degrees = (most: number) =>
  z
    .custom<JsonNumber>((said) => JsonNumber.is(said) && Math.abs(Number(said.text)) <= most, `-${most} to ${most}`)
    .meta({ type: "number", minimum: -most, maximum: most });

/** An integer that nothing is reckoned with either. */
const int64 = integer(-(2n ** 63n), 2n ** 63n - 1n);

const serialNumber = text(1, 50);
const accessToken = text(32, 128);
const device = members({ serialNumber });

/** 4.1. */
export const AccessTokenRequest = z
  .object({
    consumer: members({
      id: text(1, 128).meta({ description: "The merchant's own number of its consumer." }),
      email: optional(text(3, 128)),
      device: optional(device).meta({ description: "The device that the token is for; else that of its first sale." }),
    }),
  })
  .meta(example({ consumer: { id: "c-42", email: "ann.meier@example.com" } }))
  .transform(({ consumer: { id, email, device: on } }) => ({ consumerId: id, email, serialNumber: on?.serialNumber }));

/** 4.2. */
export const InitiateRequest = z
  .object({
    consumer: members({
      device: members({ serialNumber, imei: optional(text(14, 16)) }),
      ipAddresses: optional(z.array(text(7, 15)).max(10)),
    }),
    location: optional(members({ lat: optional(degrees(90)), lng: optional(degrees(180)) })),
    session: members({ accessToken }),
    transaction: members({
      amountCentis: integer(1n, MAX_CENTIS).meta({ description: "Hundredths of a unit, whatever the currency." }),
      currency: z.string().regex(/^[A-Z]{3}$/),
    }),
  })
  .meta(
    example({
      consumer: CONSUMER,
      session: { accessToken: TOKEN },
      transaction: { amountCentis: 1050, currency: "EUR" },
    }),
  )
  .transform(({ consumer, session, transaction }) => ({
    serialNumber: consumer.device.serialNumber,
    accessToken: session.accessToken,
    amountCentis: transaction.amountCentis,
    currency: transaction.currency,
  }));

/** Whether a text may be an `Idempotency-Key` (sbc.md 4.2, 5). */
export const isIdempotencyKey = (said: string): boolean => /^[!-~]{1,64}$/.test(said);

/** The header that a repeated initiation bears; what it looks like is judged after all else (sbc.md 4.2, 5). */
export const InitiateParameters = z
  .object({
    headers: z.object({
      "idempotency-key": z.string().optional().meta({ pattern: "^[!-~]{1,64}$" }),
    }),
  })
  .transform(({ headers }) => ({ idempotencyKey: headers["idempotency-key"] }));

const NAME_OF_SALE = /^[0-9A-Za-z-]{1,64}$/;

/** Whether a text may stand where a path names a sale (sbc.md 2). */
export const mayNameSale = (text: string): boolean => NAME_OF_SALE.test(text);

/** What the log names a sale by: a UUID v4, as all of ours; whatever else stands in a path, a token by mistake, is not written down. */
export const loggable = (text: string): string | undefined =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text) ? text : undefined;

const invoiceId = z
  .string()
  .regex(NAME_OF_SALE)
  .meta({ examples: [INVOICE_ID] });

/** The sale that a path names. */
export const InvoicePath = z.object({ path: z.object({ invoiceId }) }).transform(({ path }) => path);

/** The same, where a path may name none. */
export const MaybeInvoicePath = z
  .object({ path: z.object({ invoiceId: invoiceId.optional() }) })
  .transform(({ path }) => path);

const reference = members({ clientCardId: optional(text(1, 128)) });

/** 4.3. */
export const CheckRequest = z
  .object({
    consumer: members({ device }),
    session: members({
      accessToken,
      nonce: text(32, 128),
      signature: text(32, 128),
      token: sessionToken,
    }),
    sourceOfFunds: optional(members({ reference: optional(reference) })),
  })
  .meta(
    example({
      consumer: CONSUMER,
      session: { accessToken: TOKEN, nonce: NONCE, signature: SIGNATURE, token: SESSION },
      sourceOfFunds: { reference: { clientCardId: CLIENT_CARD_ID } },
    }),
  )
  .transform(({ consumer, session: { token, ...session }, sourceOfFunds }) => ({
    ...session,
    sessionToken: token,
    serialNumber: consumer.device.serialNumber,
    clientCardId: sourceOfFunds?.reference?.clientCardId,
  }));

/** 4.4. */
export const NotificationRequest = z
  .object({
    consumer: members({ device }),
    session: members({ accessToken, token: sessionToken }),
    sourceCard: optional(
      members({
        bin: optional(int64),
        reference: optional(
          members({
            serverCardId: optional(visible(1, 64)),
            uniqueReferenceCardId: optional(int64),
          }),
        ),
      }),
    ),
  })
  .meta(
    example({
      consumer: CONSUMER,
      session: { accessToken: TOKEN, token: SESSION },
      sourceCard: { reference: { serverCardId: SERVER_CARD_ID } },
    }),
  )
  .transform(({ consumer, session: { token, ...session }, sourceCard }) => ({
    ...session,
    sessionToken: token,
    serialNumber: consumer.device.serialNumber,
    serverCardId: sourceCard?.reference?.serverCardId,
  }));

const field = (shown: string) => text(1, 128).meta({ examples: [shown] });

/** 4.5. */
export const CallbackQuery = z
  .object({
    query: z.object({
      orderid: field("900001"),
      merchant_order: field(INVOICE_ID),
      client_orderid: field(INVOICE_ID),
      amount: field("10.50"),
      status: field("approved"),
      type: field("sale"),
      control: field("da57166f704909407b776a593873abad2c59bd92"),
    }),
  })
  .transform(({ query }) => ({
    orderId: query.orderid,
    invoiceId: query.client_orderid,
    amount: query.amount,
    status: query.status,
    type: query.type,
    control: query.control,
  }));

/** 4.1, read. */
export type AskToken = z.output<typeof AccessTokenRequest>;
/** 4.2, read. */
export type Initiate = z.output<typeof InitiateRequest> & z.output<typeof InitiateParameters>;
/** 4.3, read. */
export type Check = z.output<typeof CheckRequest> & z.output<typeof InvoicePath>;
/** 4.4, read. */
export type Notify = z.output<typeof NotificationRequest> & z.output<typeof MaybeInvoicePath>;
/** 4.5, read. */
export type Callback = z.output<typeof CallbackQuery>;
