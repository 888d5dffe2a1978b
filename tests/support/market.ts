/** Three merchants whose tills take orders and customers whose app pays them, on a desk of their own (swip.md 2). */
import type { Currency } from "#kernel/currency";
import { accountOf } from "#ledger/account";
import { type CurrencyBooks, readBooks } from "#ledger/books";
import { pointsAccountOf, walletOf } from "#pos/customer.item";
import { type Item, keyIn } from "#store/item";
import { accountKey } from "#store/keys/ledger";
import type { KindName } from "#store/kinds";
import { DESK, kindOf } from "#store/table";
import type { Store } from "#store/write";
import { type Answered, type Desk, openDesk, type Sent } from "./desk.ts";
import { runJob } from "./handlers.ts";
import { fundWallet, givePoints, openCustomer, openVendor, signApp } from "./market/opening.ts";
import { A, B, C, TILL, TILLS, type Till, type VendorWish } from "./market/vendor.ts";
import { openTestPorts, type TestWorld } from "./ports.ts";
import type { Twin } from "./twin.ts";

/** Members of a JSON object. */
export type Json = { readonly [name: string]: unknown };

/** What is sent: an object, or JSON text where spelling matters; nothing at all is undefined. */
export type Body = string | Json | undefined;

/** What merchants and customers are like: all merchants like A, but for what is told of the others. */
export interface MarketWish extends VendorWish {
  readonly others?: Readonly<Partial<Record<"B" | "C", VendorWish>>>;
  /** Money in the customers' wallets; c-1 has 500 and c-2 20 unless it is told. */
  readonly wallets?: Readonly<Record<string, string>>;
  /** c-1's points at A. */
  readonly balance?: bigint;
  readonly replace?: (twin: Twin) => Store;
}

/** Who pays unless another does. */
export const CUSTOMER = "c-1";

type Query = Readonly<Record<string, string>>;

/** The tills' calls and the app's; A's first till and c-1 unless it is told. */
export interface Market {
  readonly world: TestWorld;
  readonly call: Desk["call"];
  readonly createOrder: (body: Body, at?: Till, headers?: Sent["headers"]) => Promise<Answered>;
  readonly getOrder: (id: string, at?: Till) => Promise<Answered>;
  readonly listOrders: (query?: Query, at?: Till) => Promise<Answered>;
  readonly closeOrder: (id: string, body?: Body, at?: Till) => Promise<Answered>;
  readonly refundOrder: (id: string, body?: Body, at?: Till) => Promise<Answered>;
  readonly cancelPayment: (id: string, at?: Till) => Promise<Answered>;
  readonly cancelOrder: (id: string, body?: Body, at?: Till) => Promise<Answered>;
  readonly findOrders: (query?: Query, customer?: string) => Promise<Answered>;
  readonly viewOrder: (id: string, customer?: string) => Promise<Answered>;
  readonly redeemPoints: (id: string, body: Body, customer?: string) => Promise<Answered>;
  readonly payOrder: (id: string, body: Body, customer?: string) => Promise<Answered>;
  readonly payAtTill: (id: string, body: Body, customer?: string) => Promise<Answered>;
  /** `available` and `held` in a wallet, in minor units. */
  readonly wallet: (customer?: string) => Promise<readonly [available: bigint, held: bigint]>;
  /** `available` and `held` of a customer's points at A. */
  readonly points: (customer?: string) => Promise<readonly [available: bigint, held: bigint]>;
  /** Puts money into a wallet. */
  readonly topUp: (amount: string, customer?: string) => Promise<void>;
  /** The desk's books, where all of this is. */
  readonly books: () => Promise<readonly CurrencyBooks[]>;
  readonly sweep: () => Promise<void>;
  /** Time passes, and the sweep follows. */
  readonly pass: (ms: number) => Promise<void>;
}

/** The headers that a till sends. */
export const tillHeaders = ({ of, storeId, cashId }: Till) => ({
  authorization: `Bearer ${of.token}`,
  "x-merchant-id": of.merchantId,
  "x-store-id": storeId,
  "x-cash-id": cashId,
  "api-version": "2",
});

const sent = (headers: NonNullable<Sent["headers"]>, body: Body): Sent => ({
  headers,
  ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
});

type Calls = Omit<Market, "world" | "call" | "wallet" | "points" | "topUp" | "books" | "sweep" | "pass">;

const callsOf = (world: TestWorld, call: Desk["call"]): Calls => {
  const byTill = (route: string, body: Body, at: Till, headers: Sent["headers"] = {}) =>
    call(route, sent({ ...tillHeaders(at), ...headers }, body));
  const byApp = async (route: string, body: Body, customer: string) =>
    call(route, sent({ "x-auth-token": await signApp(world, customer) }, body));
  const asked = (query: Query) => new URLSearchParams(query);
  return {
    createOrder: (body, at = TILL, headers = {}) => byTill("POST /orders", body, at, headers),
    getOrder: (id, at = TILL) => byTill(`GET /orders/${id}`, undefined, at),
    listOrders: (query = {}, at = TILL) => byTill(`GET /orders?${asked(query)}`, undefined, at),
    closeOrder: (id, body, at = TILL) => byTill(`PUT /orders/${id}/close`, body, at),
    refundOrder: (id, body, at = TILL) => byTill(`PUT /orders/${id}/refund`, body, at),
    cancelPayment: (id, at = TILL) => byTill(`PUT /orders/${id}/cancel-payment`, undefined, at),
    cancelOrder: (id, body, at = TILL) => byTill(`PUT /orders/${id}/cancel`, body, at),
    findOrders: (query = {}, customer = CUSTOMER) => byApp(`GET /app/orders?${asked(query)}`, undefined, customer),
    viewOrder: (id, customer = CUSTOMER) => byApp(`GET /app/orders/${id}`, undefined, customer),
    redeemPoints: (id, body, customer = CUSTOMER) => byApp(`POST /app/orders/${id}/redeem`, body, customer),
    payOrder: (id, body, customer = CUSTOMER) => byApp(`POST /app/orders/${id}/pay`, body, customer),
    payAtTill: (id, body, customer = CUSTOMER) => byApp(`POST /app/orders/${id}/pay-at-till`, body, customer),
  };
};

/** `available` and `held` on a bounded account; nothing where there is none. */
const onAccount = async ({ twin }: TestWorld, account: string): Promise<readonly [bigint, bigint]> => {
  const [item] = await twin.read([accountKey(DESK, account)]);
  if (item === undefined) return [0n, 0n];
  const { available, held } = accountOf(DESK, account, item);
  return [available, held];
};

const openEverybody = async (world: TestWorld, wish: MarketWish, currency: Currency): Promise<void> => {
  const { wallets = { "c-1": "500", "c-2": "20" }, balance, others } = wish;
  const vendors = [
    [A, wish],
    [B, { ...wish, ...others?.B }],
    [C, { ...wish, ...others?.C }],
  ] as const;
  for (const [vendor, its] of vendors)
    await openVendor(
      world,
      vendor,
      its,
      TILLS.filter(({ of }) => of === vendor),
    );
  for (const [customer, amount] of Object.entries(wallets)) await openCustomer(world, customer, currency, amount);
  if (balance !== undefined) await givePoints(world, CUSTOMER, A, balance);
};

/** Opens the market: no order yet. */
export const openMarket = async (wish: MarketWish = {}): Promise<Market> => {
  const { currency = "EUR" as Currency, replace } = wish;
  const world = openTestPorts(replace);
  const { twin, ports, clock } = world;
  await openEverybody(world, wish, currency);
  const { call } = await openDesk(ports);
  const sweep = () => runJob("sweep/expireDue", ports);
  return {
    world,
    call,
    ...callsOf(world, call),
    wallet: (customer = CUSTOMER) => onAccount(world, walletOf(customer, currency)),
    points: (customer = CUSTOMER) => onAccount(world, pointsAccountOf(customer, A.tenant)),
    topUp: (amount, customer = CUSTOMER) => fundWallet(world, customer, currency, amount),
    books: () => readBooks(twin, { tenant: DESK, nowMs: clock.nowMs, reconciled: true }),
    sweep,
    pass: async (ms) => {
      clock.advance(ms);
      await sweep();
    },
  };
};

/** The items of a kind. */
export const itemsOf = ({ world }: Market, kind: KindName): readonly Item[] =>
  world.twin.items().filter((item) => kindOf(keyIn(item)) === kind);
