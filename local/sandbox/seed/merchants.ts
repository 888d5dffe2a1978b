/** Fills the sandbox with card merchants; nothing else has to be there before. */
import type { Ports } from "#ports";
import { createMerchant } from "../../admin/merchant.ts";
import { createTenant, RETENTION_DAYS } from "../../admin/tenant.ts";
import { type SandboxMerchant, sandboxMerchants } from "../values/merchants.ts";
import { actor, type Seeder, unlessThere } from "./seeder.ts";

const seedMerchant = async (ports: Ports, { tenant, name, ...sandbox }: SandboxMerchant): Promise<void> => {
  const wish = { tenant, name, timeZone: "UTC", retentionDays: RETENTION_DAYS, actor };
  await unlessThere(createTenant(ports, wish), "TENANT_EXISTS");
  await unlessThere(createMerchant(ports, { tenant, actor, sandbox }), "MERCHANT_EXISTS");
};

/** The merchants. */
export const seedMerchants: Seeder = (ports) =>
  Promise.all(sandboxMerchants.map((merchant) => seedMerchant(ports, merchant)));
