/** Fills the sandbox with banks: their integrators and their customers' accounts. */
import { type Currency, currencyOf } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import type { Ports } from "#ports";
import { createAccount } from "../../admin/account.ts";
import { openCurrency } from "../../admin/currency.ts";
import { fundAccount } from "../../admin/funding.ts";
import { createIntegrator } from "../../admin/integrator.ts";
import { createTenant, RETENTION_DAYS } from "../../admin/tenant.ts";
import { type SandboxAccount, type SandboxTenant, sandboxTenants } from "../values/tenants.ts";
import { actor, type Seeder, unlessThere } from "./seeder.ts";

const currencyNamed = (code: string): Currency => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Fault(`${code} is no currency`);
  return currency;
};

/** Two commits: if the second was cut off, the next seeding makes up for it, and its reference funds once. */
const seedAccount = async (ports: Ports, tenant: string, account: SandboxAccount): Promise<void> => {
  const { opening, currency: code, ...wish } = account;
  const currency = currencyNamed(code);
  await unlessThere(createAccount(ports, { ...wish, tenant, currency, actor }), "ACCOUNT_EXISTS");
  if (opening === undefined) return;
  const reference = `sandbox opening balance of ${account.userId}`;
  await fundAccount(ports, { tenant, userId: account.userId, amount: opening, reference, actor });
};

const seedTenant = async (ports: Ports, { accounts, integrator, token, ...wish }: SandboxTenant): Promise<void> => {
  const { tenant } = wish;
  await unlessThere(createTenant(ports, { ...wish, retentionDays: RETENTION_DAYS, actor }), "TENANT_EXISTS");
  // One after the other: accounts of one currency, opened at once, would all want to be the first.
  for (const code of new Set(accounts.map(({ currency }) => currency)))
    await openCurrency(ports, tenant, currencyNamed(code));
  await Promise.all([
    unlessThere(createIntegrator(ports, { tenant, integrator, token, actor }), "INTEGRATOR_EXISTS"),
    ...accounts.map((account) => seedAccount(ports, tenant, account)),
  ]);
};

/** The banks; nothing else has to be there before. */
export const seedTenants: Seeder = (ports) => Promise.all(sandboxTenants.map((tenant) => seedTenant(ports, tenant)));
