/** Everything that apps may ask, done or refused, once each. */
import { HOUR_MS } from "#kernel/time";
import * as contracts from "#pos/contract";
import { signApp } from "../../market/opening.ts";
import { RESTAURANT, TILL, type Till } from "../../market/vendor.ts";
import { create, P, succeeded } from "../../pos.ts";
import { scenariosIn } from "../scenario.ts";
import { type Asked, done, exhaustCustomer, found, named, type Rows, refused, setting, unread } from "./setting.ts";

const ID = "00000001-0000-4000-8000-000000000000";

/** What is judged before the endpoint is: who calls, its headers, how often. */
const edgeOf = (route: string, limit: Parameters<typeof exhaustCustomer>[0]): Rows => {
  const by =
    (customer: string, headers: Readonly<Record<string, string>> = {}): Asked =>
    async ({ call, world }) =>
      call(route, { headers: { "x-auth-token": await signApp(world, customer), ...headers } });
  return [
    { act: "nobody's", asked: ({ call }) => call(route), cost: unread("UNAUTHENTICATED") },
    { act: "a stranger's", asked: by("c-99"), cost: refused("UNAUTHENTICATED") },
    { act: "by a header that is none", asked: by("c-1", { "api-version": "4" }), cost: unread("MALFORMED") },
    { act: "one too many", before: exhaustCustomer(limit), asked: by("c-1"), cost: unread("RATE_LIMITED") },
  ];
};

const CODE = "a code on the table";
const finds =
  (query: Readonly<Record<string, string>>, customer?: string): Asked =>
  ({ findOrders }) =>
    findOrders(query, customer);
const at = ({ of, storeId, cashId }: Till) => ({ merchantId: of.merchantId, storeId, cashId });
const coded =
  (till: Till): Asked =>
  (market) =>
    create(market, { ...named(`coded ${till.cashId}`), sessionCode: CODE }, till);
const cancelled =
  (till: Till): Asked =>
  async (market) => {
    await create(market, { ...named("under the code"), sessionCode: CODE }, till);
    const id = await create(market, { ...named("cancelled"), sessionCode: CODE }, till);
    await market.cancelOrder(id);
  };

const findings: Rows = [
  { act: "its own orders", asked: finds({}), cost: { reads: 4, commits: 0 } },
  { act: "no orders of its own", asked: finds({}, "c-2"), cost: found },
  {
    act: "a code's order",
    before: coded(RESTAURANT),
    asked: finds({ sessionCode: CODE }),
    cost: { reads: 4, commits: 0 },
  },
  {
    act: "a code's order, after a newer one",
    before: cancelled(RESTAURANT),
    asked: finds({ sessionCode: CODE }),
    cost: { reads: 6, commits: 0 },
  },
  { act: "a till's order", before: coded(TILL), asked: finds(at(TILL)), cost: { reads: 4, commits: 0 } },
  {
    act: "a code's order of a restaurant's till",
    before: coded(RESTAURANT),
    asked: finds({ sessionCode: CODE, ...at(RESTAURANT) }),
    cost: { reads: 4, commits: 0 },
  },
  {
    act: "a till's order that is another's",
    before: async (market) => {
      const id = await create(market, named("theirs"), TILL);
      await market.viewOrder(id, "c-2");
    },
    asked: finds(at(TILL)),
    cost: { reads: 2, commits: 0, refusal: "ORDER_BOUND" },
  },
  { act: "no code's", asked: finds({ sessionCode: "no code" }), cost: refused("ORDER_UNKNOWN") },
];

type Which = "fresh" | "bound" | "paid" | "closed" | "atTill" | "atB";

const views =
  (which: Which, customer?: string): Asked =>
  ({ viewOrder }, given) =>
    viewOrder(given[which], customer);
const refundOnce: Asked = ({ refundOrder }, { closed }) => refundOrder(closed, { amount: 10 }, RESTAURANT);

const looks: Rows = [
  { act: "a new one", asked: views("fresh"), cost: done },
  { act: "a new one, at a merchant whose points are new", asked: views("fresh", "c-2"), cost: done },
  { act: "its own", asked: views("bound"), cost: found },
  { act: "its own, refunded", before: refundOnce, asked: views("closed"), cost: { reads: 2, commits: 0 } },
  { act: "another customer's", asked: views("bound", "c-2"), cost: refused("ORDER_BOUND") },
  { act: "no order", asked: ({ viewOrder }) => viewOrder(ID), cost: refused("ORDER_UNKNOWN") },
];

const overdue: Asked = async ({ world, viewOrder }, { bound }) => {
  world.clock.advance(10 * HOUR_MS);
  // Settings are to be warm again.
  await viewOrder(bound);
};

/** What redeem, pay and pay-at-till refuse alike. */
const wrongs = (asked: (which: Which, customer?: string) => Asked): Rows => [
  { act: "an overdue one", before: overdue, asked: asked("bound"), cost: refused("ORDER_NOT_OPEN") },
  { act: "another customer's", asked: asked("bound", "c-2"), cost: refused("ORDER_BOUND") },
  { act: "a paid one", asked: asked("paid"), cost: refused("ORDER_ENGAGED") },
];

const redeems =
  (points: number) =>
  (which: Which, customer?: string): Asked =>
  ({ redeemPoints }, given) =>
    redeemPoints(given[which], { points }, customer);

const redemptions: Rows = [
  ...wrongs(redeems(7)),
  { act: "some", asked: redeems(7)("bound"), cost: done },
  { act: "of a new one", asked: redeems(7)("fresh"), cost: done },
  { act: "none, of a merchant whose points are new", asked: redeems(0)("fresh", "c-2"), cost: done },
  { act: "a repeated one", asked: redeems(5)("bound"), cost: found },
  { act: "too many", asked: redeems(100)("bound"), cost: refused("MALFORMED") },
  { act: "more than there are", asked: redeems(7)("fresh", "c-2"), cost: refused("FUNDS_SHORT") },
  { act: "of no order", asked: ({ redeemPoints }) => redeemPoints(ID, { points: 1 }), cost: refused("ORDER_UNKNOWN") },
  { act: "an unreadable one", asked: redeems(0.5)("bound"), cost: unread("MALFORMED") },
];

const pays =
  (paymentId: string, more = {}) =>
  (which: Which, customer?: string): Asked =>
  ({ payOrder }, given) =>
    payOrder(given[which], { paymentId, ...more }, customer);

const payments: Rows = [
  ...wrongs(pays("new")),
  { act: "to hold", asked: pays("new")("bound"), cost: done },
  { act: "to hold, of a new one", asked: pays("new")("fresh"), cost: done },
  {
    act: "to hold, at a retail till",
    asked: pays("new")("atTill"),
    cost: done,
  },
  { act: "to debit", asked: pays("new")("atB"), cost: done },
  { act: "a repeated one", asked: pays("paid")("paid"), cost: found },
  {
    act: "a repeated one, refunded since",
    before: refundOnce,
    asked: pays("closed")("closed"),
    cost: { reads: 2, commits: 0 },
  },
  { act: "a key used", asked: pays("paid")("bound"), cost: refused("KEY_REUSED") },
  { act: "another sum", asked: pays("new", { payable: 1 })("bound"), cost: refused("MALFORMED") },
  { act: "too little there", asked: pays("new")("fresh", "c-2"), cost: { ...done, refusal: "FUNDS_SHORT" } },
  { act: "of no order", asked: ({ payOrder }) => payOrder(ID, { paymentId: "new" }), cost: refused("ORDER_UNKNOWN") },
  { act: "an unreadable one", asked: pays("")("bound"), cost: unread("MALFORMED") },
];

const choices =
  (method: string) =>
  (which: Which, customer?: string): Asked =>
  ({ payAtTill }, given) =>
    payAtTill(given[which], { method }, customer);

const methods: Rows = [
  ...wrongs(choices("CASH")),
  { act: "one", asked: choices("CASH")("bound"), cost: done },
  { act: "one at a retail till", asked: choices("CASH")("atTill"), cost: done },
  { act: "one of a new one", asked: choices("CASH")("fresh"), cost: done },
  { act: "one of a merchant whose points are new", asked: choices("CASH")("fresh", "c-2"), cost: done },
  { act: "another", before: choices("CARD")("bound"), asked: choices("CASH")("bound"), cost: done },
  { act: "a repeated one", before: choices("CASH")("bound"), asked: choices("CASH")("bound"), cost: found },
  {
    act: "one with points that are gone",
    before: async (market, { bound }) => {
      succeeded(await market.redeemPoints(bound, { points: 20 }));
      for (const merchantOrderId of ["one", "two"]) {
        const id = await create(market, { ...P, merchantOrderId }, RESTAURANT);
        succeeded(await market.redeemPoints(id, { points: 20 }));
        succeeded(await market.payAtTill(id, { method: "CASH" }));
      }
    },
    asked: choices("CASH")("bound"),
    cost: { ...done, refusal: "FUNDS_SHORT" },
  },
  { act: "of no order", asked: ({ payAtTill }) => payAtTill(ID, { method: "CASH" }), cost: refused("ORDER_UNKNOWN") },
  { act: "an unreadable one", asked: choices("WALLET")("bound"), cost: unread("MALFORMED") },
];

const app = (name: string, route: string, rows: Rows, limit: Parameters<typeof exhaustCustomer>[0]) =>
  [...edgeOf(route, limit), ...rows].map((row) => ({ endpoint: `pos/${name}`, ...row }));

/** What apps may ask. */
export const appScenarios = scenariosIn(setting, [
  ...app("findOrders", "GET /app/orders", findings, contracts.findOrdersContract.limit),
  ...app("viewOrder", `GET /app/orders/${ID}`, looks, contracts.viewOrderContract.limit),
  ...app("redeemPoints", `POST /app/orders/${ID}/redeem`, redemptions, contracts.redeemPointsContract.limit),
  ...app("payOrder", `POST /app/orders/${ID}/pay`, payments, contracts.payOrderContract.limit),
  ...app("payAtTill", `POST /app/orders/${ID}/pay-at-till`, methods, contracts.payAtTillContract.limit),
]);
