/** sonect.md 2.5, Exchange. */
import { Refused, refuse } from "#kernel/refusal";
import { type Checkin, checkinIdOf, checkinOf, exchangeCode, isOpen } from "#partner/checkin.item";
import { findPartner } from "#partner/partner.item";
import type { ExchangeCode } from "#partner/sdk.wire";
import { signSession } from "#partner/session";
import type { Ports } from "#ports";
import { decide, deny, type Verdict } from "#store/decide";
import { checkinKey } from "#store/keys/partner";

interface Exchanged {
  readonly checkin: Checkin;
  readonly tokenId: string;
  readonly nowMs: number;
}

/** Exchanges a check-in's code for a session, once; a code that is unknown, used, revoked or expired is refused alike. */
export const openSession = async ({ code }: ExchangeCode, ports: Ports): Promise<{ readonly token: string }> => {
  const { pepper } = await ports.secrets();
  const id = checkinIdOf(pepper, code);
  const { checkin, tokenId, nowMs } = await decide(ports, [checkinKey(id)], ([found], nowMs): Verdict<Exchanged> => {
    const checkin = found && checkinOf(id, found);
    if (checkin === undefined || !isOpen(checkin, nowMs)) return deny("CODE_INVALID");
    const tokenId = ports.ids.uuid();
    return { say: { checkin, tokenId, nowMs }, writes: [exchangeCode(checkin, tokenId, nowMs)] };
  });
  // Whose partner it is, only the check-in tells; a suspended one's code is used up like any other.
  const partner = await findPartner(ports, checkin.tenant);
  if (partner?.state !== "active") throw new Refused(refuse("CODE_INVALID"));
  return { token: await signSession(ports, checkin, tokenId, nowMs) };
};
