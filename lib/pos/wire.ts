/** The till's and the app's API as it is spoken: bodies of requests (swip.md 2, 3, 8.1). Texts are taken as they come; amounts wait for their currency. */
import * as z from "zod";
import { example } from "#kernel/fields";
import { decimal, integer, isJsonObject, JsonNumber } from "#kernel/json";
import { readNumber } from "#pos/money";

/** The longest body, in bytes (swip.md 1). */
export const MAX_BODY_BYTES = 256 * 1024;

/** Most lines of an order, or of a cancellation (swip.md 3, 7). */
const MAX_LINES = 500;

/** The latest sale date (swip.md 3): the end of 2099. */
const MAX_SALE_DATE = 4_102_444_800_000n;

/** The most points that one wishes to pay with (swip.md 8.1). */
export const MAX_POINTS = 1_000_000_000n;

const lengthOf = (said: string): number => [...said].length;

/** A text of so many characters (code points); a lone surrogate is none. */
export const text = (min: number, max: number) => {
  const message = `must be a text of ${min}-${max} characters`;
  return z
    .string(message)
    .refine((said) => lengthOf(said) >= min && lengthOf(said) <= max, message)
    .refine((said) => said.isWellFormed(), "must have no lone surrogate")
    .meta({ minLength: min, maxLength: max });
};

/** A version 4 UUID in lower case, as all ids of orders. */
const ORDER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const key = text(1, 64);
const label = text(0, 64);
const money = decimal(readNumber).meta({ description: "In major units of the merchant's currency.", minimum: 0 });
const quantity = decimal(readNumber).meta({ exclusiveMinimum: 0, maximum: 999_999.999 });

/** An object; a number is read as an instance of a class, which zod would take for one. */
const members = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((said) => (JsonNumber.is(said) ? said.text : said), z.object(shape, "must be an object"));

const listOf = <Element extends z.ZodType>(element: Element) => {
  const message = `must be a list of 1-${MAX_LINES}`;
  return z.array(element, message).min(1, message).max(MAX_LINES, message);
};

const line = members({
  id: key.optional().meta({ description: "Its own in the order; one that is not sent is made and returned." }),
  parentId: key.nullable().optional().meta({ description: "The line that this one goes with." }),
  productId: label.nullable().optional(),
  name: text(1, 256),
  quantity,
  unit: text(0, 16).nullable().optional(),
  price: money,
  amount: money.meta({ description: "Price times quantity, to half a minor unit." }),
});

/** What createOrder is asked. */
export const CreateOrderRequest = z
  .object({
    merchantOrderId: key.meta({
      description: "The merchant's own number of the order: an order that is sent again is known by it.",
    }),
    merchantOrderNumber: label.optional(),
    merchantCashier: text(1, 128),
    merchantCashierId: label.optional(),
    saleDate: integer(0n, MAX_SALE_DATE).meta({ description: "Epoch milliseconds." }),
    totalOriginal: money.meta({ description: "Before the merchant's own discount." }),
    total: money.meta({ description: "After it." }),
    sessionCode: text(0, 512)
      .optional()
      .meta({ description: "What the QR code says; empty or absent: one is made and returned." }),
    purchases: listOf(line),
  })
  .meta(
    example({
      merchantOrderId: "QS-11",
      merchantOrderNumber: "11",
      merchantCashier: "Cashier name",
      merchantCashierId: "cashier-uuid",
      saleDate: 1540485815026,
      total: 50.0,
      totalOriginal: 50.0,
      sessionCode: "https://swip.one/?qr=01234567890",
      purchases: [
        {
          id: "line-uuid",
          parentId: null,
          productId: null,
          name: "Sprite 0,33 l",
          quantity: 1,
          unit: "pcs",
          price: 50.0,
          amount: 50.0,
        },
      ],
    }),
  );

/** The order that a path names; what cannot be the id of one is looked for nowhere, and is as unknown. */
export const OrderPath = z
  .object({ path: z.object({ id: z.string().meta({ examples: ["7d0c1b9e-43f1-4f0a-9d53-0f6f1f2a7c11"] }) }) })
  .transform(({ path }) => path);

/** What closeOrder is asked: whatever JSON it is, since an attempt with a bad amount counts too (swip.md 6); what is no object has none. */
export const CloseOrderRequest = z
  .unknown()
  .meta({
    override: {
      type: "object",
      properties: { amount: { type: "number", minimum: 0, description: "In major units; 0 cancels the payment." } },
      required: ["amount"],
      examples: [{ amount: 90 }],
    },
  })
  .transform((said) => ({ amount: isJsonObject(said) ? said.amount : undefined }));

/** What refundOrder is asked. */
export const RefundOrderRequest = z
  .object({
    amount: money.optional().meta({ description: "More than 0; absent: all that is left.", minimum: 0 }),
    refundId: key.optional().meta({ description: "A refund that is sent again is known by it." }),
    reason: text(0, 256).optional(),
  })
  .meta(example({ amount: 30, refundId: "R-1", reason: "cold" }));

const cutLine = members({ id: key, quantity: quantity.optional().meta({ description: "Absent: all of it." }) });

/** What cancelOrder is asked. */
export const CancelOrderRequest = z
  .object({
    purchases: listOf(cutLine)
      .refine((lines) => new Set(lines.map(({ id }) => id)).size === lines.length, "must name each line once")
      .optional()
      .meta({ description: "The lines to cut; absent: the whole order." }),
    cancelId: key.optional().meta({ description: "A cancellation that is sent again is known by it." }),
  })
  .meta(example({ purchases: [{ id: "l-2", quantity: 1 }], cancelId: "C-1" }));

/** What redeemPoints is asked. */
export const RedeemPointsRequest = z
  .object({ points: integer(0n, MAX_POINTS).meta({ description: "In the place of those wished for before." }) })
  .meta(example({ points: 20 }));

/** What payOrder is asked. */
export const PayOrderRequest = z
  .object({
    paymentId: key.meta({ description: "The app's own number of the payment: one that is sent again is known by it." }),
    payable: money.optional().meta({ description: "As the customer has seen it." }),
  })
  .meta(example({ paymentId: "p-1", payable: 90 }));

/** How a till may be paid. */
const tillMethods = ["CASH", "CARD"] as const;

/** What payAtTill is asked. */
export const PayAtTillRequest = z
  .object({ method: z.enum(tillMethods, "must be CASH or CARD") })
  .meta(example({ method: "CASH" }));

/** The order that a path names, read. */
export type NamedOrder = z.output<typeof OrderPath>;

/** An order as it was sent. */
export type CreateOrder = z.output<typeof CreateOrderRequest>;
/** A close, read. */
export type CloseOrder = z.output<typeof CloseOrderRequest> & NamedOrder;
/** A refund, read. */
export type RefundOrder = z.output<typeof RefundOrderRequest> & NamedOrder;
/** A cancellation, read. */
export type CancelOrder = z.output<typeof CancelOrderRequest> & NamedOrder;
/** A wish for points, read. */
export type RedeemPoints = z.output<typeof RedeemPointsRequest> & NamedOrder;
/** A payment, read. */
export type PayOrder = z.output<typeof PayOrderRequest> & NamedOrder;
/** A choice of a method, read. */
export type PayAtTill = z.output<typeof PayAtTillRequest> & NamedOrder;

/** What the log names an order by: a UUID, as all of ours; whatever else stands in a path is not written down. */
export const loggable = (text: string): string | undefined => (ORDER_ID.test(text) ? text : undefined);

/** Whether a text may be an order's id. */
export const mayNameOrder = (text: string): boolean => ORDER_ID.test(text);
