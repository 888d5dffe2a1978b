/** sonect.md 2.3. */
import type { Configuration } from "#partner/configuration";
import type { PartnerCaller } from "#partner/partner";
import { claimKeyOf, userKeyOf } from "#partner/user.item";
import type { Exists } from "#partner/wire";
import type { Ports } from "#ports";

/** Tells whether the partner has a user, and how it is configured; another partner's user is as unknown as nobody's. */
export const exists = async (
  { by, type, value }: Exists,
  { store, secrets }: Ports,
  { tenant, partner }: PartnerCaller,
): Promise<{ readonly exists: boolean; readonly configuration: Configuration }> => {
  const { pepper } = await secrets();
  const key =
    by === "reference" ? userKeyOf(tenant, pepper, type, value) : claimKeyOf(tenant, pepper, { of: by, type, value });
  const [found] = await store.read([key]);
  return { exists: found !== undefined, configuration: partner.configuration };
};
