/** The till's and the app's calls that commit. */
import { expect } from "vitest";
import { DAY_MS, HOUR_MS } from "#kernel/time";
import type { Answered } from "../../support/desk.ts";
import { examineMarket } from "../../support/examination/pos.ts";
import { TEN } from "../../support/market/vendor.ts";
import { type Body, type Json, type Market, type MarketWish, openMarket } from "../../support/market.ts";
import { bind, close, create, P, pay, said } from "../../support/pos.ts";
import type { Crash } from "./crash.ts";

type Act = (market: Market, id: string) => Promise<Answered>;

interface Calls extends Pick<Crash, "again"> {
  /** What the order is like before. */
  readonly given: (market: Market, order?: Json) => Promise<string>;
  readonly wish?: MarketWish;
  readonly asked: Act;
  readonly rival: Act;
  /** What the repeated call may say. */
  readonly says: readonly string[];
}

const WISH: MarketWish = {
  campaigns: [TEN, { id: "nth", kind: "NTH_FREE", value: "2" }],
  points: { earnPercent: "5", redeemMaxShare: "0.3", pointValueMinor: 100 },
  balance: 50n,
};

const crash = (endpoint: string, act: string, { given, wish, asked, rival, says, again }: Calls): Crash => ({
  endpoint,
  act,
  ...(again && { again }),
  open: async (replace) => {
    const market = await openMarket({ ...WISH, ...wish, replace });
    const id = await given(market);
    return {
      world: market.world,
      ask: () => asked(market, id),
      rival: () => rival(market, id),
      overdueInMs: HOUR_MS,
      examine: () => examineMarket(market),
      conclude: (repeated) => {
        if (repeated !== undefined) expect(says).toContain(said(repeated));
      },
    };
  },
});

const other = { ...P, merchantOrderId: "P-2" };
const creates =
  (order: Json): Act =>
  ({ createOrder }) =>
    createOrder(order);
const closes =
  (body: Body): Act =>
  ({ closeOrder }, id) =>
    closeOrder(id, body);
const refunds =
  (body: Body): Act =>
  ({ refundOrder }, id) =>
    refundOrder(id, body);
const cancels: Act = ({ cancelOrder }, id) => cancelOrder(id);
const cuts =
  (quantity: number): Act =>
  ({ cancelOrder }, id) =>
    cancelOrder(id, { purchases: [{ id: "l-2", quantity }], cancelId: "C-1" });
const pays =
  (paymentId: string): Act =>
  ({ payOrder }, id) =>
    payOrder(id, { paymentId });
const cancelsPayment: Act = ({ cancelPayment }, id) => cancelPayment(id);
const debit = { payment: "debit" } as const;
const delayed = { captureDelaySeconds: DAY_MS / 1_000 };

/** Done once, and then a replay; or the rival or the clock came first. */
const once = (...refusals: readonly string[]) => ["200", "200 replayed", ...refusals];

/** Each of them. */
export const posCrashes: readonly Crash[] = [
  crash("pos/createOrder", "a new one", {
    given: async () => "",
    asked: creates(P),
    rival: creates({ ...P, merchantCashier: "Another" }),
    says: once("409 1009"),
  }),
  crash("pos/createOrder", "one that replaces another", {
    given: bind,
    asked: creates(other),
    rival: pays("p-1"),
    says: once("409 1010"),
  }),
  crash("pos/closeOrder", "a held one", {
    given: pay,
    asked: closes({ amount: 45 }),
    rival: cancels,
    says: once("409 1007"),
  }),
  crash("pos/closeOrder", "one that fails", {
    given: pay,
    asked: closes({ amount: 95 }),
    rival: closes({ amount: 90 }),
    says: ["409 1013", "409 replayed 1013", "409 1014", "409 1007"],
  }),
  crash("pos/closeOrder", "a debited one", {
    given: pay,
    wish: debit,
    asked: closes({ amount: 45 }),
    rival: closes({ amount: 0 }),
    says: once("409 1007", "409 1014"),
  }),
  crash("pos/closeOrder", "one that nobody paid here", {
    given: bind,
    asked: closes({ amount: 90 }),
    rival: pays("p-1"),
    says: once("409 1007", "409 1013", "409 replayed 1013"),
  }),
  crash("pos/refundOrder", "a part", {
    given: close,
    asked: refunds({ amount: 50, refundId: "R-1" }),
    rival: refunds({ amount: 50, refundId: "R-2" }),
    says: once("409 1015"),
  }),
  crash("pos/refundOrder", "the rest", {
    given: close,
    asked: refunds({ refundId: "R-1" }),
    rival: refunds({ amount: 50, refundId: "R-1" }),
    says: once("409 1009"),
  }),
  crash("pos/cancelPayment", "a held one", {
    given: close,
    wish: delayed,
    asked: cancelsPayment,
    rival: cancelsPayment,
    says: once(),
  }),
  crash("pos/cancelOrder", "a paid one", {
    given: pay,
    asked: cancels,
    rival: closes({ amount: 90 }),
    says: once("409 1007"),
  }),
  crash("pos/cancelOrder", "a debited one", {
    given: pay,
    wish: debit,
    asked: cancels,
    rival: closes({ amount: 0 }),
    says: once("409 1007"),
  }),
  crash("pos/cancelOrder", "a part", {
    given: bind,
    asked: cuts(1),
    rival: cuts(2),
    says: once("409 1007", "409 1009"),
  }),
  crash("pos/viewOrder", "a new one", {
    given: create,
    asked: ({ viewOrder }, id) => viewOrder(id),
    rival: ({ viewOrder }, id) => viewOrder(id, "c-2"),
    says: ["200", "409 1011", "404 1006"],
  }),
  crash("pos/redeemPoints", "some", {
    given: bind,
    asked: ({ redeemPoints }, id) => redeemPoints(id, { points: 20 }),
    rival: ({ redeemPoints }, id) => redeemPoints(id, { points: 10 }),
    says: ["200", "409 1007"],
  }),
  crash("pos/payOrder", "one to hold", {
    given: bind,
    asked: pays("p-1"),
    rival: pays("p-2"),
    says: once("409 1007", "409 1010"),
  }),
  crash("pos/payOrder", "one to debit", {
    given: bind,
    wish: debit,
    asked: pays("p-1"),
    rival: cancels,
    says: once("409 1007"),
  }),
  crash("pos/payAtTill", "in cash", {
    given: bind,
    asked: ({ payAtTill }, id) => payAtTill(id, { method: "CASH" }),
    rival: ({ payAtTill }, id) => payAtTill(id, { method: "CARD" }),
    says: ["200", "409 1007"],
  }),
];
