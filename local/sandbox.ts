/** Fills the sandbox through the admin's own verbs (sandbox.md). What is there stays as it is, whoever has put or changed it. */
import type { Ports } from "#ports";
import { onlyInSandbox } from "./admin/sandboxOnly.ts";
import { seedChannels } from "./sandbox/seed/channels.ts";
import { seedMerchants } from "./sandbox/seed/merchants.ts";
import { seedPartners } from "./sandbox/seed/partners.ts";
import type { Seeder } from "./sandbox/seed/seeder.ts";
import { seedShops } from "./sandbox/seed/shops.ts";
import { seedTenants } from "./sandbox/seed/tenants.ts";

/** One after the other: a later one may lean on what an earlier one has put. */
const seeders: readonly Seeder[] = [seedTenants, seedPartners, seedMerchants, seedShops, seedChannels];

/** Puts the sandbox's values where they are missing; refuses SANDBOX_VALUE on any other stage, before it writes anything. */
export const seedSandbox = async (ports: Ports): Promise<void> => {
  await onlyInSandbox(ports);
  for (const seed of seeders) await seed(ports);
};
