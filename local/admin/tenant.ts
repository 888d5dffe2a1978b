/** What an operator does with tenants. */
import { Refused, refuse } from "#kernel/refusal";
import { findTenant, createTenant as putTenant, type Tenant, tenantOf } from "#party/tenant";
import type { Ports } from "#ports";
import { decide, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { tenants } from "#store/keys/party";
import { everyItem } from "#store/pages";

/** How many days ended orders are kept unless the tenant wants it otherwise, and the fewest that are possible (DESIGN 5). */
export const RETENTION_DAYS = 400;
export const FEWEST_RETENTION_DAYS = 7;

/** A tenant to create, and who does it. */
export interface CreateTenant {
  readonly tenant: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** At least 7. */
  readonly retentionDays: number;
  readonly actor: string;
}

/** Creates a tenant; refuses TENANT_EXISTS. */
export const createTenant = (
  ports: Ports,
  { tenant: id, name, timeZone, retentionDays, actor }: CreateTenant,
): Promise<Tenant> =>
  decide(ports, [], (_, nowMs): Verdict<Tenant> => {
    const tenant = { id, name, timeZone, retentionDays, createdAtMs: nowMs };
    const detail = { name, timeZone, retentionDays: String(retentionDays) };
    const event = { id: ports.ids.uuid(), owner: id, atMs: nowMs, type: "tenant.created", actor, subject: id, detail };
    return { say: tenant, writes: [putTenant(tenant), record(event)] };
  });

/** Every tenant, by name. */
export const listTenants = async ({ store }: Ports): Promise<readonly Tenant[]> => {
  const found: Tenant[] = [];
  for await (const item of everyItem(store, { of: "table", in: tenants() })) found.push(tenantOf(item));
  return found;
};

/** A tenant's settings; refuses TENANT_UNKNOWN. */
export const showTenant = async (ports: Ports, { tenant }: { readonly tenant: string }): Promise<Tenant> => {
  const found = await findTenant(ports, tenant);
  if (found === undefined) throw new Refused(refuse("TENANT_UNKNOWN"));
  return found;
};
