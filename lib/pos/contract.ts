/** The till's and the app's endpoints, as rows (swip.md 2). */
import { bearerIn } from "#edge/auth/bearer";
import { contractOf, type Limit, type Scheme } from "#edge/contract";
import { customerFor, tillFor } from "#pos/caller";
import { encodeListed, encodePaymentCancelled, encodeRefunded, encodeSeen } from "#pos/encode";
import type { AppCaller, TillCaller } from "#pos/merchant";
import { FindOrdersQuery, ListOrdersQuery } from "#pos/query.wire";
import { OrderReply, OrdersReply, PaymentCancelledReply, RefundReply } from "#pos/reply";
import {
  CancelOrderRequest,
  CloseOrderRequest,
  CreateOrderRequest,
  loggable,
  MAX_BODY_BYTES,
  OrderPath,
  PayAtTillRequest,
  PayOrderRequest,
  RedeemPointsRequest,
  RefundOrderRequest,
} from "#pos/wire";
import { type PosCode, sayRefusal } from "#pos/words";

/** The longest token that is looked at, in characters; a till's has 43 or 50, an app's about 300. */
const LONGEST_TOKEN = 2_048;

const tillToken = (admits: Parameters<typeof tillFor>[3]): Scheme<TillCaller> => ({
  name: "tillToken",
  openapi: [{ type: "http", scheme: "bearer" }],
  mayRefuse: ["UNAUTHENTICATED", "MALFORMED", "FORBIDDEN"],
  authenticate: (asked, ports) => tillFor(bearerIn(asked.headers, LONGEST_TOKEN), asked, ports, admits),
});

const appToken: Scheme<AppCaller> = {
  name: "appToken",
  openapi: [{ type: "apiKey", in: "header", name: "X-Auth-Token" }],
  mayRefuse: ["UNAUTHENTICATED", "MALFORMED"],
  authenticate: (asked, ports) => {
    const token = asked.headers["x-auth-token"]?.trim();
    return customerFor(token !== undefined && token.length <= LONGEST_TOKEN ? token : undefined, asked, ports);
  },
};

/** swip.md 1: 100 a second, 500 at once. */
const perTill: Limit<TillCaller> = {
  per: "till",
  by: (_, { tenant, storeId, cashId }) => JSON.stringify([tenant, storeId, cashId]),
  everyMs: 10,
  burst: 500,
};

/** swip.md 1: 20 a second, 100 at once. */
const perCustomer: Limit<AppCaller> = {
  per: "customer of the app",
  by: (_, { customer }) => customer,
  everyMs: 50,
  burst: 100,
};

/** swip.md 1: fields that are unknown are ignored, whatever is in them. */
const everyRow = { dialect: sayRefusal, maxBodyBytes: MAX_BODY_BYTES, textsAreOfFields: true } as const;
const byTill = { auth: /* @__PURE__ */ tillToken({ mayBeNew: false }), limit: perTill } as const;
const byApp = { auth: appToken, limit: perCustomer } as const;
const named = { parameters: OrderPath, subject: ({ id }: { readonly id: string }) => loggable(id) } as const;
/** A second reading is of the refunds, where an order that is shown has some: a closed one, or in a replay. */
const tellsOrder = { reply: OrderReply, encode: encodeSeen } as const;

/** POST /orders. */
export const createOrderContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byTill,
  ...tellsOrder,
  auth: /* @__PURE__ */ tillToken({ mayBeNew: true }),
  name: "pos/createOrder",
  route: "POST /orders",
  summary: "Opens an order for an app to find and pay; on a retail till it replaces one that is not paid.",
  request: CreateOrderRequest,
  replays: true,
  subject: (_, said) => said?.order.id,
  mayRefuse: ["KEY_REUSED", "ORDER_ENGAGED"] satisfies PosCode[],
  // One where store and till are known; a repeated order that was refunded takes one more.
  io: { reads: 3, commits: 1 },
}));

/** GET /orders/{id}, and its status, which is all of it. */
export const getOrderContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byTill,
  ...tellsOrder,
  ...named,
  name: "pos/getOrder",
  route: "GET /orders/{id}",
  aliases: ["GET /orders/{id}/status"],
  summary: "Tells the till how far an order has come: it is paid where `paid` is its `payable`.",
  mayRefuse: ["ORDER_UNKNOWN"] satisfies PosCode[],
  io: { reads: 2, commits: 0 },
}));

/** GET /orders. */
export const listOrdersContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byTill,
  name: "pos/listOrders",
  route: "GET /orders",
  summary: "The merchant's statement: its orders of a time, newest first.",
  parameters: ListOrdersQuery,
  reply: OrdersReply,
  encode: encodeListed,
  mayRefuse: [] satisfies PosCode[],
  // Of the last 24 hours four: two days' lists, orders, contents. Of a month 33, the list that is no longer read, and the contents.
  io: { reads: 35, commits: 0 },
}));

/** PUT /orders/{id}/close. */
export const closeOrderContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byTill,
  ...tellsOrder,
  ...named,
  name: "pos/closeOrder",
  route: "PUT /orders/{id}/close",
  aliases: ["POST /orders/{id}/close"],
  summary:
    "Ends an order with what was sold: that much of its payment is taken, the rest returned. An attempt that fails ends it too.",
  request: CloseOrderRequest,
  bodyIsOptional: true,
  bodyIsAny: true,
  replays: true,
  mayRefuse: ["ORDER_UNKNOWN", "CLOSED_ALREADY", "ORDER_NOT_OPEN", "ABOVE_PAID"] satisfies PosCode[],
  io: { reads: 1, commits: 1 },
}));

/** PUT /orders/{id}/refund. */
export const refundOrderContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byTill,
  ...named,
  name: "pos/refundOrder",
  route: "PUT /orders/{id}/refund",
  aliases: ["POST /orders/{id}/refund"],
  summary: "Gives back what a closed order has taken, all of it or a part, and as much of its loyalty.",
  request: RefundOrderRequest,
  bodyIsOptional: true,
  reply: RefundReply,
  replays: true,
  encode: encodeRefunded,
  mayRefuse: ["ORDER_UNKNOWN", "ORDER_NOT_CLOSED", "KEY_REUSED", "REFUND_EXCEEDS"] satisfies PosCode[],
  io: { reads: 1, commits: 1 },
}));

/** PUT /orders/{id}/cancel-payment. */
export const cancelPaymentContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byTill,
  ...named,
  name: "pos/cancelPayment",
  route: "PUT /orders/{id}/cancel-payment",
  aliases: ["POST /orders/{id}/cancel-payment"],
  summary: "Returns a closed order's payment while it is held and not yet captured.",
  bodyIsUnread: true,
  reply: PaymentCancelledReply,
  replays: true,
  encode: encodePaymentCancelled,
  mayRefuse: ["ORDER_UNKNOWN", "ORDER_NOT_CLOSED", "PAYMENT_UNCANCELLABLE"] satisfies PosCode[],
  io: { reads: 1, commits: 1 },
}));

/** PUT /orders/{id}/cancel. */
export const cancelOrderContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byTill,
  ...tellsOrder,
  ...named,
  name: "pos/cancelOrder",
  route: "PUT /orders/{id}/cancel",
  aliases: ["POST /orders/{id}/cancel"],
  summary: "Cancels an open order, or cuts lines of one that nobody has paid.",
  request: CancelOrderRequest,
  bodyIsOptional: true,
  replays: true,
  mayRefuse: ["ORDER_UNKNOWN", "ORDER_NOT_OPEN", "KEY_REUSED", "ORDER_ENGAGED"] satisfies PosCode[],
  io: { reads: 2, commits: 1 },
}));

/** GET /app/orders. */
export const findOrdersContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byApp,
  name: "pos/findOrders",
  route: "GET /app/orders",
  summary: "Finds the open order of a session code or a till; without either, the customer's own orders.",
  parameters: FindOrdersQuery,
  reply: OrdersReply,
  encode: encodeListed,
  mayRefuse: ["ORDER_UNKNOWN", "ORDER_BOUND"] satisfies PosCode[],
  io: { reads: 6, commits: 0 },
}));

/** GET /app/orders/{id}. */
export const viewOrderContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byApp,
  ...tellsOrder,
  ...named,
  name: "pos/viewOrder",
  route: "GET /app/orders/{id}",
  summary: "Shows an order; an open one becomes the customer's, with what that saves and earns.",
  mayRefuse: ["ORDER_UNKNOWN", "ORDER_BOUND"] satisfies PosCode[],
  io: { reads: 2, commits: 1 },
}));

/** POST /app/orders/{id}/redeem. */
export const redeemPointsContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byApp,
  ...tellsOrder,
  ...named,
  name: "pos/redeemPoints",
  route: "POST /app/orders/{id}/redeem",
  summary: "Wishes to pay with points: they lower what is payable, and are taken with the payment.",
  request: RedeemPointsRequest,
  mayRefuse: ["ORDER_UNKNOWN", "ORDER_NOT_OPEN", "ORDER_BOUND", "ORDER_ENGAGED", "FUNDS_SHORT"] satisfies PosCode[],
  io: { reads: 1, commits: 1 },
}));

/** POST /app/orders/{id}/pay. */
export const payOrderContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byApp,
  ...tellsOrder,
  ...named,
  name: "pos/payOrder",
  route: "POST /app/orders/{id}/pay",
  summary: "Pays an order from the customer's wallet: held until the till closes it, or taken at once.",
  request: PayOrderRequest,
  replays: true,
  mayRefuse: [
    "ORDER_UNKNOWN",
    "ORDER_NOT_OPEN",
    "KEY_REUSED",
    "ORDER_ENGAGED",
    "ORDER_BOUND",
    "FUNDS_SHORT",
  ] satisfies PosCode[],
  io: { reads: 2, commits: 1 },
}));

/** POST /app/orders/{id}/pay-at-till. */
export const payAtTillContract = /* @__PURE__ */ contractOf(() => ({
  ...everyRow,
  ...byApp,
  ...tellsOrder,
  ...named,
  name: "pos/payAtTill",
  route: "POST /app/orders/{id}/pay-at-till",
  summary: "Says that the customer pays at the till, which fixes what that saves and earns.",
  request: PayAtTillRequest,
  mayRefuse: ["ORDER_UNKNOWN", "ORDER_NOT_OPEN", "ORDER_BOUND", "ORDER_ENGAGED", "FUNDS_SHORT"] satisfies PosCode[],
  io: { reads: 1, commits: 1 },
}));
