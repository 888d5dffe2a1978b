/** The till's and the app's API as it is spoken: answers (swip.md 2, 3, 7). */
import * as z from "zod";
import { cancelReasons, methods } from "#pos/order";
import { paymentMachine } from "#pos/payment.machine";
import { statuses } from "#pos/query.wire";

/** What a type of JSON numbers or texts has of zod's own, and nobody who reads the documents needs. */
const brief = {
  override: ({ jsonSchema }: { readonly jsonSchema: { maximum?: number; pattern?: string } }): void => {
    Object.assign(jsonSchema, { maximum: undefined, pattern: undefined });
  },
};

const amount = z.float64().min(0).meta(brief);
const instant = z.iso.datetime().meta(brief);
const count = z.int().min(0);

const LineReply = z
  .object({
    id: z.string(),
    parentId: z.string().nullable().optional(),
    productId: z.string().nullable().optional(),
    name: z.string(),
    quantity: amount,
    unit: z.string().nullable().optional(),
    price: amount,
    amount,
    discount: amount,
  })
  .meta({ id: "SwipLine" });

const RefundInReply = z.object({
  refundId: z.string(),
  amount,
  loyaltyReturned: amount,
  reason: z.string().optional(),
  createdAt: instant,
});

const paymentStates = Object.keys(paymentMachine.states) as [
  keyof typeof paymentMachine.states,
  ...(keyof typeof paymentMachine.states)[],
];

const PaymentReply = z.object({
  status: z.enum(paymentStates),
  method: z.enum(methods).nullable(),
  held: amount,
  captured: amount,
  refunded: amount,
});

const EXAMPLE = {
  id: "7d0c1b9e-43f1-4f0a-9d53-0f6f1f2a7c11",
  merchantId: "SWTS",
  merchantName: "Test",
  storeId: "SwipTestStore",
  cashId: "1",
  merchantOrderId: "QS-11",
  merchantOrderNumber: "11",
  merchantCashier: "Cashier name",
  merchantCashierId: "cashier-uuid",
  saleDate: 1540485815026,
  sessionCode: "https://swip.one/?qr=01234567890",
  status: "OPEN",
  cancelReason: null,
  customerId: null,
  totalOriginal: 50,
  total: 50,
  discount: 0,
  pointsDiscount: 0,
  withdrawPoints: 0,
  loyalty: 0,
  loyaltyReturned: 0,
  cashback: 0,
  pointsEarned: 0,
  payable: 50,
  paid: 0,
  amount: null,
  payment: { status: "NONE", method: null, held: 0, captured: 0, refunded: 0 },
  purchases: [
    {
      id: "line-uuid",
      parentId: null,
      productId: null,
      name: "Sprite 0,33 l",
      quantity: 1,
      unit: "pcs",
      price: 50,
      amount: 50,
      discount: 0,
    },
  ],
  refunds: [],
  refundCount: 0,
  expiresAt: "2025-01-01T10:01:30.000Z",
  createdAt: "2025-01-01T10:00:00.000Z",
  updatedAt: "2025-01-01T10:00:00.000Z",
  version: 1,
};

const orderFields = {
  id: z.uuid(),
  merchantId: z.string(),
  merchantName: z.string(),
  storeId: z.string(),
  cashId: z.string(),
  merchantOrderId: z.string(),
  merchantOrderNumber: z.string().optional(),
  merchantCashier: z.string(),
  merchantCashierId: z.string().optional(),
  saleDate: z.int(),
  sessionCode: z.string(),
  status: z.enum(statuses),
  cancelReason: z.enum(cancelReasons).nullable(),
  customerId: z.string().nullable().meta({ description: "Whose app has paid, once the order is closed." }),
  totalOriginal: amount,
  total: amount,
  discount: amount.meta({ description: "What campaigns take off." }),
  pointsDiscount: amount,
  withdrawPoints: count,
  loyalty: amount.meta({ description: "The discounts of campaigns and of points." }),
  loyaltyReturned: amount,
  cashback: amount.meta({ description: "The worth of the points that campaigns give on close." }),
  pointsEarned: count,
  payable: amount,
  paid: amount.meta({ description: "Held and captured, before refunds: whether the order is paid." }),
  amount: amount.nullable().meta({ description: "The closing amount." }),
  payment: PaymentReply,
  purchases: z.array(LineReply),
  refundCount: count,
  expiresAt: instant,
  createdAt: instant,
  updatedAt: instant,
  version: z.int().min(1),
  pointsBalance: z.int().optional().meta({ description: "In an app: the customer's points at the merchant." }),
  pointsMax: count.optional().meta({ description: "In an app: the most points that may be used." }),
};

/** An order. */
export const OrderReply = z
  .object({
    ...orderFields,
    refunds: z.array(RefundInReply).optional().meta({ description: "The newest 100, newest first; not in lists." }),
  })
  .meta({ id: "SwipOrder", examples: [EXAMPLE] });

const { refunds: _, ...LISTED_EXAMPLE } = EXAMPLE;

/** A page of orders. */
export const OrdersReply = z
  .object({
    orders: z.array(OrderReply),
    nextCursor: z.string().nullable().meta({ description: "Null alone says that there are no more." }),
  })
  .meta({ examples: [{ orders: [LISTED_EXAMPLE], nextCursor: null }] });

/** A refund that was made. */
export const RefundReply = z
  .object({
    status: z.literal("SUCCESS"),
    description: z.literal("Refunded"),
    refundId: z.string(),
    amount,
    refunded: amount,
    remaining: amount,
  })
  .meta({
    examples: [
      { status: "SUCCESS", description: "Refunded", refundId: "R-1", amount: 30, refunded: 30, remaining: 60 },
    ],
  });

/** A payment that was cancelled. */
export const PaymentCancelledReply = z
  .object({ status: z.literal("SUCCESS"), description: z.literal("Payment cancelled") })
  .meta({ examples: [{ status: "SUCCESS", description: "Payment cancelled" }] });
