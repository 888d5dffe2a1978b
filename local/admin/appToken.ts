/** How an operator gets a token for a customer's app (swip.md 1): in the place of whatever logs customers in. */
import { SECOND_MS } from "#kernel/time";
import { signToken } from "#kernel/token";
import type { Ports } from "#ports";
import { APP_TOKEN } from "#pos/caller";
import { decide, deny, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { customerKey } from "#store/keys/pos";
import { DESK } from "#store/table";

/** A token, and until when it holds. */
export interface AppToken {
  readonly customer: string;
  readonly token: string;
  readonly expiresAtMs: number;
}

/** A customer, and who acts. */
export interface AppTokenWish {
  readonly customer: string;
  readonly actor: string;
}

/** Signs a token that holds for a day, which is audited; refuses CUSTOMER_UNKNOWN. */
export const signAppToken = async (ports: Ports, { customer, actor }: AppTokenWish): Promise<AppToken> => {
  const { sign } = await ports.secrets();
  const signedAtMs = await decide(ports, [customerKey(customer)], ([found], atMs): Verdict<number> => {
    if (found === undefined) return deny("CUSTOMER_UNKNOWN");
    const event = { owner: DESK, atMs, type: "customer.token-signed", actor, subject: customer, detail: {} };
    return { say: atMs, writes: [record({ id: ports.ids.uuid(), ...event })] };
  });
  const token = await signToken(sign, APP_TOKEN, { sub: customer }, signedAtMs);
  const expiresAtMs = (Math.floor(signedAtMs / SECOND_MS) + APP_TOKEN.lifeSeconds) * SECOND_MS;
  return { customer, token, expiresAtMs };
};
