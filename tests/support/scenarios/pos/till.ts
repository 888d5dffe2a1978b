/** Everything that tills may ask, done or refused, once each. */
import { DAY_MS, HOUR_MS } from "#kernel/time";
import * as contracts from "#pos/contract";
import { B, B_TILL, C_TILL, RESTAURANT, TILL, type Till } from "../../market/vendor.ts";
import { tillHeaders } from "../../market.ts";
import { bind, create, pay, succeeded } from "../../pos.ts";
import { scenariosIn } from "../scenario.ts";
import { type Asked, done, exhaustTill, found, named, type Rows, refused, setting, unread } from "./setting.ts";

const ID = "00000001-0000-4000-8000-000000000000";

/** What is judged before the endpoint is: who calls, its headers, how often. */
const edgeOf = (route: string, limit: Parameters<typeof exhaustTill>[0]): Rows => {
  const by =
    (headers: Readonly<Record<string, string>>): Asked =>
    ({ call }) =>
      call(route, { headers });
  const headers = tillHeaders(TILL);
  return [
    { act: "nobody's", asked: by({}), cost: unread("UNAUTHENTICATED") },
    {
      act: "a stranger's",
      asked: by({ ...headers, authorization: "Bearer nobody-has-this" }),
      cost: refused("UNAUTHENTICATED"),
    },
    { act: "by a header that is none", asked: by({ ...headers, "api-version": "4" }), cost: unread("MALFORMED") },
    {
      act: "in another merchant's name",
      asked: by({ ...headers, "x-merchant-id": B.merchantId }),
      cost: unread("FORBIDDEN"),
    },
    { act: "one too many", before: exhaustTill(limit), asked: by(headers), cost: unread("RATE_LIMITED") },
  ];
};

const creates =
  (order: Readonly<Record<string, unknown>>, at: Till = RESTAURANT): Asked =>
  ({ createOrder }) =>
    createOrder(order, at);
const coded = (merchantOrderId: string) => ({ ...named(merchantOrderId), sessionCode: "a code on the table" });
const another: Asked = ({ createOrder }) => createOrder(named("another"), TILL);
const refundOnce: Asked = async ({ refundOrder }, { closed }) =>
  succeeded(await refundOrder(closed, { amount: 10, refundId: "R-1" }, RESTAURANT));

const creations: Rows = [
  { act: "a new one", asked: creates(named("new")), cost: done },
  { act: "a new one at a retail till", asked: another, cost: done },
  {
    act: "one that replaces another",
    before: async (market) => {
      const id = await bind(market, named("replaced"), TILL);
      succeeded(await market.redeemPoints(id, { points: 5 }));
      succeeded(await market.payAtTill(id, { method: "CASH" }));
    },
    asked: another,
    cost: done,
  },
  { act: "one under a code", before: creates(coded("first")), asked: creates(coded("second")), cost: done },
  {
    act: "a new till's first",
    asked: creates(named("new"), { ...TILL, storeId: "New", cashId: "1" }), // What is not there is not remembered: neither the store nor the till.
    cost: { reads: 3, commits: 1 },
  },
  { act: "a repeated one", asked: creates(named("fresh")), cost: found },
  {
    act: "a repeated one, refunded since",
    before: refundOnce,
    asked: creates(named("closed")),
    cost: { reads: 2, commits: 0 },
  },
  { act: "a key used", asked: creates({ ...named("fresh"), merchantCashier: "Another" }), cost: refused("KEY_REUSED") },
  {
    act: "one at a till that is paid",
    before: (market) => pay(market, named("paid there"), TILL),
    asked: another,
    cost: refused("ORDER_ENGAGED"),
  },
  { act: "an unreadable one", asked: creates({ ...named("new"), total: 0 }), cost: unread("MALFORMED") },
];

const looks: Rows = [
  { act: "an order", asked: ({ getOrder }, { paid }) => getOrder(paid, RESTAURANT), cost: found },
  {
    act: "a refunded order",
    before: refundOnce,
    asked: ({ getOrder }, { closed }) => getOrder(closed, RESTAURANT),
    cost: { reads: 2, commits: 0 },
  },
  {
    act: "another merchant's",
    asked: ({ getOrder }, { debited }) => getOrder(debited),
    cost: refused("ORDER_UNKNOWN"),
  },
];

const closes =
  (amount: unknown, which: "fresh" | "bound" | "paid" | "closed" | "held" = "paid", at: Till = RESTAURANT): Asked =>
  ({ closeOrder }, given) =>
    closeOrder(given[which], { amount }, at);

const closings: Rows = [
  { act: "a held one", asked: closes(50), cost: done },
  {
    act: "a debited one",
    asked: ({ closeOrder }, { debited }) => closeOrder(debited, { amount: 50 }, B_TILL),
    cost: done,
  },
  { act: "one that nobody has seen", asked: closes(100, "fresh"), cost: done },
  { act: "one that the till was paid for", asked: closes(90, "bound"), cost: done },
  { act: "with nothing", asked: closes(0), cost: done },
  { act: "a repeated one", asked: closes(50, "closed"), cost: found },
  { act: "one above what was paid", asked: closes(100), cost: { ...done, refusal: "ABOVE_PAID" } },
  { act: "one without an amount", asked: closes(undefined), cost: { ...done, refusal: "MALFORMED" } },
  { act: "another amount", asked: closes(49, "closed"), cost: refused("CLOSED_ALREADY") },
  {
    act: "a cancelled one",
    before: ({ cancelOrder }, { paid }) => cancelOrder(paid, undefined, RESTAURANT),
    asked: closes(50),
    cost: refused("ORDER_NOT_OPEN"),
  },
  { act: "no order", asked: ({ closeOrder }) => closeOrder(ID), cost: refused("ORDER_UNKNOWN") },
];

const refunds =
  (wish: Readonly<Record<string, unknown>>, which: "paid" | "closed" = "closed"): Asked =>
  ({ refundOrder }, given) =>
    refundOrder(given[which], wish, RESTAURANT);

const refundings: Rows = [
  { act: "a part", asked: refunds({ amount: 10, refundId: "R-1" }), cost: done },
  { act: "the rest", asked: refunds({}), cost: done },
  {
    act: "a part of what is due for capture",
    before: async (market) => {
      market.world.clock.advance(HOUR_MS);
      await market.listOrders({}, C_TILL);
    },
    asked: ({ refundOrder }, { held }) => refundOrder(held, { amount: 10 }, C_TILL),
    cost: done,
  },
  { act: "a repeated one", before: refundOnce, asked: refunds({ amount: 10, refundId: "R-1" }), cost: found },
  {
    act: "a key used",
    before: refundOnce,
    asked: refunds({ amount: 11, refundId: "R-1" }),
    cost: refused("KEY_REUSED"),
  },
  { act: "too much", asked: refunds({ amount: 50.01 }), cost: refused("REFUND_EXCEEDS") },
  { act: "an open order's", asked: refunds({ amount: 1 }, "paid"), cost: refused("ORDER_NOT_CLOSED") },
  { act: "no order's", asked: ({ refundOrder }) => refundOrder(ID), cost: refused("ORDER_UNKNOWN") },
  { act: "an unreadable one", asked: refunds({ amount: 0 }), cost: unread("MALFORMED") },
];

const cancelsPayment =
  (which: "held" | "paid" | "closed", at: Till = RESTAURANT): Asked =>
  ({ cancelPayment }, given) =>
    cancelPayment(given[which], at);

const returns: Rows = [
  { act: "a held one", asked: cancelsPayment("held", C_TILL), cost: done },
  { act: "a repeated one", before: cancelsPayment("held", C_TILL), asked: cancelsPayment("held", C_TILL), cost: found },
  { act: "a captured one", asked: cancelsPayment("closed"), cost: refused("PAYMENT_UNCANCELLABLE") },
  { act: "an open order's", asked: cancelsPayment("paid"), cost: refused("ORDER_NOT_CLOSED") },
  { act: "another merchant's", asked: cancelsPayment("held"), cost: refused("ORDER_UNKNOWN") },
];

const cancels =
  (which: "bound" | "paid" | "closed", wish?: Readonly<Record<string, unknown>>): Asked =>
  ({ cancelOrder }, given) =>
    cancelOrder(given[which], wish, RESTAURANT);
const cut = { purchases: [{ id: "l-2", quantity: 1 }], cancelId: "C-1" };

const cancellations: Rows = [
  { act: "a paid one", asked: cancels("paid"), cost: done },
  {
    act: "a debited one",
    asked: ({ cancelOrder }, { debited }) => cancelOrder(debited, undefined, B_TILL),
    cost: done,
  },
  { act: "a part", asked: cancels("bound", cut), cost: done },
  { act: "a repeated one", before: cancels("paid"), asked: cancels("paid"), cost: found },
  { act: "a repeated part", before: cancels("bound", cut), asked: cancels("bound", cut), cost: found },
  {
    act: "a repeated part, refunded since",
    before: async (market, given) => {
      await cancels("bound", cut)(market, given);
      await closes(50, "bound")(market, given);
      succeeded(await market.refundOrder(given.bound, { amount: 1 }, RESTAURANT));
    },
    asked: cancels("bound", cut),
    cost: { reads: 2, commits: 0 },
  },
  {
    act: "a key used",
    before: cancels("bound", cut),
    asked: cancels("bound", { ...cut, purchases: [{ id: "l-1" }] }),
    cost: refused("KEY_REUSED"),
  },
  { act: "a part of a paid one", asked: cancels("paid", cut), cost: refused("ORDER_ENGAGED") },
  { act: "a closed one", asked: cancels("closed"), cost: refused("ORDER_NOT_OPEN") },
  { act: "no order", asked: ({ cancelOrder }) => cancelOrder(ID), cost: refused("ORDER_UNKNOWN") },
  { act: "no part", asked: cancels("bound", { purchases: [] }), cost: unread("MALFORMED") },
];

const statements: Rows = [
  { act: "the last day", asked: ({ listOrders }) => listOrders(), cost: { reads: 4, commits: 0 } },
  {
    act: "a month",
    asked: ({ listOrders }) => listOrders({ from: "2026-10-26T00:00:00Z", to: "2026-11-26T00:00:00Z" }),
    // A list a day; the orders, and what they are of.
    cost: { reads: 31 + 2, commits: 0 },
  },
  {
    act: "a month, from noon to noon, and two days with orders",
    before: async (market) => {
      market.world.clock.advance(DAY_MS);
      await create(market, named("tomorrow"), RESTAURANT);
      await market.listOrders();
    },
    asked: ({ listOrders }) => listOrders({ from: "2026-10-26T12:00:00Z", to: "2026-11-26T12:00:00Z" }),
    // The last day's list is one too many: what the page has by then is told.
    cost: { reads: 33 + 1 + 1, commits: 0 },
  },
  { act: "a page", asked: ({ listOrders }) => listOrders({ limit: "2" }), cost: { reads: 3, commits: 0 } },
  {
    act: "nothing",
    asked: ({ listOrders }) => listOrders({ from: "2026-01-01T00:00:00Z", to: "2026-01-01T12:00:00Z" }),
    cost: { reads: 1, commits: 0 },
  },
];

const till = (name: string, route: string, rows: Rows, limit: Parameters<typeof exhaustTill>[0]) =>
  [...edgeOf(route, limit), ...rows].map((row) => ({ endpoint: `pos/${name}`, ...row }));

/** What tills may ask. */
export const tillScenarios = scenariosIn(setting, [
  ...till("createOrder", "POST /orders", creations, contracts.createOrderContract.limit),
  ...till("getOrder", `GET /orders/${ID}`, looks, contracts.getOrderContract.limit),
  ...till("listOrders", "GET /orders", statements, contracts.listOrdersContract.limit),
  ...till("closeOrder", `PUT /orders/${ID}/close`, closings, contracts.closeOrderContract.limit),
  ...till("refundOrder", `PUT /orders/${ID}/refund`, refundings, contracts.refundOrderContract.limit),
  ...till("cancelPayment", `PUT /orders/${ID}/cancel-payment`, returns, contracts.cancelPaymentContract.limit),
  ...till("cancelOrder", `PUT /orders/${ID}/cancel`, cancellations, contracts.cancelOrderContract.limit),
]);
