/** The sandbox's merchants with tills and customers of the app, as sandbox.md fixes them: public, and refused by every other stage. */
import type { PublicShop } from "../../admin/pos.ts";
import type { Credential } from "../credential.ts";

/** A merchant with tills, which is a tenant of its own: its name is its X-Merchant-ID. */
export interface SandboxShop extends PublicShop {
  readonly tenant: string;
  readonly name: string;
  readonly currency: string;
  readonly payment: "hold" | "debit";
  readonly captureDelay: number;
  readonly autoRegister: boolean;
}

/** A customer of the app; money in major units. */
export interface SandboxCustomer {
  readonly customer: string;
  readonly opening: string;
  readonly currency: string;
  /** By merchant. */
  readonly points: Readonly<Record<string, bigint>>;
}

/** From before the sandbox was until after it will be. */
const always = { validFromMs: 0, validToMs: 4_102_444_800_000, stackable: true } as const;

const tenPercent = { kind: "PERCENT", percentHundredths: 10_00n, ...always } as const;

/** What sandbox.md does not say of a merchant is as swip.md 8.2 has it. */
const usual = { currency: "EUR", payment: "hold", captureDelay: 0, autoRegister: false, campaigns: [] } as const;

/** The three of them. */
export const sandboxShops: readonly SandboxShop[] = [
  {
    ...usual,
    tenant: "SWTS",
    prefix: "7d0c0001",
    name: "Test",
    token: "sandbox-swip-token-00000000000000000000000000000001",
    autoRegister: true,
    places: [
      { storeId: "SwipTestStore" },
      { storeId: "SwipTestStore", cashId: "1", mode: "retail" },
      { storeId: "SwipTestStore", cashId: "2", mode: "restaurant" },
    ],
    points: { earnPercentHundredths: 5_00n, redeemMaxShareTenThousandths: 3000n, pointValueMinor: 100n },
    campaigns: [{ id: "ten", ...tenPercent, productIds: ["promo"] }],
  },
  {
    ...usual,
    tenant: "SWT2",
    prefix: "7d0c0002",
    name: "Test Two",
    token: "sandbox-swip-token-00000000000000000000000000000002",
    payment: "debit",
    places: [{ storeId: "Two" }, { storeId: "Two", cashId: "1", mode: "retail" }],
  },
  {
    ...usual,
    tenant: "SWT3",
    prefix: "7d0c0003",
    name: "Test Three",
    token: "sandbox-swip-token-00000000000000000000000000000003",
    captureDelay: 3600,
    places: [{ storeId: "Three" }, { storeId: "Three", cashId: "1", mode: "retail" }],
    campaigns: [{ id: "all10", ...tenPercent }],
  },
];

/** Both of them. */
export const sandboxCustomers: readonly SandboxCustomer[] = [
  { customer: "c-1", opening: "500.00", currency: "EUR", points: { SWTS: 50n } },
  { customer: "c-2", opening: "20.00", currency: "EUR", points: {} },
];

const headersOfTill = ({ tenant, token, places }: SandboxShop): Readonly<Record<string, string>> => {
  const till = places.find(({ cashId }) => cashId !== undefined);
  return {
    Authorization: `Bearer ${token}`,
    "X-Merchant-ID": tenant,
    "X-Store-ID": till?.storeId ?? "",
    "X-Cash-ID": till?.cashId ?? "",
  };
};

/** How tills show whose they are. */
export const shops: readonly Credential[] = sandboxShops.map((shop) => ({
  scheme: "tillToken",
  protocol: "SWiP till",
  who: shop.tenant,
  how: { headers: headersOfTill(shop) },
  what: `${shop.currency}, ${shop.payment}`,
}));

/** How apps show whose they are: tokens live for a day, so that each is made when it is needed. */
export const customers: readonly Credential[] = sandboxCustomers.map(({ customer, opening, currency }) => ({
  scheme: "appToken",
  protocol: "SWiP app",
  who: customer,
  how: { headers: { "X-Auth-Token": `$(npm run --silent admin -- app-token ${customer})` } },
  what: `${opening} ${currency}`,
}));
