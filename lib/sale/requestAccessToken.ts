/** sbc.md 4.1. */
import type { Ports } from "#ports";
import type { MerchantCaller } from "#sale/merchant";
import type { MadeToken } from "#sale/reply";
import { digestOfToken, putToken } from "#sale/token.item";
import type { AskToken } from "#sale/wire";
import { decide, type Verdict } from "#store/decide";

/** Characters of a token (sbc.md 2). */
const TOKEN_LENGTH = 64;

/** Makes an access token for a consumer's app; it may begin several sales. */
export const requestAccessToken = async (
  { consumerId, email, serialNumber }: AskToken,
  ports: Ports,
  { tenant, merchant }: MerchantCaller,
): Promise<MadeToken> => {
  const { pepper } = await ports.secrets();
  return decide(ports, [], (_, nowMs): Verdict<MadeToken> => {
    const accessToken = ports.ids.letters(TOKEN_LENGTH);
    const expiresAtMs = nowMs + merchant.tokenLifeMs;
    const token = {
      digest: digestOfToken(pepper, accessToken),
      tenant,
      consumerId,
      ...(email !== undefined && { email }),
      ...(serialNumber !== undefined && { serialNumber }),
      expiresAtMs,
    };
    return { say: { accessToken, expiresAtMs }, writes: [putToken(token)] };
  });
};
