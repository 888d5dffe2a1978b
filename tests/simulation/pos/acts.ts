/** What tills, apps and the clock may do, at random (swip.md 2). */
import * as fc from "fast-check";
import { HOUR_MS } from "#kernel/time";
import type { Answered } from "../../support/desk.ts";
import type { Market } from "../../support/market.ts";
import { bodyOf, contents, tills } from "./given.ts";

/** Something that is done; `order` counts among the orders created so far, the newest first. */
export type Act =
  | { readonly act: "create"; readonly till: number; readonly content: number; readonly key: number }
  | { readonly act: "view"; readonly order: number; readonly customer: string }
  | { readonly act: "redeem"; readonly order: number; readonly points: number }
  | { readonly act: "pay"; readonly order: number; readonly customer: string; readonly key: number }
  | { readonly act: "payAtTill"; readonly order: number; readonly method: "CASH" | "CARD" }
  | { readonly act: "close"; readonly order: number; readonly amount: number | "all" | "missing" }
  | { readonly act: "refund"; readonly order: number; readonly amount: number | "rest"; readonly key: number }
  | { readonly act: "cut"; readonly order: number; readonly line: string; readonly key: number }
  | { readonly act: "cancelPayment" | "cancel"; readonly order: number }
  | { readonly act: "pass"; readonly ms: number };

const weighed = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

/** Mostly the newest order. */
const order = fc.oneof(weighed(3, fc.constant(0)), weighed(2, fc.nat(3)));
const customer = fc.oneof(weighed(9, fc.constant("c-1")), weighed(1, fc.constant("c-2")));

const creating = fc.record({
  act: fc.constant("create" as const),
  till: fc.nat(tills.length - 1),
  content: fc.nat(contents.length - 1),
  key: fc.nat(50),
});
const viewing = fc.record({ act: fc.constant("view" as const), order, customer });
const redeeming = fc.record({ act: fc.constant("redeem" as const), order, points: fc.oneof(fc.nat(5), fc.nat(32)) });
const paying = fc.record({ act: fc.constant("pay" as const), order, customer, key: fc.nat(30) });
const choosing = fc.record({
  act: fc.constant("payAtTill" as const),
  order,
  method: fc.constantFrom("CASH" as const, "CARD"),
});
const closing = fc.record({
  act: fc.constant("close" as const),
  order,
  amount: fc.oneof(
    weighed(3, fc.constant("all" as const)),
    weighed(3, fc.integer({ min: 0, max: 1100 })),
    weighed(1, fc.constant("missing" as const)),
  ),
});
const refunding = fc.record({
  act: fc.constant("refund" as const),
  order,
  amount: fc.oneof(fc.constant("rest" as const), fc.integer({ min: 1, max: 400 })),
  key: fc.nat(5),
});
const cutting = fc.record({
  act: fc.constant("cut" as const),
  order,
  line: fc.constantFrom("l-1", "l-2"),
  key: fc.nat(3),
});
const cancelling = fc.record({ act: fc.constantFrom("cancelPayment" as const, "cancel"), order });

/** An act of a till's or an app's. */
export const anAct: fc.Arbitrary<Act> = fc.oneof(
  weighed(3, creating),
  weighed(2, viewing),
  weighed(3, redeeming),
  weighed(4, paying),
  weighed(2, choosing),
  weighed(4, closing),
  weighed(4, refunding),
  weighed(2, cutting),
  weighed(2, cancelling),
);

/** Time that passes: within a retail order's, over it, over a delayed capture, over a restaurant's. */
export const aPause = fc.constantFrom(1_000, 45_000, 90_000, HOUR_MS, 10 * HOUR_MS);

const passing = aPause.map((ms) => ({ act: "pass" as const, ms }));
const none = fc.constant([]);

/** The usual way of an order, as far as it comes. */
export const aStory: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    fc.tuple(creating),
    fc.oneof(weighed(2, none), weighed(2, fc.tuple(redeeming)), weighed(1, fc.tuple(cutting))),
    fc.oneof(none, weighed(4, fc.tuple(fc.oneof(weighed(3, paying), weighed(1, choosing))))),
    fc.oneof(weighed(5, none), weighed(1, fc.tuple(passing))),
    fc.oneof(none, weighed(3, fc.tuple(closing))),
    fc.array(fc.oneof(weighed(3, refunding), weighed(1, closing), weighed(1, cancelling)), { maxLength: 3 }),
  )
  .map((acts) => acts.flat().map((act) => ("order" in act ? { ...act, order: 0 } : act)));

/** Stories, and whatever else may happen between them. */
export const aHistory: fc.Arbitrary<readonly Act[]> = fc
  .array(fc.oneof(weighed(2, aStory), weighed(3, fc.tuple(fc.oneof(weighed(9, anAct), weighed(1, passing))))), {
    minLength: 1,
    maxLength: 16,
    size: "max",
  })
  .map((parts) => parts.flat());

/** An act's order, counted from the newest. */
export const chosen = <T>(orders: readonly T[], nth: number): T | undefined => orders[orders.length - 1 - nth];

/** What a close says. */
const closeBody = (amount: number | "all" | "missing", paid: number) =>
  amount === "missing" ? {} : { amount: amount === "all" ? paid : amount / 100 };

/** Does it to the desk; undefined where there is no such order yet. */
export const perform = async (market: Market, ids: readonly string[], act: Act): Promise<Answered | undefined> => {
  if (act.act === "pass") {
    await market.pass(act.ms);
    return undefined;
  }
  if (act.act === "create")
    return market.createOrder(bodyOf(`key-${act.key}`, contents[act.content] as never), tills[act.till]);
  const id = chosen(ids, act.order);
  if (id === undefined) return undefined;
  switch (act.act) {
    case "view":
      return market.viewOrder(id, act.customer);
    case "redeem":
      return market.redeemPoints(id, { points: act.points });
    case "pay":
      return market.payOrder(id, { paymentId: `pay-${act.key}` }, act.customer);
    case "payAtTill":
      return market.payAtTill(id, { method: act.method });
    case "close": {
      const { payable } = JSON.parse((await market.getOrder(id)).body);
      return market.closeOrder(id, closeBody(act.amount, payable));
    }
    case "refund":
      return market.refundOrder(id, {
        refundId: `r-${act.key}`,
        ...(act.amount !== "rest" && { amount: act.amount / 100 }),
      });
    case "cut":
      return market.cancelOrder(id, { cancelId: `c-${act.key}`, purchases: [{ id: act.line, quantity: 1 }] });
    case "cancelPayment":
      return market.cancelPayment(id);
    case "cancel":
      return market.cancelOrder(id, undefined);
  }
};
