/** The market in which tills and apps are asked everything: an order of every standing, and every kind of loyalty in each. */
import { bucketOf } from "#edge/bucket";
import type { Limit } from "#edge/contract";
import { SECOND_MS } from "#kernel/time";
import { put } from "#store/write";
import { B_TILL, C_TILL, RESTAURANT, SECOND_TILL, TEN, TILL, type Till } from "../../market/vendor.ts";
import { CUSTOMER, type Market, type MarketWish, openMarket } from "../../market.ts";
import { PEPPER } from "../../ports.ts";
import { bind, create, P, succeeded, withLine } from "../../pos.ts";
import type { Act, Row, Setting } from "../scenario.ts";

/** Orders, by how far they have come; at A's restaurant till, but for the last four. */
export interface Given {
  /** That nobody's app has seen. */
  readonly fresh: string;
  /** That c-1's app has seen. */
  readonly bound: string;
  readonly paid: string;
  readonly closed: string;
  /** Of B, which debits. */
  readonly debited: string;
  /** Of C, closed, to be captured in an hour. */
  readonly held: string;
  /** Of A's second retail till, that nobody's app has seen. */
  readonly atTill: string;
  /** Of B, that nobody's app has seen. */
  readonly atB: string;
}

/** What is done or asked there. */
export type Asked = Act<Market, Given>;

/** Rows of one endpoint. */
export type Rows = readonly Omit<Row<Market, Given>, "endpoint">[];

/** P under a name, with units to count. */
export const named = (merchantOrderId: string) => withLine({ ...P, merchantOrderId }, { productId: "coffee" });

const WISH: MarketWish = {
  autoRegister: true,
  campaigns: [TEN, { id: "nth", kind: "NTH_FREE", value: "7", productIds: ["coffee"] }],
  points: { earnPercent: "5", redeemMaxShare: "0.3", pointValueMinor: 100 },
  wallets: { "c-1": "1000", "c-2": "20" },
  balance: 50n,
  others: { B: { payment: "debit" }, C: { captureDelaySeconds: 3600 } },
};

/** Pays in the app; at A with points too. */
const payThere = async (market: Market, merchantOrderId: string, at: Till): Promise<string> => {
  const id = await bind(market, named(merchantOrderId), at);
  if (at === RESTAURANT) succeeded(await market.redeemPoints(id, { points: 5 }));
  succeeded(await market.payOrder(id, { paymentId: merchantOrderId }));
  return id;
};

const closeThere = async (market: Market, merchantOrderId: string, at: Till): Promise<string> => {
  const id = await payThere(market, merchantOrderId, at);
  succeeded(await market.closeOrder(id, { amount: 50 }, at));
  return id;
};

/** The market, and its orders: those that are reckoned with what others have counted come last. */
export const setting: Setting<Market, Given> = {
  open: (replace) => openMarket({ ...WISH, replace }),
  begin: async (market) => {
    const closed = await closeThere(market, "closed", RESTAURANT);
    const paid = await payThere(market, "paid", RESTAURANT);
    const debited = await payThere(market, "debited", B_TILL);
    const held = await closeThere(market, "held", C_TILL);
    const fresh = await create(market, named("fresh"), RESTAURANT);
    const atTill = await create(market, named("at the till"), SECOND_TILL);
    const atB = await create(market, named("at the other merchant's"), { ...B_TILL, cashId: "2" });
    const bound = await bind(market, named("bound"), RESTAURANT);
    succeeded(await market.redeemPoints(bound, { points: 5 }));
    // Settings are to be warm, of the other till and customer too.
    await market.listOrders({}, TILL);
    await market.findOrders({}, "c-2");
    return { fresh, bound, paid, closed, debited, held, atTill, atB };
  },
};

/** The permits of whoever it is are used up. */
const exhausted =
  (limit: Pick<Limit<never>, "per" | "everyMs" | "burst"> | undefined, who: string): Asked =>
  async ({ world: { ports, clock } }) => {
    if (limit === undefined) throw new Error("there is no limit");
    const nextAtMs = BigInt(clock.nowMs + limit.burst * limit.everyMs);
    await ports.store.commit([put(bucketOf(PEPPER, limit, who), { nextAtMs }, [])], ports.ids.uuid());
  };

/** A's first till has no permits left. */
export const exhaustTill = (limit: Parameters<typeof exhausted>[0]): Asked =>
  exhausted(limit, JSON.stringify([TILL.of.tenant, TILL.storeId, TILL.cashId]));

/** c-1 has none left, nor has any endpoint taken some for this second; settings are warm again. */
export const exhaustCustomer =
  (limit: Parameters<typeof exhausted>[0]): Asked =>
  async (market, given) => {
    market.world.clock.advance(SECOND_MS);
    await market.findOrders();
    await exhausted(limit, CUSTOMER)(market, given);
  };

/** What a call costs: all is in its request, one reading, or one more that the refunds of an order or the orders of a list take. */
const free = { reads: 0, commits: 0 };
export const found = { reads: 1, commits: 0 };
export const done = { reads: 1, commits: 1 };

/** Refused by the request alone. */
export const unread = (refusal: string) => ({ ...free, refusal });

/** Refused by what was read. */
export const refused = (refusal: string) => ({ ...found, refusal });
