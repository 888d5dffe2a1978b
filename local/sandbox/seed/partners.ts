/** Fills the sandbox with partners and their users; the banks have to be there before. */
import type { Ports } from "#ports";
import { createPartner } from "../../admin/partner.ts";
import { createTenant, RETENTION_DAYS } from "../../admin/tenant.ts";
import { createParty, createUser } from "../../admin/user.ts";
import { type SandboxPartner, sandboxPartners } from "../values/partners.ts";
import { actor, type Seeder, unlessThere } from "./seeder.ts";

const seedUsers = ({ tenant, users, shops, workers }: SandboxPartner, ports: Ports): readonly Promise<unknown>[] => [
  ...users.map((user) => createUser(ports, { ...user, tenant, actor })),
  ...shops.map(({ vat, ...shop }) => createParty(ports, { ...shop, tenant, actor, type: "atm", known: { vat } })),
  ...workers.map((worker) => createParty(ports, { ...worker, tenant, actor, type: "worker", known: {} })),
];

const seedPartner = async (ports: Ports, partner: SandboxPartner): Promise<void> => {
  const { tenant, name, credentials, state, configuration, checkin } = partner;
  if (name !== undefined) {
    const wish = { tenant, name, timeZone: "UTC", retentionDays: RETENTION_DAYS, actor };
    await unlessThere(createTenant(ports, wish), "TENANT_EXISTS");
  }
  const wish = { tenant, actor, state, configuration, checkin: checkin(ports.origin), credentials };
  await unlessThere(createPartner(ports, wish), "PARTNER_EXISTS");
  await Promise.all(seedUsers(partner, ports).map((made) => unlessThere(made, "REFERENCE_TAKEN")));
};

/** The partners: one after the other, as several have their web SDK at one origin, whose counting is one item. */
export const seedPartners: Seeder = async (ports) => {
  for (const partner of sandboxPartners) await seedPartner(ports, partner);
};
