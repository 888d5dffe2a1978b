/** How the merchants and customers of a market come to be: put there on the twin, as the admin's verbs do. */
import { type Currency, exponentOf, pointsOf } from "#kernel/currency";
import { majorOf, minor, minorOf } from "#kernel/money";
import { signToken } from "#kernel/token";
import { openAccount } from "#ledger/account";
import { fund } from "#ledger/funding";
import { fundingAccount } from "#ledger/posting";
import { registerUnbounded } from "#ledger/unbounded";
import type { Campaign } from "#loyalty/campaign";
import { createTenant } from "#party/tenant";
import { APP_TOKEN } from "#pos/caller";
import { addCampaign } from "#pos/campaign.item";
import {
  createCustomer,
  merchantAccount,
  pendingAccount,
  pointsAccountOf,
  pointsIssuer,
  walletOf,
} from "#pos/customer.item";
import type { Merchant } from "#pos/merchant";
import { createMerchant, digestOfToken } from "#pos/merchant.item";
import { registerPlace } from "#pos/place.item";
import { DESK } from "#store/table";
import type { Write } from "#store/write";
import { NOW_MS, PEPPER, type TestWorld } from "../ports.ts";
import type { CampaignWish, Till, Vendor, VendorWish } from "./vendor.ts";

/** An amount in minor units. */
const minorIn = (currency: Currency, text: string): bigint => {
  const decimal = majorOf(text);
  const amount = decimal && minorOf(decimal, exponentOf(currency));
  if (amount === undefined) throw new Error(`${text} is no amount in ${currency}`);
  return amount;
};

/** A decimal number in units of its so-many-th digit. */
const scaled = (text: string, digits: number): bigint => {
  const decimal = majorOf(text);
  if (decimal === undefined || decimal.scale > digits) throw new Error(`${text} has more than ${digits} decimals`);
  return decimal.unscaled * 10n ** BigInt(digits - decimal.scale);
};

const must = async ({ twin }: TestWorld, writes: readonly Write[], token: string): Promise<void> => {
  const outcome = await twin.commit(writes, token);
  if (!outcome.done) throw new Error(`the market could not be opened: ${outcome.otherwise}`);
};

/** The last instant of swip.md 3: no campaign of a test ends before, unless it is told. */
const FOR_EVER_MS = 4_102_444_800_000;

const giftOf = ({ kind, value }: CampaignWish, currency: Currency) => {
  if (kind === "FIXED") return { kind, minor: minorIn(currency, value) } as const;
  if (kind === "NTH_FREE") return { kind, nth: BigInt(value) } as const;
  return { kind, percentHundredths: scaled(value, 2) } as const;
};

const campaignOf = (wish: CampaignWish, currency: Currency): Campaign => ({
  id: wish.id,
  ...giftOf(wish, currency),
  ...(wish.minTotal !== undefined && { minTotal: minorIn(currency, wish.minTotal) }),
  ...(wish.productIds !== undefined && { productIds: wish.productIds }),
  validFromMs: wish.validFromMs ?? 0,
  validToMs: wish.validToMs ?? FOR_EVER_MS,
  stackable: wish.stackable ?? true,
});

const pointsIn = ({ points }: VendorWish): Pick<Merchant, "points"> =>
  points === undefined
    ? {}
    : {
        points: {
          earnPercentHundredths: scaled(points.earnPercent, 2),
          redeemMaxShareTenThousandths: scaled(points.redeemMaxShare, 4),
          pointValueMinor: BigInt(points.pointValueMinor),
        },
      };

/** How a merchant's orders begin: its own eight digits. */
const prefixOf = ({ token }: Vendor): string => token.slice(-8);

/** Opens a merchant with its tills. */
export const openVendor = async (
  world: TestWorld,
  vendor: Vendor,
  wish: VendorWish,
  tills: readonly Till[],
): Promise<void> => {
  const { tenant, name, token } = vendor;
  const { currency = "EUR" as Currency, campaigns = [] } = wish;
  const gifts = campaigns.map((campaign) => campaignOf(campaign, currency));
  const merchant: Merchant = {
    tenant,
    name,
    currency,
    prefix: prefixOf(vendor),
    autoRegister: wish.autoRegister ?? false,
    payment: wish.payment ?? "hold",
    captureDelaySeconds: wish.captureDelaySeconds ?? 0,
    ...pointsIn(wish),
    campaigns: gifts.map(({ id, validFromMs, validToMs }) => ({ id, revision: 1n, validFromMs, validToMs })),
    current: digestOfToken(PEPPER, token),
    revision: 1n,
  };
  const ports = { ...world.ports, store: world.twin };
  await registerUnbounded(ports, DESK, currency, [merchantAccount(tenant, currency), pendingAccount(tenant, currency)]);
  await registerUnbounded(ports, DESK, pointsOf(tenant), [fundingAccount(pointsOf(tenant)), pointsIssuer(tenant)]);
  await must(
    world,
    [
      createTenant({ id: tenant, name, timeZone: "UTC", retentionDays: 400, createdAtMs: NOW_MS }),
      ...createMerchant(merchant, NOW_MS),
      ...gifts.map((gift) => addCampaign(tenant, 1n, gift)),
    ],
    `merchant ${tenant}`,
  );
  const stores = new Set(tills.map(({ storeId }) => storeId));
  await must(
    world,
    [
      ...[...stores].map((storeId) => registerPlace(tenant, { storeId })),
      ...tills.map(({ storeId, cashId, mode }) => registerPlace(tenant, { storeId, cashId, mode })),
    ],
    `tills of ${tenant}`,
  );
};

const fill = async (world: TestWorld, account: string, currency: Currency, amount: bigint): Promise<void> => {
  const posting = world.ports.ids.uuid();
  const { nowMs: atMs } = world.clock;
  const funding = {
    tenant: DESK,
    account,
    amount: { minor: minor(amount), currency },
    reference: posting,
    atMs,
    posting,
  };
  if (amount !== 0n) await must(world, fund(funding), `fund ${posting}`);
};

const open = (world: TestWorld, id: string, currency: Currency): Promise<void> =>
  must(world, openAccount({ tenant: DESK, id, currency, mode: "book", limits: {} }), `account ${id}`);

/** Makes somebody a customer with so much in his or her wallet. */
export const openCustomer = async (
  world: TestWorld,
  customer: string,
  currency: Currency,
  amount: string,
): Promise<void> => {
  await registerUnbounded({ ...world.ports, store: world.twin }, DESK, currency, [fundingAccount(currency)]);
  await must(world, [createCustomer(customer, NOW_MS)], `customer ${customer}`);
  await open(world, walletOf(customer, currency), currency);
  await fundWallet(world, customer, currency, amount);
};

/** Puts money into a wallet. */
export const fundWallet = (world: TestWorld, customer: string, currency: Currency, amount: string): Promise<void> =>
  fill(world, walletOf(customer, currency), currency, minorIn(currency, amount));

/** Gives a customer so many points of a merchant's. */
export const givePoints = async (
  world: TestWorld,
  customer: string,
  { tenant }: Vendor,
  points: bigint,
): Promise<void> => {
  const account = pointsAccountOf(customer, tenant);
  await open(world, account, pointsOf(tenant));
  await fill(world, account, pointsOf(tenant), points);
};

/** A token of a customer's app, of now. */
export const signApp = async ({ ports, clock }: TestWorld, customer: string): Promise<string> => {
  const { sign } = await ports.secrets();
  return signToken(sign, APP_TOKEN, { sub: customer }, clock.nowMs);
};
