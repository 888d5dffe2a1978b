/** A tenant: the bank, wallet or merchant whose customers and money these are, and the settings that every rule of theirs follows. */
import { Fault } from "#kernel/refusal";
import type { Ports } from "#ports";
import { absent, present } from "#store/condition";
import { integerIn, textIn } from "#store/field";
import type { Item } from "#store/item";
import { tenantKey } from "#store/keys/party";
import { check, put, type Write } from "#store/write";

/** A tenant's settings. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** IANA name; limits count in its calendar (sonect.md 4.4). Fixed once there are orders. */
  readonly timeZone: string;
  /** Days that an ended order and its dedupe marker are kept; at least 7. */
  readonly retentionDays: number;
  readonly createdAtMs: number;
}

/** A tenant out of its item. */
export const tenantOf = (item: Item): Tenant => ({
  id: textIn(item, "sk"),
  name: textIn(item, "name"),
  timeZone: textIn(item, "timeZone"),
  retentionDays: Number(integerIn(item, "retentionDays")),
  createdAtMs: Number(integerIn(item, "createdAtMs")),
});

/** The write that creates a tenant; refuses TENANT_EXISTS. */
export const createTenant = ({ id, name, timeZone, retentionDays, createdAtMs }: Tenant): Write =>
  put(tenantKey(id), { name, timeZone, retentionDays: BigInt(retentionDays), createdAtMs: BigInt(createdAtMs) }, [
    [absent(), "TENANT_EXISTS"],
  ]);

/** The check that there is such a tenant; refuses TENANT_UNKNOWN. */
export const checkTenant = (id: string): Write => check(tenantKey(id), [[present(), "TENANT_UNKNOWN"]]);

/** A tenant's settings, or undefined where there is no such tenant. */
export const findTenant = async ({ recall }: Pick<Ports, "recall">, id: string): Promise<Tenant | undefined> => {
  const item = await recall(tenantKey(id));
  return item && tenantOf(item);
};

/** The settings of a tenant that must be there: a credential, or an item of its own, named it. Throws `Fault` where it is not. */
export const knownTenant = async (ports: Pick<Ports, "recall">, id: string): Promise<Tenant> => {
  const tenant = await findTenant(ports, id);
  if (tenant === undefined) throw new Fault("a tenant that is named does not exist");
  return tenant;
};
