/** The demo's story of tills (swip.md 1): customers pay with an app at tills, tables and machines, and get their money back. */
import { randomUUID } from "node:crypto";
import type { App } from "../app/app.ts";
import { checkOut, findOrder } from "../app/checkOut.ts";
import type { Basket } from "../till/basket.ts";
import { type Order, orderIn } from "../till/order.ts";
import { awaitPayment, finish, ringUp, sell, vend } from "../till/sell.ts";
import type { Till } from "../till/till.ts";
import { anything, type Market, no, openMarket } from "./market.ts";
import type { Story } from "./story.ts";
import type { Expected } from "./teller.ts";

/** How long tills of the demo wait for a customer who does not pay; the vendor's wait 45 s. */
const PATIENCE_MS = 2_000;

const RETAIL = ["SWTS", "SwipTestStore", "1"] as const;
const RESTAURANT = ["SWTS", "SwipTestStore", "2"] as const;
const MACHINE = ["SWT2", "Two", "1"] as const;
const LATER = ["SWT3", "Three", "1"] as const;

/** 100.00, of which the campaign `ten` of SWTS takes off 10 %. */
const lunch: Basket = [
  { id: "l-1", productId: "promo", name: "Lunch", price: "60" },
  { id: "l-2", productId: "promo", name: "Coffee", price: "20", quantity: "2" },
];

const replayed: Expected = { ...anything, replayed: true };
const refunded: Expected = { body: /^\{"status":"SUCCESS","description":"Refunded",/ };

/** An order as it should be: `CLOSED CAPTURED 90`. */
const standing = ({ status, payment, paid }: Order): string => `${status} ${payment.status} ${paid}`;

const check = ({ stage: { teller } }: Market, order: Order, wanted: string): void =>
  teller.check(`the order should be ${wanted}, not ${standing(order)}`, standing(order) === wanted);

/** A sale at a till; the customer, who is there, does something as soon as the code is shown. */
const sold = (
  market: Market,
  till: Till,
  basket: Basket,
  customer: (order: Order) => Promise<unknown>,
): Promise<Order> =>
  sell(till, basket, {
    world: market.world,
    patienceMs: PATIENCE_MS,
    show: async (order) => void (await customer(order)),
  });

/** Scans the code of an order, and pays what it comes to. */
const scanAndPay = async (app: App, { sessionCode }: Order, how = {}): Promise<Order> =>
  checkOut(app, await findOrder(app, { sessionCode }), how);

const paidInTheApp = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("A customer pays in the app, 10 % off, and gets the money back in parts");
  const tell = () => market.tell("c-1");
  const app = market.app("c-1");
  const again = market.app("c-1", replayed);
  await tell();
  const paymentId = randomUUID();
  const order = await sold(market, market.till(RETAIL), lunch, async ({ sessionCode }) => {
    const { id, payable } = await findOrder(app, { sessionCode });
    const held = orderIn(await app.pay(id, { payable, paymentId }));
    teller.say("  The answer was lost on the way, so the app asks again, and nothing more is held:");
    await again.pay(id, { payable, paymentId });
    check(market, held, "OPEN HELD 90");
    await tell();
  });
  check(market, order, "CLOSED CAPTURED 90");
  await tell();
  teller.say("  The till closes again, and hears the same; with another amount it is refused:");
  await market.till(RETAIL, replayed).close(order.id, "90");
  await market.till(RETAIL, no(409, 1014, "Already closed")).close(order.id, "80");
  teller.say("  The coffee was cold:");
  const part = { amount: "30", refundId: "R-1", reason: "cold" };
  await market.till(RETAIL, refunded).refund(order.id, part);
  await market.till(RETAIL, { ...refunded, replayed: true }).refund(order.id, part);
  await market.till(RETAIL, no(409, 1015, "Refund exceeds captured")).refund(order.id, { amount: "60.01" });
  await tell();
  teller.say("  And the rest, so that the story can be told again:");
  await market.till(RETAIL, refunded).refund(order.id);
  await tell();
};

const paidWithPoints = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("Points take off more; a merchant whose customers come back");
  const app = market.app("c-1");
  await market.tell("c-1");
  const order = await sold(market, market.till(RETAIL), lunch, (shown) => scanAndPay(app, shown, { points: 20 }));
  check(market, order, "CLOSED CAPTURED 70");
  await market.tell("c-1");
  await market.till(RETAIL, refunded).refund(order.id, { amount: "35" });
  await market.till(RETAIL, refunded).refund(order.id, { amount: "35" });
  await market.tell("c-1");
};

const paidInCash = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("A customer scans for the discount, and pays in cash");
  const app = market.app("c-1");
  const late = market.app("c-1", no(409, 1010, "Order has a payment or method"));
  const order = await sold(market, market.till(RETAIL), lunch, async (shown) => {
    const chosen = await scanAndPay(app, shown, { method: "CASH" });
    teller.say("  What was to be paid at the till is not paid in the app, too:");
    await late.pay(chosen.id);
  });
  check(market, order, "CLOSED CAPTURED 90");
  await market.till(RETAIL, refunded).refund(order.id);
  await market.tell("c-1");
};

const atTheTable = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("Two tables of a restaurant: their orders stay open, one is cut and paid");
  const till = market.till(RESTAURANT);
  const counter = { world: market.world, patienceMs: PATIENCE_MS };
  const code = () => ({ sessionCode: `https://swip.example/?table=${randomUUID()}` });
  const first = await ringUp(till, lunch, counter, code());
  const second = await ringUp(till, lunch, counter, code());
  const app = market.app("c-1");
  const seen = await findOrder(app, { sessionCode: first.sessionCode });
  teller.say("  One coffee was not brought; what the customer has seen is not true any more:");
  const cut = { ...anything, body: /"totalOriginal":80,.*"payable":72/ };
  await market.till(RESTAURANT, cut).cancel(first.id, [{ id: "l-2", quantity: "1" }]);
  await market.app("c-1", no(400, 1003, "Invalid request")).pay(first.id, { payable: seen.payable });
  await checkOut(app, orderIn(await app.view(first.id)));
  const closed = await finish(till, await awaitPayment(till, first.id, counter));
  check(market, closed, "CLOSED CAPTURED 72");
  teller.say("  The other table leaves:");
  await till.cancel(second.id);
  await market.till(RESTAURANT, replayed).cancel(second.id);
  await market.till(RESTAURANT, refunded).refund(closed.id);
  await market.tell("c-1");
};

const atTheMachine = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("A vending machine is paid at once, and its shelf is stuck");
  const app = market.app("c-1");
  const order = await vend(market.till(MACHINE), [{ name: "Crisps", price: "2.50" }], {
    world: market.world,
    patienceMs: PATIENCE_MS,
    show: async (shown) => {
      const paid = await scanAndPay(app, shown);
      check(market, paid, "OPEN CAPTURED 2.5");
      await market.tell("c-1");
    },
    handOut: () => {
      teller.say("  The machine hands out nothing, so it closes with 0:");
      return false;
    },
  });
  check(market, order, "CLOSED VOIDED 0");
  await market.tell("c-1");
};

const nobodyPays = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("A customer looks, and goes away");
  const app = market.app("c-1");
  const order = await sold(market, market.till(RETAIL), lunch, ({ sessionCode }) => findOrder(app, { sessionCode }));
  check(market, order, "CLOSED NONE 0");
};

const releasedLater = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("A merchant that captures an hour later lets the payment go");
  const app = market.app("c-1");
  const order = await sold(market, market.till(LATER), lunch, (shown) => scanAndPay(app, shown));
  check(market, order, "CLOSED HELD 90");
  await market.tell("c-1");
  await market.till(LATER, no(409, 1015, "Refund exceeds captured")).refund(order.id);
  const cancelled: Expected = { body: '{"status":"SUCCESS","description":"Payment cancelled"}' };
  await market.till(LATER, cancelled).cancelPayment(order.id);
  await market.till(LATER, { ...cancelled, replayed: true }).cancelPayment(order.id);
  await market.tell("c-1");
};

const refused = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("What is refused, and what a failing close gives back");
  const till = market.till(RETAIL);
  const order = orderIn(await till.create(lunch));
  const poor = await findOrder(market.app("c-2"), { sessionCode: order.sessionCode });
  await market.app("c-2", no(409, 1012, "Insufficient funds")).pay(poor.id, { payable: poor.payable });
  teller.say("  The order is that customer's now; another one, and another merchant, hear so:");
  await market.app("c-1", no(409, 1011, "Bound to another customer")).view(order.id);
  await market.till(MACHINE, no(404, 1006, "Not found")).look(order.id);
  teller.say("  A retail till has one order at a time; a new one replaces it. Then the till closes with too much:");
  const next = orderIn(await till.create(lunch));
  check(market, orderIn(await till.look(order.id)), "CANCELLED NONE 0");
  await scanAndPay(market.app("c-1"), next);
  await market.till(RETAIL, no(409, 1010, "Order has a payment or method")).create(lunch);
  await market.till(RETAIL, no(409, 1013, "Above paid, money returned")).close(next.id, "95");
  check(market, orderIn(await till.look(next.id)), "CANCELLED VOIDED 0");
  await market.tell("c-1");
};

const raced = async (market: Market): Promise<void> => {
  const { teller } = market.stage;
  teller.chapter("Two orders at one till at the same moment");
  const till = market.till(RETAIL);
  const begun = (await Promise.all([till.create(lunch), till.create(lunch)])).map(orderIn);
  const now = await Promise.all(begun.map(async ({ id }) => orderIn(await till.look(id))));
  const [open, ...others] = now.filter(({ status }) => status === "OPEN");
  teller.check("one of them should be open", open !== undefined && others.length === 0);
  teller.say("  One of them has replaced the other. Nobody wants it:");
  if (open !== undefined) check(market, orderIn(await till.cancel(open.id)), "CANCELLED NONE 0");
};

const parts = [
  paidInTheApp,
  paidWithPoints,
  paidInCash,
  atTheTable,
  atTheMachine,
  nobodyPays,
  releasedLater,
  refused,
  raced,
];

/** How customers pay at tills. */
export const tills: Story = {
  slice: "pos",
  title: "SWiP: orders at tills",
  tell: async (stage) => {
    const market = await openMarket(stage);
    for (const part of parts) await part(market);
  },
};
