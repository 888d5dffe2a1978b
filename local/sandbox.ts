/** Fills the sandbox through the admin's own verbs (sandbox.md). What is there stays as it is, whoever has put or changed it. */
import { type Currency, currencyOf } from "#kernel/currency";
import { Fault, Refused } from "#kernel/refusal";
import { noteCurrency } from "#ledger/currencies";
import type { Ports } from "#ports";
import { createAccount } from "./admin/account.ts";
import { fundAccount } from "./admin/funding.ts";
import { createIntegrator, onlyInSandbox } from "./admin/integrator.ts";
import { createTenant, RETENTION_DAYS } from "./admin/tenant.ts";
import { type SandboxAccount, type SandboxTenant, sandboxTenants } from "./sandbox/values.ts";

const actor = "sandbox";

/** Lets what is there already be there. */
const unlessThere = async (made: Promise<unknown>, code: string): Promise<void> => {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== code) throw error;
  }
};

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
    await noteCurrency(ports, tenant, currencyNamed(code));
  await Promise.all([
    unlessThere(createIntegrator(ports, { tenant, integrator, token, actor }), "INTEGRATOR_EXISTS"),
    ...accounts.map((account) => seedAccount(ports, tenant, account)),
  ]);
};

/** Puts the sandbox's values where they are missing; refuses SANDBOX_VALUE on any other stage, before it writes anything. */
export const seedSandbox = async (ports: Ports): Promise<void> => {
  await onlyInSandbox(ports);
  await Promise.all(sandboxTenants.map((tenant) => seedTenant(ports, tenant)));
};
