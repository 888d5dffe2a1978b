/** Fills the sandbox with merchants that have tills, and customers that pay there; nothing else has to be there before. */
import { type Currency, currencyOf } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import type { Ports } from "#ports";
import { createCustomer, fundWallet, givePoints } from "../../admin/customer.ts";
import { createShop } from "../../admin/pos.ts";
import { createTenant, RETENTION_DAYS } from "../../admin/tenant.ts";
import { type SandboxCustomer, type SandboxShop, sandboxCustomers, sandboxShops } from "../values/shops.ts";
import { actor, type Seeder, unlessThere } from "./seeder.ts";

const currencyNamed = (code: string): Currency => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Fault(`${code} is no currency`);
  return currency;
};

const seedShop = async (ports: Ports, shop: SandboxShop): Promise<void> => {
  const { tenant, name, payment, captureDelay, autoRegister, ...sandbox } = shop;
  const tenancy = { tenant, name, timeZone: "UTC", retentionDays: RETENTION_DAYS, actor };
  await unlessThere(createTenant(ports, tenancy), "TENANT_EXISTS");
  const settings = { payment, captureDelay, autoRegister, currency: currencyNamed(shop.currency) };
  await unlessThere(createShop(ports, { tenant, actor, ...settings, sandbox }), "TILL_MERCHANT_EXISTS");
};

/** Several commits: what was cut off, the next seeding makes up for, and each reference gives once. */
const seedCustomer = async (ports: Ports, { customer, opening, ...wish }: SandboxCustomer): Promise<void> => {
  await unlessThere(createCustomer(ports, { customer, actor }), "CUSTOMER_EXISTS");
  const reference = `sandbox opening balance of ${customer}`;
  const currency = currencyNamed(wish.currency);
  await fundWallet(ports, { customer, amount: opening, currency, reference, actor });
  for (const [tenant, points] of Object.entries(wish.points))
    await givePoints(ports, { customer, tenant, points, reference: `${reference} at ${tenant}`, actor });
};

/** The merchants before their customers, and one after the other: all have the desk's own accounts in a currency in common. */
export const seedShops: Seeder = async (ports) => {
  for (const shop of sandboxShops) await seedShop(ports, shop);
  for (const customer of sandboxCustomers) await seedCustomer(ports, customer);
};
