/** How an operator signs as a partner's server does, to compare with what that has signed (sonect.md 3). */
import { openField, partnerOf } from "#partner/partner.item";
import { signParts } from "#partner/signature";
import type { Ports } from "#ports";
import { decide, deny, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { partnerKey } from "#store/keys/partner";
import { knownPartner } from "./partner.ts";

/** What signs: the text of an hmacKey, and the clientId that stands first in what is signed. */
export interface Signer {
  readonly clientId: string;
  readonly hmacKey: string;
}

/** A signature and what it is of. */
export interface Signed {
  readonly message: string;
  readonly signature: string;
}

/** Signs the parts that a clientId begins. */
export const signWith = ({ clientId, hmacKey }: Signer, partsOf: (clientId: string) => readonly string[]): Signed => {
  const parts = partsOf(clientId);
  return { message: parts.join(":"), signature: signParts(hmacKey, parts) };
};

/** Signs with a partner's own hmacKey, which is audited; refuses TENANT_UNKNOWN, PARTNER_UNKNOWN. */
export const signAsPartner = async (
  ports: Ports,
  { tenant, actor, what }: { readonly tenant: string; readonly actor: string; readonly what: string },
  partsOf: (clientId: string) => readonly string[],
): Promise<Signed> => {
  await knownPartner(ports, tenant);
  const { seal } = await ports.secrets();
  return decide(ports, [partnerKey(tenant)], ([found], atMs): Verdict<Signed> => {
    if (found === undefined) return deny("PARTNER_UNKNOWN");
    const { clientId, hmacKey } = partnerOf(tenant, found);
    const signed = signWith({ clientId, hmacKey: openField(seal, tenant, "hmacKey", hmacKey) }, partsOf);
    const event = { owner: tenant, atMs, type: "partner.signed", actor, subject: clientId, detail: { what } };
    return { say: signed, writes: [record({ id: ports.ids.uuid(), ...event })] };
  });
};
