/** What the events of tills and apps promise: the examples of swip.md 3, 6-9, in the sandbox. */
import { isoInstant } from "#kernel/time";
import { NOW_MS, ORIGIN } from "../../support/ports.ts";
import type { Promises } from "./promise.ts";

const NOW = isoInstant(NOW_MS);
const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz0123456";

type Members = Readonly<Record<string, unknown>>;

const UNPAID = { status: "NONE", method: null, held: 0, captured: 0, refunded: 0 };
const loyaltyOf = (changes: Members = {}) => ({
  discount: 0,
  pointsDiscount: 0,
  withdrawPoints: 0,
  loyalty: 0,
  loyaltyReturned: 0,
  cashback: 0,
  pointsEarned: 0,
  ...changes,
});

/** An order of the sandbox's first till; what a field is changed to stays in its place. */
const orderOf = (named: Members, changes: Members): Members => {
  const whole = {
    id: "",
    merchantId: "SWTS",
    merchantName: "Test",
    storeId: "SwipTestStore",
    cashId: "1",
    ...named,
    status: "OPEN",
    cancelReason: null,
    customerId: null,
    totalOriginal: 100,
    total: 100,
    ...loyaltyOf(),
    payable: 100,
    paid: 0,
    amount: null,
    payment: UNPAID,
    purchases: [],
    refunds: [],
    refundCount: 0,
    expiresAt: isoInstant(NOW_MS + 90_000),
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
  };
  return { ...whole, ...changes };
};

const quickStart = {
  merchantOrderId: "QS-11",
  merchantOrderNumber: "11",
  merchantCashier: "Cashier name",
  merchantCashierId: "cashier-uuid",
  saleDate: 1540485815026,
  sessionCode: "https://swip.one/?qr=01234567890",
};
const sprite = {
  id: "line-uuid",
  parentId: null,
  productId: null,
  name: "Sprite 0,33 l",
  unit: "pcs",
  quantity: 1,
  price: 50,
  amount: 50,
  discount: 0,
};
const quickStartOf = (changes: Members = {}) =>
  orderOf(quickStart, {
    id: "7d0c0001-a73d-4535-8bc4-5bf14a464eb4",
    totalOriginal: 50,
    total: 50,
    payable: 50,
    purchases: [sprite],
    ...changes,
  });
const { refunds: _, ...quickStartListed } = quickStartOf();

const p = {
  merchantOrderId: "P-1",
  merchantCashier: "Cashier name",
  saleDate: 1540485815026,
  sessionCode: `${new URL("/", ORIGIN).href}?qr=${Buffer.from(SECRET, "base64url").subarray(0, 16).toString("base64url")}`,
};
const lines = (meal: number, drink: number) => [
  { id: "l-1", productId: "promo", name: "Meal", quantity: 1, price: 60, amount: 60, discount: meal },
  { id: "l-2", productId: "promo", name: "Drink", quantity: 2, price: 20, amount: 40, discount: drink },
];
const id = "7d0c0001-6f53-46b4-b006-3ba17c86b4dd";
const created = (changes: Members = {}) => orderOf(p, { id, purchases: lines(0, 0), ...changes });

/** With the campaign's loyalty. */
const bound = (changes: Members = {}) =>
  created({
    ...loyaltyOf({ discount: 10, loyalty: 10, pointsEarned: 4 }),
    payable: 90,
    purchases: lines(6, 4),
    version: 2,
    ...changes,
  });
const inApp = { pointsBalance: 50, pointsMax: 27 };
const wallet = (changes: Members) => ({ ...UNPAID, method: "WALLET", ...changes });

/** The same at the merchant that captures later, and gives no points. */
const third = {
  id: "7d0c0003-0899-47a7-831d-17fed0e88cdc",
  merchantId: "SWT3",
  merchantName: "Test Three",
  storeId: "Three",
};
const boundThere = (changes: Members) => bound({ ...third, pointsEarned: 0, ...changes });

const error = (code: number, description: string, ...fieldErrors: readonly Members[]): string =>
  JSON.stringify({ code, description, timestamp: NOW, fieldErrors });

const atP = ["pos/createOrder.P.json"];
const paid = [...atP, "pos/payOrder.paid.json"];
const atThird = ["pos/createOrder.P3.json"];
const paidThere = [...atThird, "pos/payOrder.P3paid.json"];
const closed = [...paid, "pos/closeOrder.closed.json"];
const quick = ["pos/createOrder.created.json"];

/** The slice's promises: P is the order of section 10, P3 the same at the merchant that captures later. */
export const posPromises: Promises = {
  answers: {
    created: [200, JSON.stringify(quickStartOf())],
    P: [200, JSON.stringify(created())],
    P3: [200, JSON.stringify(created(third))],
    listed: [200, JSON.stringify({ orders: [quickStartListed], nextCursor: null })],
    found: [
      200,
      JSON.stringify({ orders: [{ ...quickStartListed, pointsBalance: 50, pointsMax: 0 }], nextCursor: null }),
    ],
    viewed: [200, JSON.stringify(bound(inApp))],
    redeemed: [
      200,
      JSON.stringify(
        bound({
          ...loyaltyOf({ discount: 10, pointsDiscount: 20, withdrawPoints: 20, loyalty: 30, pointsEarned: 3 }),
          payable: 70,
          purchases: lines(18, 12),
          ...inApp,
        }),
      ),
    ],
    paid: [200, JSON.stringify(bound({ paid: 90, payment: wallet({ status: "HELD", held: 90 }), ...inApp }))],
    P3paid: [
      200,
      JSON.stringify(
        boundThere({ paid: 90, payment: wallet({ status: "HELD", held: 90 }), pointsBalance: 0, pointsMax: 0 }),
      ),
    ],
    chosen: [200, JSON.stringify(bound({ payment: { ...UNPAID, method: "CASH" }, ...inApp }))],
    closed: [
      200,
      JSON.stringify(
        bound({
          status: "CLOSED",
          customerId: "c-1",
          paid: 90,
          amount: 90,
          payment: wallet({ status: "CAPTURED", captured: 90 }),
          version: 3,
        }),
      ),
    ],
    P3closed: [
      200,
      JSON.stringify(
        boundThere({
          status: "CLOSED",
          customerId: "c-1",
          paid: 90,
          amount: 90,
          payment: wallet({ status: "HELD", held: 90 }),
          version: 3,
        }),
      ),
    ],
    cut: [
      200,
      JSON.stringify(
        bound({
          totalOriginal: 80,
          total: 80,
          ...loyaltyOf({ discount: 8, loyalty: 8, pointsEarned: 3 }),
          payable: 72,
          purchases: lines(6, 2).map((line) => (line.id === "l-2" ? { ...line, quantity: 1, amount: 20 } : line)),
          version: 3,
        }),
      ),
    ],
    refunded: [
      200,
      '{"status":"SUCCESS","description":"Refunded","refundId":"R-1","amount":30,"refunded":30,"remaining":60}',
    ],
    cancelled: [200, '{"status":"SUCCESS","description":"Payment cancelled"}'],
    tooLate: [409, error(27, "Payment can no longer be cancelled")],
    badJson: [400, error(1001, "Bad JSON")],
    badHeader: [400, error(1002, "Bad header", { field: "Api-Version", message: "must be 2 or 3" })],
    invalid: [
      400,
      error(1003, "Invalid request", { field: "purchases[0].amount", message: "must equal price x quantity" }),
    ],
    unauthorised: [401, error(1004, "Unauthorised")],
    forbidden: [403, error(1005, "Forbidden")],
    notFound: [404, error(1006, "Not found")],
    abovePaid: [409, error(1013, "Above paid, money returned")],
  },
  ids: () => ({ secret: () => SECRET }),
  before: {
    getOrder: quick,
    listOrders: quick,
    findOrders: quick,
    viewOrder: atP,
    redeemPoints: atP,
    payAtTill: atP,
    payOrder: [...atP, ...atThird],
    cancelOrder: [...atP, "pos/viewOrder.viewed.json"],
    closeOrder: [...paid, ...paidThere],
    refundOrder: closed,
    cancelPayment: [...closed, ...paidThere, "pos/closeOrder.P3closed.json"],
  },
};
