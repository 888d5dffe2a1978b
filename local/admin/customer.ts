/** What an operator does with customers of the app (swip.md 8): makes them, and puts money and points on their accounts. */
import { type Currency, pointsOf } from "#kernel/currency";
import { Refused, refuse } from "#kernel/refusal";
import { type Account, accountOf, findAccount, openAccount } from "#ledger/account";
import { fundingAccount } from "#ledger/posting";
import { registerUnbounded } from "#ledger/unbounded";
import type { Ports } from "#ports";
import { pointsAccountOf, createCustomer as putCustomer, walletOf } from "#pos/customer.item";
import { decide, deny, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { accountKey, accountPointers } from "#store/keys/ledger";
import { customerKey } from "#store/keys/pos";
import { everyItem } from "#store/pages";
import { DESK } from "#store/table";
import { type Put, putMoney } from "./funding.ts";
import { knownShop, listShops } from "./pos.ts";

/** A customer, and who acts. */
export interface CustomerWish {
  readonly customer: string;
  readonly actor: string;
}

/** Money to put into a wallet, in major units; without a reference it gets a fresh one. */
export interface FundWallet extends CustomerWish {
  readonly amount: string;
  readonly currency: Currency;
  readonly reference?: string | undefined;
}

/** Points to give. */
export interface GivePoints extends CustomerWish {
  readonly tenant: string;
  readonly points: bigint;
  readonly reference?: string | undefined;
}

/** What was put on a customer's account. */
export interface Given extends Put {
  readonly customer: string;
}

/** A customer, and what he or she has: a wallet a currency, points a merchant. */
export interface ShownCustomer {
  readonly customer: string;
  readonly wallets: readonly Account[];
  readonly points: readonly (Account & { readonly merchant: string })[];
}

/** Makes somebody a customer of the app; refuses CUSTOMER_EXISTS. */
export const createCustomer = (
  ports: Ports,
  { customer, actor }: CustomerWish,
): Promise<Pick<CustomerWish, "customer">> =>
  decide(ports, [], (_, atMs): Verdict<Pick<CustomerWish, "customer">> => {
    const event = { owner: DESK, atMs, type: "customer.created", actor, subject: customer, detail: {} };
    return { say: { customer }, writes: [putCustomer(customer, atMs), record({ id: ports.ids.uuid(), ...event })] };
  });

/** Opens a customer's account where there is none, and what its money comes from; refuses CUSTOMER_UNKNOWN. */
const openFor = async (ports: Ports, customer: string, id: string, currency: Currency): Promise<void> => {
  await registerUnbounded(ports, DESK, currency, [fundingAccount(currency)]);
  await decide(ports, [customerKey(customer), accountKey(DESK, id)], ([known, account]): Verdict<undefined> => {
    if (known === undefined) return deny("CUSTOMER_UNKNOWN");
    if (account !== undefined) return say(undefined);
    return { say: undefined, writes: openAccount({ tenant: DESK, id, currency, mode: "book", limits: {} }) };
  });
};

/** Puts money into a customer's wallet, once a reference; refuses CUSTOMER_UNKNOWN, AMOUNT_INVALID, REFERENCE_REUSED. */
export const fundWallet = async (ports: Ports, wish: FundWallet): Promise<Given> => {
  const { customer, currency, amount, reference, actor } = wish;
  const account = walletOf(customer, currency);
  await openFor(ports, customer, account, currency);
  return { customer, ...(await putMoney(ports, { tenant: DESK, account, amount, reference, actor })) };
};

/**
 * Gives a customer points of a merchant's, once a reference; refuses CUSTOMER_UNKNOWN, TENANT_UNKNOWN,
 * TILL_MERCHANT_UNKNOWN, REFERENCE_REUSED.
 */
export const givePoints = async (ports: Ports, wish: GivePoints): Promise<Given> => {
  const { customer, tenant, points, reference, actor } = wish;
  await knownShop(ports, tenant);
  const account = pointsAccountOf(customer, tenant);
  await openFor(ports, customer, account, pointsOf(tenant));
  const put = { tenant: DESK, account, amount: String(points), reference, actor };
  return { customer, ...(await putMoney(ports, put)) };
};

const walletsOf = async ({ store }: Ports, customer: string): Promise<readonly Account[]> => {
  const everyCurrency = walletOf(customer, "" as Currency);
  const [from, to] = [everyCurrency, `${everyCurrency}~`];
  const wallets: Account[] = [];
  for (const pointers of accountPointers(DESK)) {
    for await (const { sk } of everyItem(store, { of: "table", in: pointers, from, to })) {
      const wallet = await findAccount(store, DESK, String(sk));
      if (wallet !== undefined) wallets.push(wallet);
    }
  }
  return wallets.toSorted((one, other) => (one.currency < other.currency ? -1 : 1));
};

/** What a customer has; refuses CUSTOMER_UNKNOWN. */
export const showCustomer = async (
  ports: Ports,
  { customer }: Pick<CustomerWish, "customer">,
): Promise<ShownCustomer> => {
  const [known] = await ports.store.read([customerKey(customer)]);
  if (known === undefined) throw new Refused(refuse("CUSTOMER_UNKNOWN"));
  const points: (Account & { readonly merchant: string })[] = [];
  for (const { tenant: merchant } of await listShops(ports)) {
    const id = pointsAccountOf(customer, merchant);
    const [item] = await ports.store.read([accountKey(DESK, id)]);
    if (item !== undefined) points.push({ ...accountOf(DESK, id, item), merchant });
  }
  return { customer, wallets: await walletsOf(ports, customer), points };
};
