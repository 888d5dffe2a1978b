/** Who calls the partner API: a partner that is not suspended, and may make the call (sonect.md 2.1). */
import { Fault, Refused, refuse } from "#kernel/refusal";
import { type Call, mayCall, type PartnerCaller } from "#partner/partner";
import { findPartner } from "#partner/partner.item";
import { findTenantOfClient } from "#party/client";
import type { Ports } from "#ports";

/** Knows the partner of a clientId and clientSecret; undefined for nobody's. Throws the refusal FORBIDDEN. */
export const partnerFor =
  (call: Call) =>
  async (shown: { readonly id: string; readonly secret: string }, ports: Ports): Promise<PartnerCaller | undefined> => {
    const tenant = await findTenantOfClient(ports, "partner", shown);
    if (tenant === undefined) return undefined;
    const partner = await findPartner(ports, tenant);
    if (partner === undefined) throw new Fault("a partner's client has no partner");
    if (!mayCall(partner, call)) throw new Refused(refuse("FORBIDDEN", { tenant }));
    return { tenant, partner };
  };
