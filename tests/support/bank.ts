/** A bank with accounts on a desk of its own, and its operator who starts, settles and cancels. */
import { type Currency, currencyOf, exponentOf } from "#kernel/currency";
import { majorOf, minor, minorOf } from "#kernel/money";
import { type Account, accountOf, changeAccount, openAccount } from "#ledger/account";
import { type CurrencyBooks, readBooks } from "#ledger/books";
import { fund } from "#ledger/funding";
import type { Limits } from "#ledger/limits";
import { createIntegrator, digestOfToken } from "#party/integrator";
import { createTenant } from "#party/tenant";
import { type Item, keyIn } from "#store/item";
import { accountKey } from "#store/keys/ledger";
import type { KindName } from "#store/kinds";
import { kindOf } from "#store/table";
import type { Store, Write } from "#store/write";
import { openCurrency } from "../../local/admin/currency.ts";
import { type Answered, openDesk } from "./desk.ts";
import { NOW_MS, openTestPorts, PEPPER, type TestWorld } from "./ports.ts";
import type { Twin } from "./twin.ts";

/** The bank's token. */
export const TOKEN = "integrator-token-of-the-tests-0000000000000001";

/** What an account of a test is like. */
export interface AccountWish {
  readonly userId: number;
  readonly balance: string;
  readonly currency?: string;
  readonly mode?: Account["mode"];
  readonly state?: Account["state"];
  readonly limits?: Readonly<Partial<Record<keyof Limits, string>>>;
}

/** What a start says, as JSON text where spelling matters. */
export interface StartWish {
  readonly userId?: number | string;
  readonly value?: string;
  readonly currency?: string;
  readonly date?: string;
  readonly expiry?: string;
  readonly reference?: string;
  readonly store?: string;
  readonly token?: string;
}

/** What a settlement or cancellation says. */
export interface EndWish {
  readonly transactionId: bigint | number;
  readonly userId?: number;
  readonly reference?: string;
}

/** A bank. */
export interface Bank {
  readonly timeZone: string;
  readonly world: TestWorld;
  readonly call: (route: string, body: string, headers?: Readonly<Record<string, string>>) => Promise<Answered>;
  readonly start: (wish?: StartWish) => Promise<Answered>;
  readonly settle: (wish: EndWish) => Promise<Answered>;
  readonly cancel: (wish: EndWish) => Promise<Answered>;
  /** `available` and `held` in minor units. */
  readonly money: (userId: number) => Promise<readonly [available: bigint, held: bigint]>;
  readonly books: () => Promise<readonly CurrencyBooks[]>;
  readonly change: (userId: number, change: Parameters<typeof changeAccount>[2]) => Promise<void>;
}

const TENANT = "bank";

/** The first account of most tests. */
export const USER = 1001;

const minorIn = (currency: Currency, text: string) => {
  const decimal = majorOf(text);
  const amount = decimal && minorOf(decimal, exponentOf(currency));
  if (amount === undefined) throw new Error(`${text} is no amount in ${currency}`);
  return amount;
};

const currencyNamed = (code = "CHF"): Currency => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Error(`${code} is no currency`);
  return currency;
};

const accountWrites = ({
  userId,
  balance,
  currency: code,
  mode = "book",
  limits = {},
}: AccountWish): readonly (readonly Write[])[] => {
  const currency = currencyNamed(code);
  const id = String(userId);
  const bounds = Object.fromEntries(Object.entries(limits).map(([name, bound]) => [name, minorIn(currency, bound)]));
  const open = openAccount({ tenant: TENANT, id, currency, mode, limits: bounds });
  const amount = { minor: minor(minorIn(currency, balance)), currency };
  if (amount.minor === 0n) return [open];
  return [
    open,
    fund({ tenant: TENANT, account: id, amount, reference: `opening ${id}`, atMs: NOW_MS, posting: `opening-${id}` }),
  ];
};

const must = async (store: Store, writes: readonly Write[], token: string): Promise<void> => {
  const outcome = await store.commit(writes, token);
  if (!outcome.done) throw new Error(`the bank could not be opened: ${outcome.otherwise}`);
};

const startBody = (wish: StartWish, nowMs: number): string => {
  const text = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`${JSON.stringify(name)}:${JSON.stringify(value)}`];
  const { userId = USER, value = "50", currency, reference, store } = wish;
  const amount = [`"value":${value}`, ...text("currency", currency)].join(",");
  return `{${[
    `"userId":${userId}`,
    `"amount":{${amount}}`,
    ...text("dateOfTransaction", wish.date ?? "2026-11-25T08:00:00.000Z"),
    ...text("expiryTimeOfTheOrder", wish.expiry ?? new Date(nowMs + 3_600_000).toISOString()),
    ...text("sonectTransactionReferenceId", reference),
    ...text("store", store),
  ].join(",")}}`;
};

const endBody = ({ transactionId, userId = USER, reference }: EndWish): string => {
  const reference_ = reference === undefined ? "" : `,"SonectTransactionReferenceId":${JSON.stringify(reference)}`;
  return `{"TransactionId":${transactionId},"UserId":${userId},"DateOperation":"2026-11-25T08:00:00Z"${reference_}}`;
};

/** Opens a bank whose calendar is that of `timeZone`; at a desk of one slice alone where it is told. */
export const openBank = async (
  accounts: readonly AccountWish[] = [{ userId: USER, balance: "100" }],
  {
    timeZone = "Europe/Zurich",
    replace,
    slice,
  }: { readonly timeZone?: string; readonly replace?: (twin: Twin) => Store; readonly slice?: string } = {},
): Promise<Bank> => {
  const world = openTestPorts(replace);
  const { ports, twin, clock } = world;
  await must(
    twin,
    [createTenant({ id: TENANT, name: "Bank", timeZone, retentionDays: 400, createdAtMs: NOW_MS })],
    "tenant",
  );
  await must(twin, createIntegrator(TENANT, "core", digestOfToken(PEPPER, TOKEN), NOW_MS), "integrator");
  for (const wish of accounts) {
    await openCurrency({ ...ports, store: twin }, TENANT, currencyNamed(wish.currency));
    for (const [nth, writes] of accountWrites(wish).entries())
      await must(twin, writes, `account ${wish.userId} ${nth}`);
    if (wish.state === "blocked")
      await must(twin, [changeAccount(TENANT, String(wish.userId), { state: "blocked" })], `block ${wish.userId}`);
  }
  const desk = await openDesk(ports, slice);
  const call: Bank["call"] = (route, body, headers = { "x-auth-token": TOKEN }) => desk.call(route, { body, headers });
  return {
    timeZone,
    world,
    call,
    start: (wish = {}) =>
      call("POST /api/sonect/startwithdrawal", startBody(wish, clock.nowMs), { "x-auth-token": wish.token ?? TOKEN }),
    settle: (wish) => call("POST /api/sonect/settlewithdrawal", endBody(wish)),
    cancel: (wish) => call("POST /api/sonect/cancelwithdrawal", endBody(wish)),
    money: async (userId) => {
      const [item] = await twin.read([accountKey(TENANT, String(userId))]);
      if (item === undefined) throw new Error(`no account ${userId}`);
      const { available, held } = accountOf(TENANT, String(userId), item);
      return [available, held];
    },
    books: () => readBooks(twin, { tenant: TENANT, nowMs: clock.nowMs, reconciled: true }),
    change: async (userId, change) => must(twin, [changeAccount(TENANT, String(userId), change)], ports.ids.uuid()),
  };
};

/** The TransactionId that an I1 tells. */
export const transactionIdOf = ({ body }: Answered): bigint => BigInt(/"TransactionId":(\d+)/.exec(body)?.[1] ?? 0);

/** A bank's items of a kind. */
export const itemsOf = ({ world }: Bank, kind: KindName): readonly Item[] =>
  world.twin.items().filter((item) => kindOf(keyIn(item)) === kind);
